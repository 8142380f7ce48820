/// Queries, documents to search in, and which documents are relevant to which query.
///
/// Documents stay in their file and are read a part at a time; of those, only what judgements name is kept by its number.
public struct SearchSet: Sendable {
  /// The folder or table, as a person wrote it.
  public let name: String

  /// The queries to which something is relevant.
  public let queries: [String]

  /// For every query the numbers of the documents that are relevant to it, ascending, at least one.
  public let relevant: [[Int]]

  /// The number of documents.
  public let documentCount: Int

  /// What a person may want to know about how the set was understood, a line each.
  public let notes: [String]

  private let read: @Sendable (Range<Int>) -> [String]

  init(
    name: String, queries: [String], relevant: [[Int]], documentCount: Int, notes: [String],
    read: @escaping @Sendable (Range<Int>) -> [String]
  ) {
    (self.name, self.queries, self.relevant) = (name, queries, relevant)
    (self.documentCount, self.notes, self.read) = (documentCount, notes, read)
  }

  /// The texts of documents.
  public func documents(_ range: Range<Int>) -> [String] { read(range) }

  /// A set of which each pair is a query and a document that is relevant to it. Equal queries are one, and so are equal
  /// documents.
  public init(_ pairs: TextPairs) {
    var (queries, documents) = (DistinctTexts(), DistinctTexts())
    var (relevant, rows): ([Set<Int>], [Int]) = ([], [])
    for row in 0..<pairs.count {
      let (first, second) = pairs.texts(row..<row + 1)
      let (query, document) = (queries.add(first[0]), documents.add(second[0]))
      if query == relevant.count { relevant.append([]) }
      if document == rows.count { rows.append(row) }
      relevant[query].insert(document)
    }
    self.init(
      name: pairs.table.name, queries: queries.texts, relevant: relevant.map { $0.sorted() }, documentCount: rows.count,
      notes: []
    ) { [rows] range in
      range.map { pairs.texts(rows[$0]..<rows[$0] + 1).second[0] }
    }
  }
}
