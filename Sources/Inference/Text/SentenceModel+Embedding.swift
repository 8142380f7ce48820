import Layers
import Models
public import Tensors
import Tokenizers

extension SentenceModel {
  /// How many tokens are embedded at once: enough for matrix products to be fast, few enough for the cache.
  private static let tokensAtOnce = 4096

  /// Embeds texts: `[texts.count, size]`, `float32`, on the processor, in their order.
  ///
  /// Texts are sorted by their number of tokens, and those that have equally many go together: nothing is filled up.
  ///
  /// - Parameters:
  ///   - texts: The texts, as many as their tokens and embeddings fit into memory.
  ///   - prompt: What stands before each; see `prompt(_:)`.
  public func embeddings(of texts: [String], prompt: String = "") -> Tensor {
    if texts.isEmpty { return .zeros([0, size]) }
    let batch: TextBatch = tokenizer(prompt.isEmpty ? texts : texts.map { prompt + $0 }, limit: longest)
    let promptLength = encoder.recipe.pooling.includesPrompt || prompt.isEmpty ? 0 : tokenCount(ofPrompt: prompt)
    let order = (0..<batch.count).sorted { (batch[$0].count, $0) < (batch[$1].count, $1) }
    var (parts, first): ([Tensor], Int) = ([], 0)
    while first < order.count {
      let length = batch[order[first]].count
      var end = first + 1
      while end < order.count, batch[order[end]].count == length, (end - first + 1) * length <= Self.tokensAtOnce {
        end += 1
      }
      let tokens = TokenBatch(
        TextBatch(order[first..<end].map { Array(batch[$0]) }), padding: tokenizer.padding, on: tree.device)
      parts.append(embedded(tokens, prompt: min(promptLength, length - 1)))
      first = end
    }
    var places = Array(repeating: 0, count: order.count)
    for (place, text) in order.enumerated() { places[text] = place }
    return Tensor.concatenation(parts).items(at: places)
  }

  private func embedded(_ tokens: TokenBatch, prompt: Int) -> Tensor {
    withoutGradient {
      let whole = withPrecision(precision, on: tree.device) { encoder(tokens, .evaluation, prompt: prompt) }
      // As in sentence-transformers, what is left is not scaled again.
      return (size < encoder.size ? whole.slice(0..<size, along: 1) : whole).to(.cpu)
    }
  }

  /// The tokens of a prompt at the beginning of a text: those it has by itself, without what ends a text.
  private func tokenCount(ofPrompt prompt: String) -> Int {
    tokenizer(prompt, limit: longest).count - tokenizer.ending.count
  }
}
