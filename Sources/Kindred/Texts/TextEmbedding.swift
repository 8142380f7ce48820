/// Embeds the texts of a file, a part at a time: memory does not grow with the file.
public struct TextEmbedding {
  /// How many texts are sorted by their length together, and how many bytes of them.
  private static let (most, mostBytes) = (8192, 16 << 20)

  private let model: SentenceModel
  private let table: TextTable
  private let column: Int
  private let prompt: String

  /// Prepares the work.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - table: Where the texts are.
  ///   - column: The name of their column, where one must be named.
  ///   - prompt: The name of the prompt that stands before each; the model's default unless told.
  /// - Throws: `InputError` when the column or the prompt is not there.
  public init(model: SentenceModel, table: TextTable, column: String? = nil, prompt: String? = nil) throws {
    self.model = model
    self.table = table
    self.column = try table.column(column)
    self.prompt = try model.prompt(prompt)
  }

  /// The number of texts.
  public var count: Int { table.count }

  /// What errors call the texts.
  public var name: String { table.name }

  /// Some of the texts.
  func texts(_ rows: Range<Int>) -> [String] { table.texts(rows, column: column) }

  /// Embeds all texts: `[count, D]`, `float32`, in their order.
  ///
  /// - Parameter progress: Called with the number of texts done so far.
  func vectors(progress: (Int) -> Void) -> Tensor {
    var parts: [Tensor] = []
    var done = 0
    while done < table.count {
      let texts = next(from: done)
      parts.append(model.embeddings(of: texts, prompt: prompt))
      done += texts.count
      progress(done)
    }
    return .concatenation(parts)
  }

  /// Embeds all texts into a file, in their order.
  ///
  /// - Parameter progress: Called with the number of texts done so far.
  public func write(to export: EmbeddingExport, progress: (Int) -> Void = { _ in }) throws {
    var done = 0
    try export.write(count: table.count, size: model.size) {
      guard done < table.count else { return nil }
      let texts = next(from: done)
      done += texts.count
      defer { progress(done) }
      return (model.embeddings(of: texts, prompt: prompt), texts)
    }
  }

  /// The texts of the next part, at least one.
  private func next(from first: Int) -> [String] {
    var (texts, bytes): ([String], Int) = ([], 0)
    while first + texts.count < table.count, texts.count < Self.most, bytes < Self.mostBytes {
      let end = min(first + texts.count + 64, table.count)
      let more = table.texts(first + texts.count..<end, column: column)
      bytes += more.reduce(0) { $0 + $1.utf8.count }
      texts += more
    }
    return texts
  }
}
