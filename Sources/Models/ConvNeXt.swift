public import Layers
public import Tensors

/// A convolutional network with the habits of transformers: depthwise 7×7 convolutions, layer normalisation over the
/// channels, an inverted bottleneck with GELU, and few activations.
///
/// Names, arrangement and first values are timm's, so that its state dicts load: filters normal with σ = 0.02 (timm
/// truncates at ±2, a hundred σ), biases 0, branches scaled by 10⁻⁶ at first.
///
/// Source: Liu et al. "A ConvNet for the 2020s." CVPR 2022. <https://arxiv.org/abs/2201.03545>; the sizes Atto, Femto
/// and Nano are timm's.
public struct ConvNeXt: ImageEncoder {
  /// Which ConvNeXt.
  public struct Recipe: Hashable, Sendable, Codable {
    /// The number of blocks in each stage.
    public let blocks: [Int]
    /// The channels of each stage.
    public let widths: [Int]
    /// The height and width in pixels of what becomes one place of the first stage's maps, which later stages halve: 4,
    /// or 1 for small images. Not 2: timm halves maps once more with it, and so ends as with 4.
    public let patch: Int
    /// The probability that the last block's branch is dropped in training; it rises from 0 at the first block.
    public let dropPath: Double
    /// The classes of a linear layer at the end (`head.fc`), 0 for none; an encoder does not use it.
    public let classes: Int

    /// Creates a recipe.
    public init(blocks: [Int], widths: [Int], patch: Int = 4, dropPath: Double = 0, classes: Int = 0) {
      precondition(blocks.count == widths.count && !blocks.isEmpty, "every stage has a number of blocks and a width")
      precondition(patch == 1 || patch >= 3, "a first layer looks at 1, 3, 4 or more pixels, not \(patch)")
      self.blocks = blocks
      self.widths = widths
      self.patch = patch
      self.dropPath = dropPath
      self.classes = classes
    }

    /// 3.4 million parameters.
    public static func atto(patch: Int = 4, classes: Int = 0) -> Recipe {
      Recipe(blocks: [2, 2, 6, 2], widths: [40, 80, 160, 320], patch: patch, classes: classes)
    }
    /// 4.8 million parameters.
    public static func femto(patch: Int = 4, classes: Int = 0) -> Recipe {
      Recipe(blocks: [2, 2, 6, 2], widths: [48, 96, 192, 384], patch: patch, classes: classes)
    }
    /// 15 million parameters.
    public static func nano(patch: Int = 4, classes: Int = 0) -> Recipe {
      Recipe(blocks: [2, 2, 8, 2], widths: [80, 160, 320, 640], patch: patch, classes: classes)
    }

    /// The same with another probability of dropped branches.
    public func dropping(_ probability: Double) -> Recipe {
      Recipe(blocks: blocks, widths: widths, patch: patch, dropPath: probability, classes: classes)
    }

    /// The patch for a side: 4, as on photos, but 1 below 64 pixels, where the last maps would be a single place.
    public static func patch(for side: Int) -> Int { side < 64 ? 1 : 4 }
  }

  /// The length of an embedding: the last width.
  public let featureCount: Int

  private let stem: Convolution
  private let stemNorm: LayerNorm
  private let stages: [Stage]
  private let norm: LayerNorm
  private let classifier: Linear?

  /// Declares the network's parameters.
  public init(_ scope: Scope, _ recipe: Recipe) {
    let widths = recipe.widths
    stem = .patches(scope / "stem" / 0, from: 3, to: widths[0], size: recipe.patch)
    stemNorm = LayerNorm(scope / "stem" / 1, size: widths[0], epsilon: 1e-6)
    var paths = DropPath.rising(to: recipe.dropPath, over: recipe.blocks.reduce(0, +))[...]
    stages = widths.indices.map { i in
      let own = paths.prefix(recipe.blocks[i])
      paths = paths.dropFirst(recipe.blocks[i])
      return Stage(
        scope / "stages" / i, from: i == 0 ? nil : widths[i - 1], to: widths[i], paths: Array(own))
    }
    featureCount = widths.last!
    let head = scope / "head"
    norm = LayerNorm(head / "norm", size: featureCount, epsilon: 1e-6)
    classifier =
      recipe.classes > 0
      ? Linear(
        head / "fc", from: featureCount, to: recipe.classes, initial: .normal(deviation: 0.02),
        initialBias: .constant(0))
      : nil
  }

  /// Embeds images `[N, 3, H, W]`: `[N, featureCount]`.
  public func callAsFunction(_ images: Tensor, _ mode: Mode) -> Tensor {
    var x = stemNorm.overChannels(stem(images))  // [N, C, H/patch, W/patch]
    for stage in stages { x = stage(x, mode) }
    return norm(x.globallyAveraged())
  }

  /// The logits of the classes: `[N, classes]`.
  public func logits(_ images: Tensor, _ mode: Mode) -> Tensor {
    guard let classifier else { preconditionFailure("this ConvNeXt was made without classes") }
    return classifier(self(images, mode), mode)
  }
}

/// Blocks of one width, behind a halving of the size in all stages but the first: `[N, C, H, W]` → `[N, C′, H/2, W/2]`.
private struct Stage {
  let norm: LayerNorm?
  let convolution: Convolution?
  let blocks: [Block]

  init(_ scope: Scope, from input: Int?, to output: Int, paths: [DropPath]) {
    let place = scope / "downsample"
    norm = input.map { LayerNorm(place / 0, size: $0, epsilon: 1e-6) }
    convolution = input.map { .patches(place / 1, from: $0, to: output, size: 2) }
    blocks = paths.enumerated().map { Block(scope / "blocks" / $0, channels: output, path: $1) }
  }

  func callAsFunction(_ x: Tensor, _ mode: Mode) -> Tensor {
    var x = x
    if let norm, let convolution { x = convolution(norm.overChannels(x)) }
    return blocks.reduce(x) { $1($0, mode) }
  }
}

/// A depthwise 7×7 convolution, then two 1×1 ones with four times the channels between, added.
private struct Block {
  let depthwise, expansion, contraction: Convolution
  let norm: LayerNorm
  let scale: Parameter
  let path: DropPath

  init(_ scope: Scope, channels: Int, path: DropPath) {
    scale = scope.parameter("gamma", [channels], .constant(1e-6), .scale)
    depthwise = .plain(scope / "conv_dw", from: channels, to: channels, size: 7, groups: channels)
    norm = LayerNorm(scope / "norm", size: channels, epsilon: 1e-6)
    expansion = .plain(scope / "mlp" / "fc1", from: channels, to: 4 * channels, size: 1)
    contraction = .plain(scope / "mlp" / "fc2", from: 4 * channels, to: channels, size: 1)
    self.path = path
  }

  func callAsFunction(_ x: Tensor, _ mode: Mode) -> Tensor {
    let y = contraction(expansion(norm.overChannels(depthwise(x))).gelu())  // [N, C, H, W]
    return x + path(y * scale.value.reshaped(-1, 1, 1), mode)
  }
}

extension Convolution {
  /// A convolution with biases that begins as timm has it.
  fileprivate static func plain(
    _ scope: Scope, from input: Int, to output: Int, size: Int, stride: Int = 1, padding: Int? = nil, groups: Int = 1
  ) -> Convolution {
    Convolution(
      scope, from: input, to: output, size: size, stride: stride, padding: padding, groups: groups, bias: true,
      initial: .normal(deviation: 0.02), initialBias: .constant(0))
  }

  /// One output for every square of pixels.
  fileprivate static func patches(_ scope: Scope, from input: Int, to output: Int, size: Int) -> Convolution {
    plain(scope, from: input, to: output, size: size, stride: size, padding: 0)
  }
}

extension LayerNorm {
  /// Normalises every place of maps `[N, C, H, W]` over its channels, which lie side by side in memory.
  fileprivate func overChannels(_ x: Tensor) -> Tensor {
    self(x.permuted(0, 2, 3, 1)).permuted(0, 3, 1, 2)
  }
}
