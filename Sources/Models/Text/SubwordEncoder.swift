public import Layers
public import Tensors
public import Tokenizers

/// A small text encoder: the mean vector of a text's words and pieces of words, and a head of two linear layers.
///
///     m = mean of E[i] over the features i of the text          [N, width]
///     h = W₂·gelu(W₁·dropout(norm(m)) + b₁) + b₂                 [N, output]
///
/// It knows no order of words (beyond bigrams, when its features have them), needs no vocabulary and no pretraining,
/// and costs about as much as looking up its features: right for names and keywords, too little for sentences. A text
/// without features has the mean 0.
///
/// Initial values: E normal with σ = 1/√width, so that a feature's vector has a length near 1; W and b as PyTorch
/// begins linear layers, uniform within ±1/√(fan in). The layer normalisation in front of the head undoes that a mean
/// of *k* features is √k times shorter than one, which would make long texts weaker.
public struct SubwordEncoder: TextEncoder {
  /// The features and sizes of the encoder.
  public struct Recipe: Hashable, Sendable, Codable {
    /// How a text becomes indices.
    public let features: SubwordFeatures
    /// The length of a feature's vector. The table takes `features.buckets` · `width` parameters, and an optimizer's
    /// step visits all of them.
    public let width: Int
    /// The length of the head's hidden layer.
    public let hidden: Int
    /// The length of an embedding.
    public let output: Int
    /// The probability that an element of the mean is dropped in training.
    public let dropout: Double
    /// Whether the mean is normalised before the head.
    public let isNormalized: Bool

    /// Creates a recipe.
    public init(
      features: SubwordFeatures = SubwordFeatures(), width: Int = 128, hidden: Int = 256, output: Int = 256,
      dropout: Double = 0, isNormalized: Bool = true
    ) {
      precondition(
        width > 0 && hidden > 0 && output > 0, "lengths must be positive, not \(width), \(hidden), \(output)")
      self.features = features
      self.width = width
      self.hidden = hidden
      self.output = output
      self.dropout = dropout
      self.isNormalized = isNormalized
    }
  }

  /// The length of an embedding.
  public let featureCount: Int

  private let features: SubwordFeatures
  private let table: Embedding
  private let norm: LayerNorm?
  private let dropout: Dropout
  private let linear1, linear2: Linear

  /// Declares the encoder's parameters.
  public init(_ scope: Scope, _ recipe: Recipe) {
    features = recipe.features
    featureCount = recipe.output
    table = Embedding(
      scope / "embedding", count: recipe.features.buckets, size: recipe.width,
      initial: .normal(deviation: 0.01))
    norm = recipe.isNormalized ? LayerNorm(scope / "norm", size: recipe.width) : nil
    dropout = Dropout(recipe.dropout)
    linear1 = Linear(scope / "linear1", from: recipe.width, to: recipe.hidden)
    linear2 = Linear(scope / "linear2", from: recipe.hidden, to: recipe.output)
  }

  /// The words and pieces of words of texts.
  public func tokenize(_ texts: [String]) -> TextBatch { features(texts) }

  /// Embeds a batch of texts: `[N, featureCount]`.
  public func callAsFunction(_ batch: TextBatch, _ mode: Mode) -> Tensor {
    let device = table.weight.value.device
    let mean = table.mean(of: Tensor(batch.indices).to(device), offsets: Tensor(batch.offsets).to(device))
    let m = dropout(norm.map { $0(mean) } ?? mean, mode)  // [N, width]
    return linear2(linear1(m, mode).gelu(), mode)  // [N, output]
  }
}
