/// Pairs of texts or of any rows, embedded by everything that is compared.
public struct PairContext {
  /// What the pairs are of, as a person would write it.
  public let name: String

  /// The number of pairs.
  public let count: Int

  /// By each encoder a row a pair for the first and for the second: `[N, D]`.
  let embedded: [(name: String, first: Tensor, second: Tensor)]

  /// Pairs of texts, as a sentence encoder, counts of tokens and the untrained encoder see them. A text that is in several
  /// pairs is embedded once.
  ///
  /// - Parameter prompt: The name of the prompt that stands before each text; the model's default unless told.
  /// - Throws: `InputError` when the model has no such prompt, or an embedding is not finite.
  public init(_ model: SentenceModel, _ pairs: TextPairs, prompt: String? = nil) throws {
    let prompt = try model.prompt(prompt)
    let texts = pairs.texts(0..<pairs.count)
    let distinct = DistinctTexts(texts.first + texts.second)
    (name, count) = (pairs.table.name, pairs.count)
    let (first, second) = (Array(distinct.places[..<count]), Array(distinct.places[count...]))
    embedded = try TextContext.encoders(of: model, prompt: prompt).map { name, embed in
      let rows = embed(distinct.texts)
      try rows.requireFiniteRows("text")
      return (name, rows.items(at: first), rows.items(at: second))
    }
  }

  /// Pairs that another tool embedded.
  public init(_ pairs: EmbeddingPairs) {
    (name, count) = (pairs.name, pairs.first.shape[0])
    embedded = [("embeddings", pairs.first, pairs.second)]
  }
}
