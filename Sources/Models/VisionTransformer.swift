public import Layers
public import Tensors

/// A vision transformer: an image in square patches, each a token, and attention between all of them.
///
///     x₀ = [class token; patches·E] + positions            [N, 1 + h·w, width]
///     x ← x + attention(norm(x));  x ← x + MLP(norm(x))     `depth` times
///     h = norm(x)[class token], or norm(mean of the patches' x)
///
/// The cost grows with the number of patches, and attention's part of it with its square. Images of another size than
/// the recipe's are taken as well: the positions are resized to their grid.
///
/// Names, arrangement and first values are timm's, so that its state dicts load: normal with σ = 0.02 (timm truncates at
/// ±2, a hundred σ), layer normalisation with ε = 10⁻⁶.
///
/// Source: Dosovitskiy et al. "An Image is Worth 16x16 Words." ICLR 2021. <https://arxiv.org/abs/2010.11929>; the sizes
/// Ti and S: Touvron et al. "Training data-efficient image transformers." ICML 2021. <https://arxiv.org/abs/2012.12877>
public struct VisionTransformer: ImageEncoder {
  /// What becomes of the tokens.
  public enum Pooling: String, Hashable, Sendable, Codable {
    /// The class token stands for the image.
    case classToken
    /// The mean of the patches' tokens does; it is normalised afterwards.
    case average
  }

  /// Which vision transformer.
  public struct Recipe: Hashable, Sendable, Codable {
    /// The height and width of images that the positions are for, in pixels.
    public let side: Int
    /// The height and width of a patch, in pixels.
    public let patch: Int
    /// The length of a token.
    public let width: Int
    /// The number of blocks.
    public let depth: Int
    /// The heads of every block's attention.
    public let heads: Int
    /// What becomes of the tokens.
    public let pooling: Pooling
    /// The probability that the last block's branches are dropped in training; it rises from 0 at the first block.
    public let dropPath: Double
    /// The classes of a linear layer at the end (`head`), 0 for none; an encoder does not use it.
    public let classes: Int

    /// Creates a recipe.
    public init(
      side: Int, patch: Int, width: Int, depth: Int = 12, heads: Int, pooling: Pooling = .classToken,
      dropPath: Double = 0, classes: Int = 0
    ) {
      precondition(patch > 0 && side % patch == 0, "patches of \(patch) pixels do not divide a side of \(side)")
      self.side = side
      self.patch = patch
      self.width = width
      self.depth = depth
      self.heads = heads
      self.pooling = pooling
      self.dropPath = dropPath
      self.classes = classes
    }

    /// ViT-Ti: 5.5 million parameters.
    public static func tiny(side: Int = 224, patch: Int = 16, pooling: Pooling = .classToken, classes: Int = 0)
      -> Recipe
    {
      Recipe(side: side, patch: patch, width: 192, heads: 3, pooling: pooling, classes: classes)
    }
    /// ViT-S: 22 million parameters.
    public static func small(side: Int = 224, patch: Int = 16, pooling: Pooling = .classToken, classes: Int = 0)
      -> Recipe
    {
      Recipe(side: side, patch: patch, width: 384, heads: 6, pooling: pooling, classes: classes)
    }
    /// ViT-B: 86 million parameters.
    public static func base(side: Int = 224, patch: Int = 16, pooling: Pooling = .classToken, classes: Int = 0)
      -> Recipe
    {
      Recipe(side: side, patch: patch, width: 768, heads: 12, pooling: pooling, classes: classes)
    }

    /// The same with another probability of dropped branches.
    public func dropping(_ probability: Double) -> Recipe {
      Recipe(
        side: side, patch: patch, width: width, depth: depth, heads: heads, pooling: pooling, dropPath: probability,
        classes: classes)
    }

    /// The largest patch of at most 16 pixels that divides a side and leaves at least 7 × 7 patches, or nil.
    ///
    /// 16 is the usual patch of photos of 224 pixels. With it an image of 32 pixels would be 4 tokens, too few for
    /// attention to compare anything; with 4 it is 64.
    public static func patch(for side: Int) -> Int? {
      (2...16).last { side % $0 == 0 && side / $0 >= 7 }
    }
  }

  /// The length of an embedding: the width.
  public let featureCount: Int

  private let recipe: Recipe
  private let classToken, positions: Parameter
  private let patches: Convolution
  private let blocks: [Block]
  private let norm: LayerNorm
  private let classifier: Linear?

  /// Declares the network's parameters.
  public init(_ scope: Scope, _ recipe: Recipe) {
    let (width, grid) = (recipe.width, recipe.side / recipe.patch)
    self.recipe = recipe
    featureCount = width
    classToken = scope.parameter("cls_token", [1, 1, width], .normal(deviation: 1e-6), .bias)
    positions = scope.parameter("pos_embed", [1, 1 + grid * grid, width], .normal(deviation: 0.02), .bias)
    patches = Convolution(
      scope / "patch_embed" / "proj", from: 3, to: width, size: recipe.patch, stride: recipe.patch, padding: 0,
      bias: true, initial: .uniform())
    let paths = DropPath.rising(to: recipe.dropPath, over: recipe.depth)
    blocks = paths.enumerated().map { i, path in
      Block(scope / "blocks" / i, size: width, heads: recipe.heads, path: path)
    }
    norm = LayerNorm(scope / (recipe.pooling == .average ? "fc_norm" : "norm"), size: width, epsilon: 1e-6)
    classifier =
      recipe.classes > 0
      ? Linear(
        scope / "head", from: width, to: recipe.classes, initial: .normal(deviation: 0.02), initialBias: .constant(0))
      : nil
  }

  /// Embeds images `[N, 3, H, W]`, both lengths multiples of the patch: `[N, featureCount]`.
  public func callAsFunction(_ images: Tensor, _ mode: Mode) -> Tensor {
    precondition(
      images.shape[2] % recipe.patch == 0 && images.shape[3] % recipe.patch == 0,
      "images of \(images.shape[2]) × \(images.shape[3]) pixels cannot be cut into patches of \(recipe.patch)")
    let map = patches(images)  // [N, width, h, w]
    let tokens = map.flattened(from: 2).transposed(1, 2)  // [N, h·w, width]
    let first = classToken.value.expanded(to: [images.shape[0], 1, featureCount]).to(tokens.type)
    var x = Tensor.concatenation([first, tokens], along: 1) + positions(height: map.shape[2], width: map.shape[3])
    for block in blocks { x = block(x, mode) }
    switch recipe.pooling {
    case .classToken: return norm(x.item(0, along: 1))
    case .average: return norm(x.slice(1..<x.shape[1], along: 1).mean(1))
    }
  }

  /// The logits of the classes: `[N, classes]`.
  public func logits(_ images: Tensor, _ mode: Mode) -> Tensor {
    guard let classifier else { preconditionFailure("this vision transformer was made without classes") }
    return classifier(self(images, mode), mode)
  }

  /// The class token's position and those of a grid of patches: `[1, 1 + height·width, width]`.
  private func positions(height: Int, width: Int) -> Tensor {
    let grid = recipe.side / recipe.patch
    let all = positions.value
    if height == grid, width == grid { return all }
    let map = all.slice(1..<1 + grid * grid, along: 1).reshaped(1, grid, grid, featureCount).permuted(0, 3, 1, 2)
    let resized = map.resizedBicubically(height: height, width: width).flattened(from: 2).transposed(1, 2)
    return .concatenation([all.slice(0..<1, along: 1), resized], along: 1)
  }
}

/// A block of a transformer: attention between tokens, then an MLP on each, both behind a normalisation and added.
private struct Block {
  let norm1, norm2: LayerNorm
  let attention: Attention
  let linear1, linear2: Linear
  let path: DropPath

  init(_ scope: Scope, size: Int, heads: Int, path: DropPath) {
    let initial = Initializer.normal(deviation: 0.02)
    norm1 = LayerNorm(scope / "norm1", size: size, epsilon: 1e-6)
    attention = Attention(scope / "attn", size: size, heads: heads, names: .timm, initial: initial)
    norm2 = LayerNorm(scope / "norm2", size: size, epsilon: 1e-6)
    let mlp = scope / "mlp"
    linear1 = Linear(mlp / "fc1", from: size, to: 4 * size, initial: initial, initialBias: .constant(0))
    linear2 = Linear(mlp / "fc2", from: 4 * size, to: size, initial: initial, initialBias: .constant(0))
    self.path = path
  }

  func callAsFunction(_ x: Tensor, _ mode: Mode) -> Tensor {
    let y = x + path(attention(norm1(x), mode), mode)  // [N, L, size]
    return y + path(linear2(linear1(norm2(y), mode).gelu(), mode), mode)
  }
}
