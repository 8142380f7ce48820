public import Layers
public import Tensors

/// What a sentence encoder consists of, apart from its weights and its tokenizer.
public struct SentenceRecipe: Hashable, Sendable {
  /// A linear layer behind the pooling.
  public struct Dense: Hashable, Sendable {
    /// The length of its outputs.
    public let output: Int
    /// Whether a vector is added.
    public let hasBias: Bool
    /// The function applied to its outputs; nil for none.
    public let activation: Activation?

    /// Creates a layer.
    public init(output: Int, hasBias: Bool = true, activation: Activation? = nil) {
      self.output = output
      self.hasBias = hasBias
      self.activation = activation
    }
  }

  /// The transformer.
  public var encoder: BertRecipe
  /// How tokens' vectors become one.
  public var pooling: TokenPooling
  /// Linear layers behind it, in order.
  public var dense: [Dense]
  /// Whether embeddings are scaled to length 1.
  public var normalizes: Bool

  /// Creates a recipe.
  public init(
    encoder: BertRecipe, pooling: TokenPooling = TokenPooling(), dense: [Dense] = [], normalizes: Bool = false
  ) {
    self.encoder = encoder
    self.pooling = pooling
    self.dense = dense
    self.normalizes = normalizes
  }

  /// The length of an embedding.
  public var size: Int { dense.last?.output ?? encoder.width * pooling.modes.count }
}

/// A transformer whose tokens' vectors become one embedding a text: the models of sentence-transformers.
///
/// The transformer declares its parameters under their own names, the linear layers theirs below `dense.0`, `dense.1`.
public struct SentenceEncoder {
  /// What the encoder consists of.
  public let recipe: SentenceRecipe

  private let encoder: BertEncoder
  private let dense: [(layer: Linear, activation: Activation?)]

  /// Declares the encoder's parameters.
  public init(_ scope: Scope, _ recipe: SentenceRecipe) {
    self.recipe = recipe
    encoder = BertEncoder(scope, recipe.encoder)
    var input = recipe.encoder.width * recipe.pooling.modes.count
    dense = recipe.dense.enumerated().map { number, layer in
      defer { input = layer.output }
      return (
        Linear(scope / "dense" / number, from: input, to: layer.output, bias: layer.hasBias), layer.activation
      )
    }
  }

  /// The length of an embedding.
  public var size: Int { recipe.size }

  /// Embeds texts: `[N, size]`, `float32`.
  ///
  /// - Parameter prompt: How many tokens at the beginning of every text are of a prompt.
  public func callAsFunction(_ batch: TokenBatch, _ mode: Mode, prompt: Int = 0) -> Tensor {
    var x = recipe.pooling(encoder(batch, mode), batch, prompt: prompt)
    for (layer, activation) in dense {
      x = layer(x, mode)
      if let activation { x = activation(x) }
    }
    let embedding = x.to(.float32)
    return recipe.normalizes ? embedding.normalized() : embedding
  }
}
