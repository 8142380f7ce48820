/// Texts as counts of their tokens: what needs no encoder, as raw pixels do for images.
///
/// Every token of the vocabulary adds ±1 to one of *D* numbers, which and with which sign drawn from its number, so that the
/// products of two texts' rows are those of their counts in expectation, and no row is as long as the vocabulary:
///
///     xᵢ = Σ over tokens t with h(t) = i of ξ(t)
///
/// Source: Weinberger, Dasgupta, Langford, Smola, Attenberg. "Feature Hashing for Large Scale Multitask Learning." ICML
/// 2009, section 2. <https://arxiv.org/abs/0902.2206>
struct TokenCounts {
  /// *D*.
  static let size = 1024

  private let tokenizer: Tokenizer
  private let longest: Int
  private let places: [(place: Int, sign: Float)]

  /// Draws where each token of a model counts.
  init(_ model: SentenceModel, seed: UInt64 = 1) {
    (tokenizer, longest) = (model.tokenizer, model.longest)
    let special = Set(tokenizer.beginning + tokenizer.ending)
    places = (0..<tokenizer.vocabularySize).map { token in
      var stream = RandomStream(seed: seed, token)
      let place = stream.integer(below: Self.size)
      return (place, special.contains(token) ? 0 : stream.integer(below: 2) == 0 ? 1 : -1)
    }
  }

  /// The counts of texts: `[texts.count, 1024]`, `float32`. A text without a known token is a row of zeros.
  func callAsFunction(_ texts: [String]) -> Tensor {
    let tokens: TextBatch = tokenizer(texts, limit: longest)
    var counts = [Float](repeating: 0, count: texts.count * Self.size)
    for text in texts.indices {
      for token in tokens[text] where token < places.count {
        counts[text * Self.size + places[token].place] += places[token].sign
      }
    }
    return Tensor(counts, shape: [texts.count, Self.size])
  }
}
