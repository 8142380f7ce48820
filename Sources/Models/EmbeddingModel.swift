public import Layers
public import Tensors

/// What a trained model consists of, apart from its weights: `config.json` in a model's folder.
public struct EmbeddingModelRecipe: Hashable, Sendable, Codable {
  /// The encoder of images.
  public let imageEncoder: ImageEncoderRecipe

  /// What is done to images first.
  public let preprocessing: Preprocessing

  /// The encoder of texts, or nil for a model of images alone.
  public let textEncoder: TextEncoderRecipe?

  /// The length of the embeddings, which a linear projection makes and texts share; nil where the encoder's own features
  /// are the embedding.
  public let sharedSize: Int?

  /// Creates a recipe for images alone, of which the encoder's features are the embedding.
  public init(imageEncoder: ImageEncoderRecipe, preprocessing: Preprocessing) {
    self.init(imageEncoder: imageEncoder, preprocessing: preprocessing, size: nil)
  }

  /// Creates a recipe for images alone.
  ///
  /// - Parameter size: The length of a linear projection of the encoder's features; nil for these themselves.
  public init(imageEncoder: ImageEncoderRecipe, preprocessing: Preprocessing, size: Int?) {
    self.imageEncoder = imageEncoder
    self.preprocessing = preprocessing
    textEncoder = nil
    sharedSize = size
  }

  /// Creates a recipe for images and texts in one space.
  public init(
    imageEncoder: ImageEncoderRecipe, preprocessing: Preprocessing, textEncoder: TextEncoderRecipe, sharedSize: Int
  ) {
    self.imageEncoder = imageEncoder
    self.preprocessing = preprocessing
    self.textEncoder = textEncoder
    self.sharedSize = sharedSize
  }
}

/// A model that turns images, and texts where it knows them, into embeddings: what training leaves and people use.
///
/// A model of images alone declares its encoder's parameters under their own names, so that its file is a checkpoint
/// of that encoder anywhere. One with a projection has its encoder as `visual`, and one with texts another tower, `text`,
/// each with a linear projection into the space of embeddings.
public struct EmbeddingModel {
  /// What the model consists of.
  public let recipe: EmbeddingModelRecipe

  /// The encoder of images; its features come before any projection.
  public let imageEncoder: any ImageEncoder

  /// The encoder of texts, or nil.
  public let textEncoder: (any TextEncoder)?

  private let imageProjection, textProjection: Linear?
  private let device: Device

  /// Declares the model's parameters.
  public init(_ scope: Scope, _ recipe: EmbeddingModelRecipe) {
    self.recipe = recipe
    device = scope.tree.device
    guard let size = recipe.sharedSize else {
      imageEncoder = recipe.imageEncoder.make(scope)
      (textEncoder, imageProjection, textProjection) = (nil, nil, nil)
      return
    }
    let encoder = recipe.imageEncoder.make(scope / "visual")
    let textEncoder = recipe.textEncoder?.make(scope / "text")
    func projection(_ name: String, from width: Int) -> Linear {
      Linear(
        scope / name, from: width, to: size, bias: false, initial: .normal(deviation: 1 / Double(width).squareRoot()))
    }
    imageProjection = projection("visual_projection", from: encoder.featureCount)
    textProjection = textEncoder.map { projection("text_projection", from: $0.featureCount) }
    imageEncoder = encoder
    self.textEncoder = textEncoder
  }

  /// The length of an embedding.
  public var size: Int { recipe.sharedSize ?? imageEncoder.featureCount }

  /// Embeds images given as bytes `[N, side, side, 3]`: `[N, size]`, of any norm.
  public func images(_ pixels: [UInt8], _ mode: Mode) -> Tensor {
    let features = imageEncoder(recipe.preprocessing(pixels, on: device), mode)
    return imageProjection.map { $0(features, mode) } ?? features
  }

  /// Embeds texts: `[N, size]`, of any norm. Traps where the model knows no texts.
  public func texts(_ texts: [String], _ mode: Mode) -> Tensor {
    guard let textEncoder, let textProjection else { preconditionFailure("this model embeds images alone") }
    return textProjection(textEncoder(textEncoder.tokenize(texts), mode), mode)
  }
}
