/// Several texts as numbers: all texts' indices in a row, and where each text begins.
///
/// Plain numbers, so that batches are made on other threads than the one that trains.
public struct TextBatch: Hashable, Sendable {
  /// All texts' indices in a row.
  public let indices: [Int]

  /// Where each text's indices begin; a text ends where the next begins, the last with `indices`.
  public let offsets: [Int]

  /// Joins the indices of texts; a text may have none.
  public init(_ texts: [[Int]]) {
    indices = Array(texts.joined())
    var start = 0
    offsets = texts.map { text in
      defer { start += text.count }
      return start
    }
  }

  /// Takes over indices in a row, and where each text's begin.
  init(indices: [Int], offsets: [Int]) {
    self.indices = indices
    self.offsets = offsets
  }

  /// The number of texts.
  public var count: Int { offsets.count }

  /// The indices of one text.
  public subscript(text: Int) -> ArraySlice<Int> {
    indices[offsets[text]..<(text + 1 < count ? offsets[text + 1] : indices.count)]
  }
}
