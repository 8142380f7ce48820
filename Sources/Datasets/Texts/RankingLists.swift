import Basics

/// Queries, each with texts that are right answers and texts that are wrong: what a second stage of search puts in order.
///
///     {"query": "…", "positive": ["…"], "negative": ["…", "…"]}     a line, or one text in place of a list
public struct RankingLists: Sendable {
  /// One query.
  public struct Sample: Hashable, Sendable {
    /// What is asked.
    public let query: String
    /// Right and wrong answers.
    public let positives, negatives: [String]
  }

  /// What errors call the file.
  public var name: String { table.name }

  /// The number of queries.
  public var count: Int { table.count }

  private let table: TextTable
  private let query, positive, negative: Int

  /// Opens a file.
  ///
  /// - Throws: `InputError` when it is missing or damaged, is empty, or lacks a column.
  public init(contentsOf path: String) throws {
    let table = try TextTable(contentsOf: path)
    guard table.count > 0 else { throw InputError(in: path, "holds no queries") }
    func column(_ names: [String]) throws -> Int {
      if let found = names.lazy.compactMap(table.columns.firstIndex).first { return found }
      throw InputError(
        in: path, "has no column '\(names[0])'",
        remedy: "write a line a query: {\"query\": …, \"positive\": […], \"negative\": […]}")
    }
    query = try column(["query", "anchor"])
    positive = try column(["positive", "positives", "pos"])
    negative = try column(["negative", "negatives", "neg"])
    self.table = table
  }

  /// Some of the queries with their answers.
  public func samples(_ range: Range<Int>) -> [Sample] {
    zip(range, table.texts(range, column: query)).map { row, query in
      Sample(query: query, positives: table.cell(row, positive), negatives: table.cell(row, negative))
    }
  }
}
