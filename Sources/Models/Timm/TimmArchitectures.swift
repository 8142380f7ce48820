import Basics

extension TimmConfiguration {
  /// A model's description, or nil when timm has no such model: one with texts or a projection, the small encoder, a residual network
  /// with the stem for small images, or positions that are resized for every image.
  public init?(_ recipe: EmbeddingModelRecipe) {
    guard recipe.textEncoder == nil, recipe.sharedSize == nil else { return nil }
    var arguments = TimmArguments()
    let (names, classes, features): ([String], Int, Int)
    switch recipe.imageEncoder {
    case .small:
      return nil
    case .resNet(let network):
      names = Self.residual
      classes = network.classes
      features = network.hasBottlenecks ? 2048 : 512
    case .visionTransformer(let network):
      if network.side != recipe.preprocessing.side { return nil }
      names = Self.transformers
      classes = network.classes
      features = network.width
      arguments.side = network.side
      arguments.patch = network.patch
      arguments.pooling = network.pooling == .average ? "avg" : "token"
      if network.dropPath > 0 { arguments.dropPath = network.dropPath }
    case .convNeXt(let network):
      names = Self.convNeXts
      classes = network.classes
      features = network.widths.last!
      arguments.patch = network.patch
      if network.dropPath > 0 { arguments.dropPath = network.dropPath }
    }
    let name = names.first { Self.encoder($0, arguments, classes: classes) == recipe.imageEncoder }
    guard let name else { return nil }
    self.init(
      architecture: name, classes: classes, features: features, arguments: arguments,
      preprocessing: TimmPreprocessing(recipe.preprocessing, classes: classes))
  }

  /// The recipe of the model.
  ///
  /// - Parameter place: What an error names, such as the file.
  /// - Throws: `InputError` when there is no such model here.
  public func recipe(from place: String) throws -> EmbeddingModelRecipe {
    let known = Self.residual + Self.transformers + Self.convNeXts
    var arguments = arguments
    // Positions are for one size: that of the arguments, or else that of the images.
    arguments.side = arguments.side ?? preprocessing.side
    guard let encoder = Self.encoder(architecture, arguments, classes: classes) else {
      throw InputError(
        in: place, "is of the architecture '\(architecture)', which is not known here",
        remedy: "known are \(known.joined(separator: ", ")), and vision transformers of other patches and sizes")
    }
    guard arguments.unknown.isEmpty else {
      throw InputError(
        in: place, "changes '\(architecture)' by \(arguments.unknown.joined(separator: ", ")), which is not known here")
    }
    var side: Int?
    if case .visionTransformer(let network) = encoder { side = network.side }
    return EmbeddingModelRecipe(
      imageEncoder: encoder, preprocessing: try preprocessing.preprocessing(from: place, side: side))
  }

  private static let residual = ["resnet18", "resnet34", "resnet50"]
  private static let transformers = ["vit_tiny_patch16_224", "vit_small_patch16_224", "vit_base_patch16_224"]
  private static let convNeXts = ["convnext_atto", "convnext_femto", "convnext_nano"]

  /// The encoder of a name with what changes it, or nil when there is none or they make no sense together.
  private static func encoder(_ name: String, _ arguments: TimmArguments, classes: Int) -> ImageEncoderRecipe? {
    if name.hasPrefix("vit_") { return transformer(name, arguments, classes: classes) }
    let patch = arguments.patch ?? 4
    if name.hasPrefix("convnext_"), patch < 1 || patch == 2 { return nil }
    let network: ImageEncoderRecipe
    switch name {
    case "resnet18": network = .resNet(.resNet18(classes: classes))
    case "resnet34": network = .resNet(.resNet34(classes: classes))
    case "resnet50": network = .resNet(.resNet50(classes: classes))
    case "convnext_atto": network = .convNeXt(.atto(patch: patch, classes: classes))
    case "convnext_femto": network = .convNeXt(.femto(patch: patch, classes: classes))
    case "convnext_nano": network = .convNeXt(.nano(patch: patch, classes: classes))
    default: return nil
    }
    return network.dropping(arguments.dropPath ?? 0)
  }

  /// `vit_SIZE_patchPATCH_SIDE`.
  private static func transformer(_ name: String, _ arguments: TimmArguments, classes: Int) -> ImageEncoderRecipe? {
    let parts = name.split(separator: "_")
    guard parts.count == 4, parts[2].hasPrefix("patch"),
      let patch = arguments.patch ?? Int(parts[2].dropFirst("patch".count)),
      let side = arguments.side ?? Int(parts[3]), patch > 0, side > 0, side % patch == 0
    else { return nil }
    let pooling: VisionTransformer.Pooling
    switch arguments.pooling ?? "token" {
    case "token": pooling = .classToken
    case "avg": pooling = .average
    default: return nil
    }
    let network: VisionTransformer.Recipe
    switch parts[1] {
    case "tiny": network = .tiny(side: side, patch: patch, pooling: pooling, classes: classes)
    case "small": network = .small(side: side, patch: patch, pooling: pooling, classes: classes)
    case "base": network = .base(side: side, patch: patch, pooling: pooling, classes: classes)
    default: return nil
    }
    return ImageEncoderRecipe.visionTransformer(network).dropping(arguments.dropPath ?? 0)
  }
}

extension ImageEncoderRecipe {
  /// The same with another probability of dropped branches; a residual network has none to drop.
  fileprivate func dropping(_ probability: Double) -> ImageEncoderRecipe? {
    guard (0..<1).contains(probability) else { return nil }
    switch self {
    case .visionTransformer(let network): return .visionTransformer(network.dropping(probability))
    case .convNeXt(let network): return .convNeXt(network.dropping(probability))
    case .resNet, .small: return probability == 0 ? self : nil
    }
  }
}
