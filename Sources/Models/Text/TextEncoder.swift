public import Layers
public import Tensors
public import Tokenizers

/// A model from texts to embeddings, with the way of turning texts into numbers that it was made for.
public protocol TextEncoder {
  /// The length of an embedding.
  var featureCount: Int { get }

  /// Turns texts into the numbers that the model reads.
  func tokenize(_ texts: [String]) -> TextBatch

  /// Embeds a batch of texts: `[N, featureCount]`.
  func callAsFunction(_ batch: TextBatch, _ mode: Mode) -> Tensor
}

/// Everything needed to make a text encoder again: what `run.json` and `config.json` hold.
public enum TextEncoderRecipe: Hashable, Sendable, Codable {
  /// A bag of words and pieces of words.
  case subwords(SubwordEncoder.Recipe)

  /// Declares the encoder's parameters.
  public func make(_ scope: Scope) -> any TextEncoder {
    switch self {
    case .subwords(let recipe): SubwordEncoder(scope, recipe)
    }
  }
}
