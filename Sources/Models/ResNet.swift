public import Layers
public import Tensors

/// A residual network: every block adds what it computes to what it was given.
///
/// Names and arrangement are torchvision's, so that its state dicts load: stride on the 3×3 convolution of a
/// bottleneck, batch normalisation after every convolution, filters drawn by Kaiming's rule.
///
/// Source: He, Zhang, Ren, Sun. "Deep Residual Learning for Image Recognition." CVPR 2016.
/// <https://arxiv.org/abs/1512.03385>
public struct ResNet: ImageEncoder {
  /// The first layers.
  public enum Stem: String, Hashable, Sendable, Codable, CaseIterable {
    /// A 7×7 convolution of stride 2 and a max pool of stride 2, for photos: 1/4 of the size.
    case imageNet
    /// A 3×3 convolution of stride 1 and no pool, for images of 32 to 64 pixels (SimCLR, appendix B.9).
    case small

    /// The name that a command line takes: `imagenet` or `small`.
    public var name: String { rawValue.lowercased() }
  }

  /// Which residual network.
  public struct Recipe: Hashable, Sendable, Codable {
    /// The number of blocks in each of the four stages.
    public let blocks: [Int]
    /// Whether a block is 1×1, 3×3, 1×1 with four times the channels at its end, or two 3×3.
    public let hasBottlenecks: Bool
    /// The first layers.
    public let stem: Stem
    /// The classes of a linear layer at the end (`fc`), 0 for none; an encoder does not use it.
    public let classes: Int

    /// Creates a recipe.
    public init(blocks: [Int], hasBottlenecks: Bool, stem: Stem, classes: Int = 0) {
      self.blocks = blocks
      self.hasBottlenecks = hasBottlenecks
      self.stem = stem
      self.classes = classes
    }

    /// 18 layers, 11 million parameters.
    public static func resNet18(stem: Stem = .imageNet, classes: Int = 0) -> Recipe {
      Recipe(blocks: [2, 2, 2, 2], hasBottlenecks: false, stem: stem, classes: classes)
    }
    /// 34 layers, 21 million parameters.
    public static func resNet34(stem: Stem = .imageNet, classes: Int = 0) -> Recipe {
      Recipe(blocks: [3, 4, 6, 3], hasBottlenecks: false, stem: stem, classes: classes)
    }
    /// 50 layers, 24 million parameters.
    public static func resNet50(stem: Stem = .imageNet, classes: Int = 0) -> Recipe {
      Recipe(blocks: [3, 4, 6, 3], hasBottlenecks: true, stem: stem, classes: classes)
    }
  }

  /// The length of an embedding: 512, or 2048 with bottlenecks.
  public let featureCount: Int

  private let stem: Stem
  private let convolution: Convolution
  private let norm: BatchNorm
  private let blocks: [any ResidualBlock]
  private let classifier: Linear?

  /// Declares the network's parameters.
  public init(_ scope: Scope, _ recipe: Recipe) {
    stem = recipe.stem
    convolution =
      switch stem {
      case .imageNet: Convolution(scope / "conv1", from: 3, to: 64, size: 7, stride: 2)
      case .small: Convolution(scope / "conv1", from: 3, to: 64, size: 3)
      }
    norm = BatchNorm(scope / "bn1", channels: 64)
    var blocks: [any ResidualBlock] = []
    var channels = 64
    for (stage, count) in recipe.blocks.enumerated() {
      let width = 64 << stage
      for index in 0..<count {
        let place = scope / "layer\(stage + 1)" / index
        let stride = stage > 0 && index == 0 ? 2 : 1
        if recipe.hasBottlenecks {
          blocks.append(Bottleneck(place, from: channels, width: width, stride: stride))
          channels = width * Bottleneck.expansion
        } else {
          blocks.append(BasicBlock(place, from: channels, to: width, stride: stride))
          channels = width
        }
      }
    }
    self.blocks = blocks
    featureCount = channels
    classifier = recipe.classes > 0 ? Linear(scope / "fc", from: channels, to: recipe.classes) : nil
  }

  /// Embeds images `[N, 3, H, W]`: `[N, featureCount]`.
  public func callAsFunction(_ images: Tensor, _ mode: Mode) -> Tensor {
    var x = norm(convolution(images), mode).reluInPlace()
    if stem == .imageNet { x = x.maxPooled(3, stride: 2, padding: 1) }
    for block in blocks { x = block(x, mode) }
    return x.globallyAveraged()
  }

  /// The logits of the classes: `[N, classes]`.
  public func logits(_ images: Tensor, _ mode: Mode) -> Tensor {
    guard let classifier else { preconditionFailure("this ResNet was made without classes") }
    return classifier(self(images, mode), mode)
  }
}

/// A block of a residual network: `[N, C, H, W]` → `[N, C′, H/s, W/s]`.
private protocol ResidualBlock {
  func callAsFunction(_ x: Tensor, _ mode: Mode) -> Tensor
}

/// Two 3×3 convolutions.
private struct BasicBlock: ResidualBlock {
  let convolution1, convolution2: Convolution
  let norm1, norm2: BatchNorm
  let shortcut: Shortcut?

  init(_ scope: Scope, from input: Int, to output: Int, stride: Int) {
    convolution1 = Convolution(scope / "conv1", from: input, to: output, size: 3, stride: stride)
    norm1 = BatchNorm(scope / "bn1", channels: output)
    convolution2 = Convolution(scope / "conv2", from: output, to: output, size: 3)
    norm2 = BatchNorm(scope / "bn2", channels: output)
    shortcut = Shortcut(scope / "downsample", from: input, to: output, stride: stride)
  }

  func callAsFunction(_ x: Tensor, _ mode: Mode) -> Tensor {
    let y = norm1(convolution1(x), mode).reluInPlace()  // [N, C′, H/s, W/s]
    return norm2(convolution2(y), mode).addingInPlace(shortcut?(x, mode) ?? x).reluInPlace()
  }
}

/// A 1×1 convolution to fewer channels, a 3×3 one, and a 1×1 one to four times as many.
private struct Bottleneck: ResidualBlock {
  static let expansion = 4

  let convolution1, convolution2, convolution3: Convolution
  let norm1, norm2, norm3: BatchNorm
  let shortcut: Shortcut?

  init(_ scope: Scope, from input: Int, width: Int, stride: Int) {
    let output = width * Self.expansion
    convolution1 = Convolution(scope / "conv1", from: input, to: width, size: 1)
    norm1 = BatchNorm(scope / "bn1", channels: width)
    convolution2 = Convolution(scope / "conv2", from: width, to: width, size: 3, stride: stride)
    norm2 = BatchNorm(scope / "bn2", channels: width)
    convolution3 = Convolution(scope / "conv3", from: width, to: output, size: 1)
    norm3 = BatchNorm(scope / "bn3", channels: output)
    shortcut = Shortcut(scope / "downsample", from: input, to: output, stride: stride)
  }

  func callAsFunction(_ x: Tensor, _ mode: Mode) -> Tensor {
    let y = norm1(convolution1(x), mode).reluInPlace()  // [N, width, H, W]
    let z = norm2(convolution2(y), mode).reluInPlace()  // [N, width, H/s, W/s]
    return norm3(convolution3(z), mode).addingInPlace(shortcut?(x, mode) ?? x).reluInPlace()
  }
}

/// What stands beside a block that changes the shape: a 1×1 convolution.
private struct Shortcut {
  let convolution: Convolution
  let norm: BatchNorm

  /// Declares a shortcut, or returns nil where the shape stays.
  init?(_ scope: Scope, from input: Int, to output: Int, stride: Int) {
    if stride == 1, input == output { return nil }
    convolution = Convolution(scope / 0, from: input, to: output, size: 1, stride: stride)
    norm = BatchNorm(scope / 1, channels: output)
  }

  func callAsFunction(_ x: Tensor, _ mode: Mode) -> Tensor {
    norm(convolution(x), mode)
  }
}
