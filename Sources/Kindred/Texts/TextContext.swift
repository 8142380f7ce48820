/// A sentence encoder and the texts it is measured on, with the baselines that stand beside it.
public struct TextContext {
  /// The model.
  public let model: SentenceModel
  /// The texts.
  public let source: LabelledTexts

  private let prompt: String

  /// Creates a context.
  ///
  /// - Parameter prompt: The name of the prompt that stands before each text; the model's default unless told.
  /// - Throws: `InputError` when the model has no such prompt.
  public init(model: SentenceModel, source: LabelledTexts, prompt: String? = nil) throws {
    (self.model, self.source) = (model, source)
    self.prompt = try model.prompt(prompt)
  }

  /// Embeds texts by the model, by counts of their tokens, and by the untrained model.
  func embedded(_ items: [Int]) -> EmbeddedItems {
    let texts = source.texts(of: items)
    return EmbeddedItems(
      items: items,
      vectors: Self.encoders(of: model, prompt: prompt).map { (name: $0.name, vectors: $0.embed(texts)) })
  }

  /// A model and what it has to beat, each as a way to embed texts.
  ///
  /// - Parameter prompt: What stands before each text; counts of tokens leave it out.
  static func encoders(
    of model: SentenceModel, prompt: String
  ) -> [(name: String, embed: (_ texts: [String]) -> Tensor)] {
    let (counts, untrained) = (TokenCounts(model), model.untrained())
    return [
      ("model", { model.embeddings(of: $0, prompt: prompt) }), ("token counts", { counts($0) }),
      ("untrained", { untrained.embeddings(of: $0, prompt: prompt) }),
    ]
  }
}
