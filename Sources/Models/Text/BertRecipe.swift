public import Layers

/// Which member of BERT's family: what a transformer's `config.json` says.
public struct BertRecipe: Hashable, Sendable, Codable {
  /// In what the encoders differ; see `BertEncoder`.
  public enum Family: String, Hashable, Sendable, Codable, CaseIterable {
    /// BERT and MiniLM.
    case bert
    /// RoBERTa.
    case roberta
    /// MPNet.
    case mpnet
  }

  /// The family.
  public let family: Family
  /// The number of tokens.
  public let vocabularySize: Int
  /// The length of a token's vector.
  public let width: Int
  /// The number of blocks.
  public let depth: Int
  /// The heads of every block's attention.
  public let heads: Int
  /// The length of a block's hidden layer.
  public let hidden: Int
  /// The number of positions, those that are never used counted.
  public let positions: Int
  /// The number of types of tokens, of which the first is used.
  public let types: Int
  /// ε of the normalisations.
  public let epsilon: Double
  /// The function in a block's MLP.
  public let activation: Activation
  /// The probability that an element is dropped in training.
  public let dropout: Double
  /// The number of the padding token, behind which RoBERTa and MPNet count positions.
  public let padding: Int
  /// Whether files have a layer at the end that embeddings are not made of.
  public var hasPooler: Bool

  /// Creates a recipe; what is not given is as in BERT base.
  public init(
    family: Family = .bert, vocabularySize: Int = 30522, width: Int = 768, depth: Int = 12, heads: Int = 12,
    hidden: Int? = nil, positions: Int = 512, types: Int = 2, epsilon: Double = 1e-12, activation: Activation = .gelu,
    dropout: Double = 0.1, padding: Int? = nil, hasPooler: Bool = false
  ) {
    precondition(width > 0 && heads > 0 && width % heads == 0, "\(heads) heads do not divide a width of \(width)")
    self.family = family
    self.vocabularySize = vocabularySize
    self.width = width
    self.depth = depth
    self.heads = heads
    self.hidden = hidden ?? 4 * width
    self.positions = positions
    self.types = types
    self.epsilon = epsilon
    self.activation = activation
    self.dropout = dropout
    self.padding = padding ?? (family == .bert ? 0 : 1)
    self.hasPooler = hasPooler
  }

  /// The position of the first token where positions are counted behind the padding token's number; nil where from 0.
  var firstPosition: Int? { family == .bert ? nil : padding + 1 }

  /// The most tokens that a text may have.
  public var longest: Int { positions - (firstPosition ?? 0) }
}
