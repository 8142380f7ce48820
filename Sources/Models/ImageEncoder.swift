import Basics
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
  /// A vision transformer.
  case visionTransformer(VisionTransformer.Recipe)
  /// A modern convolutional network.
  case convNeXt(ConvNeXt.Recipe)

  /// Declares the encoder's parameters.
  public func make(_ scope: Scope) -> any ImageEncoder {
    switch self {
    case .resNet(let recipe): ResNet(scope, recipe)
    case .small(let recipe): SmallConvNet(scope, recipe)
    case .visionTransformer(let recipe): VisionTransformer(scope, recipe)
    case .convNeXt(let recipe): ConvNeXt(scope, recipe)
    }
  }

  /// Whether an image's embedding in training depends on the others that go through with it, by batch normalisation.
  public var normalizesBatches: Bool {
    switch self {
    case .resNet, .small: true
    case .visionTransformer, .convNeXt: false
    }
  }

  /// The names that a command line takes.
  public static let names = [
    "small", "resnet18", "resnet34", "resnet50", "vit-tiny", "vit-small", "vit-base", "convnext-atto", "convnext-femto",
    "convnext-nano",
  ]

  /// The recipe of a name, with the stem or patches that fit the size of the images.
  ///
  /// - Parameters:
  ///   - name: One of `names`.
  ///   - imageSize: The height and width of the images.
  ///   - chosenStem: A ResNet's first layers, where they are not to follow from the size.
  /// - Throws: `InputError` when there is no encoder of the name, none for the size, or it has no choice of stems.
  public init(named name: String, imageSize: Int, stem chosenStem: ResNet.Stem? = nil) throws {
    if chosenStem != nil, !name.hasPrefix("resnet") {
      throw InputError(
        in: name, "has no choice of first layers", remedy: "--stem is for resnet18, resnet34 and resnet50")
    }
    let stem = chosenStem ?? (imageSize <= 64 ? .small : .imageNet)
    func patch() throws -> Int {
      if let patch = VisionTransformer.Recipe.patch(for: imageSize) { return patch }
      throw InputError(
        in: name, "images of \(imageSize) pixels cannot be cut into 7 × 7 or more patches of 2 to 16 pixels",
        remedy: "take a size that is a multiple of 4, from 28 on")
    }
    let convNeXtPatch = ConvNeXt.Recipe.patch(for: imageSize)
    switch name {
    case "small": self = .small(SmallConvNet.Recipe())
    case "resnet18": self = .resNet(.resNet18(stem: stem))
    case "resnet34": self = .resNet(.resNet34(stem: stem))
    case "resnet50": self = .resNet(.resNet50(stem: stem))
    case "vit-tiny": self = .visionTransformer(.tiny(side: imageSize, patch: try patch()))
    case "vit-small": self = .visionTransformer(.small(side: imageSize, patch: try patch()))
    case "vit-base": self = .visionTransformer(.base(side: imageSize, patch: try patch()))
    case "convnext-atto": self = .convNeXt(.atto(patch: convNeXtPatch))
    case "convnext-femto": self = .convNeXt(.femto(patch: convNeXtPatch))
    case "convnext-nano": self = .convNeXt(.nano(patch: convNeXtPatch))
    default:
      throw InputError(
        in: name, "is no image encoder", remedy: "choose one of \(Self.names.joined(separator: ", "))")
    }
  }

  /// What of the encoder was chosen for the size of the images, and why; nil where nothing was.
  public func reason(imageSize: Int) -> String? {
    switch self {
    case .small:
      return nil
    case .resNet(let recipe):
      return recipe.stem == .small
        ? "a first layer of 3×3 without pooling: images of \(imageSize) pixels are too small to begin with a quarter of it"
        : nil
    case .visionTransformer(let recipe):
      let grid = imageSize / recipe.patch
      let sentence = "patches of \(recipe.patch) pixels, \(grid) × \(grid) of them"
      return recipe.patch == 16 ? "\(sentence): as usual" : "\(sentence): larger ones leave fewer than 7 × 7, or a rest"
    case .convNeXt(let recipe):
      return recipe.patch == 1
        ? "a first layer that keeps the size: after the usual quarter, \(imageSize) pixels would end as a single place"
        : nil
    }
  }
}
