public import Layers
public import Tensors

/// BERT and its kin: a text's tokens with their positions, and blocks of attention between all of them.
///
///     x ← norm(E[token] + P[position] + T[0])                      [N, L, width]
///     x ← norm(x + attention(x));  x ← norm(x + W₂·gelu(W₁·x))     `depth` times
///
/// MiniLM is a small BERT. RoBERTa counts positions from the number behind its padding token; MPNet does as well, has no
/// types of tokens, and adds to all logits of attention a number for how far two tokens are apart.
///
/// Names, arrangement and first values (normal with σ = 0.02) are those of Hugging Face's transformers, so that its files
/// load. Padding tokens are not seen by others; what stands in their places afterwards means nothing.
///
/// Source: Devlin et al. "BERT." NAACL 2019. <https://arxiv.org/abs/1810.04805>; Liu et al. "RoBERTa." 2019.
/// <https://arxiv.org/abs/1907.11692>; Song et al. "MPNet." NeurIPS 2020. <https://arxiv.org/abs/2004.09297>
public struct BertEncoder {
  /// The length of a token's vector.
  public var width: Int { recipe.width }

  /// What the encoder consists of.
  public let recipe: BertRecipe

  private let tokens, positions: Embedding
  private let types: Embedding?
  private let norm: LayerNorm
  private let blocks: [Block]
  private let distances: Embedding?
  private let dropout: Dropout

  /// Declares the encoder's parameters.
  public init(_ scope: Scope, _ recipe: BertRecipe) {
    self.recipe = recipe
    let initial = Initializer.normal(deviation: 0.02)
    let embeddings = scope / "embeddings"
    func table(_ name: String, _ count: Int) -> Embedding {
      Embedding(embeddings / name, count: count, size: recipe.width, initial: initial)
    }
    tokens = table("word_embeddings", recipe.vocabularySize)
    positions = table("position_embeddings", recipe.positions)
    types = recipe.family == .mpnet ? nil : table("token_type_embeddings", recipe.types)
    norm = LayerNorm(embeddings / "LayerNorm", size: recipe.width, epsilon: recipe.epsilon)
    blocks = (0..<recipe.depth).map { Block(scope / "encoder" / "layer" / $0, recipe, initial) }
    distances =
      recipe.family == .mpnet
      ? Embedding(
        scope / "encoder" / "relative_attention_bias", count: RelativeDistance.buckets, size: recipe.heads,
        initial: initial) : nil
    dropout = Dropout(recipe.dropout)
    if recipe.hasPooler {
      // Files have it; embeddings are made of what comes before it.
      let pooler = Linear(
        scope / "pooler" / "dense", from: recipe.width, to: recipe.width, initial: initial, initialBias: .constant(0))
      pooler.weight.isTrainable = false
      pooler.bias?.isTrainable = false
    }
  }

  /// The vectors of all tokens: `[N, L, width]`.
  public func callAsFunction(_ batch: TokenBatch, _ mode: Mode) -> Tensor {
    let length = batch.tokens.shape[1]
    var sum = tokens(batch.tokens) + positions(positions(of: batch))
    if let types { sum = sum + types.weight.value[0] }
    var x = dropout(norm(sum), mode)  // [N, L, width]
    var mask = batch.mask?.unsqueezed(1).unsqueezed(1)  // [N, 1, 1, L]
    if let distances {
      let bias = distances(RelativeDistance.numbers(length: length, on: batch.tokens.device))  // [L, L, heads]
      let added = bias.permuted(2, 0, 1).unsqueezed(0)  // [1, heads, L, L]
      mask = mask.map { added.filled(where: !$0, with: -.infinity) } ?? added
    }
    for block in blocks { x = block(x, mode, mask: mask) }
    return x
  }

  /// Which position every token has: `[L]`, or `[N, L]` where padding tokens do not count.
  private func positions(of batch: TokenBatch) -> Tensor {
    let length = batch.tokens.shape[1]
    guard let first = recipe.firstPosition else { return .range(0..<length, on: batch.tokens.device) }
    let isText = (!(batch.tokens .== Double(batch.padding))).to(.int64)  // 1 where no padding token is
    return (isText.cumulativeSum(along: 1) * isText + Double(first - 1)).to(.int64)
  }
}

/// A block of BERT: attention between tokens, then an MLP on each, each added and normalised afterwards.
private struct Block {
  let attention: Attention
  let attentionNorm, outputNorm: LayerNorm
  let intermediate, output: Linear
  let activation: Activation
  let dropout: Dropout

  init(_ scope: Scope, _ recipe: BertRecipe, _ initial: Initializer) {
    let isMPNet = recipe.family == .mpnet
    attention = Attention(
      scope / "attention", size: recipe.width, heads: recipe.heads,
      names: isMPNet
        ? .init(query: "attn.q", key: "attn.k", value: "attn.v", output: "attn.o")
        : .init(query: "self.query", key: "self.key", value: "self.value", output: "output.dense"),
      initial: initial, longestPlain: 128)
    func norm(_ scope: Scope) -> LayerNorm { LayerNorm(scope, size: recipe.width, epsilon: recipe.epsilon) }
    attentionNorm = norm(isMPNet ? scope / "attention" / "LayerNorm" : scope / "attention" / "output" / "LayerNorm")
    intermediate = Linear(
      scope / "intermediate" / "dense", from: recipe.width, to: recipe.hidden, initial: initial,
      initialBias: .constant(0))
    output = Linear(
      scope / "output" / "dense", from: recipe.hidden, to: recipe.width, initial: initial, initialBias: .constant(0))
    outputNorm = norm(scope / "output" / "LayerNorm")
    activation = recipe.activation
    dropout = Dropout(recipe.dropout)
  }

  func callAsFunction(_ x: Tensor, _ mode: Mode, mask: Tensor?) -> Tensor {
    let y = attentionNorm(x + dropout(attention(x, mode, mask: mask), mode))  // [N, L, width]
    return outputNorm(y + dropout(output(activation(intermediate(y, mode)), mode), mode))
  }
}
