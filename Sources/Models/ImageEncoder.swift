public import Layers
public import Tensors

/// A model from images to embeddings.
public protocol ImageEncoder {
  /// The length of an embedding.
  var featureCount: Int { get }

  /// Embeds images `[N, 3, H, W]`, channels-last and normalised as the recipe says: `[N, featureCount]`.
  func callAsFunction(_ images: Tensor, _ mode: Mode) -> Tensor
}

/// Everything needed to make an image encoder again: what `run.json` and `config.json` hold.
public enum ImageEncoderRecipe: Hashable, Sendable, Codable {
  /// A residual network.
  case resNet(ResNet.Recipe)
  /// A small, fast stack of convolutions for small images.
  case small(SmallConvNet.Recipe)

  /// Declares the encoder's parameters.
  public func make(_ scope: Scope) -> any ImageEncoder {
    switch self {
    case .resNet(let recipe): ResNet(scope, recipe)
    case .small(let recipe): SmallConvNet(scope, recipe)
    }
  }

  /// The names that a command line takes.
  public static let names = ["small", "resnet18", "resnet34", "resnet50"]

  /// The recipe of a name, with the stem that fits the size of the images, or nil.
  public init?(named name: String, imageSize: Int) {
    let stem: ResNet.Stem = imageSize <= 64 ? .small : .imageNet
    switch name {
    case "small": self = .small(SmallConvNet.Recipe())
    case "resnet18": self = .resNet(.resNet18(stem: stem))
    case "resnet34": self = .resNet(.resNet34(stem: stem))
    case "resnet50": self = .resNet(.resNet50(stem: stem))
    default: return nil
    }
  }
}
