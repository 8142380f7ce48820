import Basics
import Dispatch
import Search
public import Tensors

/// Search in a gallery that comes a part at a time, so that it may be larger than memory.
///
/// The similarities of what belongs to a query are known first, from the embeddings of the relevant items alone; then every
/// part is compared with all queries, and its items are counted at the relevant ones that they stand before. Ranks are
/// those of `Retrieval`, of any depth, and ties count against in the same way.
///
/// Memory: O(queries·D), a few numbers a relevant item and 1 to 64 kB a query, and the similarities of a block.
public struct StreamedRetrieval {
  private let queries: Tensor  // [N, D], of unit length, float64
  private let relevant: [[Int]]  // by query, ascending
  private let cutoffs: [Int]
  private let asked: [Int]
  private var tables: [RankTable]  // by place among `asked`
  private var searched = 0

  /// The most similarities that are held at once: 32 MiB.
  private static let block = 1 << 22

  /// Prepares a search.
  ///
  /// - Parameters:
  ///   - queries: Embeddings `[N, D]`, of any norm.
  ///   - relevant: For every query the numbers of the items that belong to it, each once.
  ///   - items: The numbers of all items that belong to any query, each once.
  ///   - rows: Their embeddings, `[items.count, D]`.
  ///   - cutoffs: What `QueryRanking` counts among.
  /// - Throws: `InputError` when an embedding is not finite, or nothing belongs to any query.
  public init(queries: Tensor, relevant: [[Int]], items: [Int], rows: Tensor, cutoffs: [Int]) throws {
    precondition(
      queries.shape[0] == relevant.count && rows.shape[0] == items.count && queries.shape[1] == rows.shape[1],
      "\(relevant.count) lists for queries \(queries.shape), \(items.count) items for rows \(rows.shape)")
    try queries.requireFiniteRows("query")
    try rows.requireFiniteRows("relevant item")
    self.relevant = relevant.map { $0.sorted() }
    self.cutoffs = cutoffs
    asked = relevant.indices.filter { !relevant[$0].isEmpty }
    guard !asked.isEmpty else {
      throw InputError(
        "nothing is relevant to any of \(relevant.count) queries", remedy: "are the judgements of this set?")
    }
    let unit = withoutGradient { queries.to(.float64).normalized() }
    self.queries = unit.items(at: asked)
    let places = Dictionary(uniqueKeysWithValues: zip(items, items.indices))
    let known = withoutGradient { rows.to(.float64).normalized() }
    tables = asked.map { query in
      let own = known.items(at: relevant[query].map { places[$0]! })
      let similarities = own.matrixProduct(unit[query..<query + 1].transposed())
      return RankTable(marks: similarities.flattened().values(as: Double.self).map { $0 - RelevantRanks.tolerance })
    }
  }

  /// Searches in the next part of the gallery.
  ///
  /// - Parameter part: The embeddings of the next items, `[M, D]`: parts come in the order of their numbers, from 0.
  /// - Throws: `InputError` when an embedding is not finite.
  public mutating func search(_ part: Tensor) throws {
    try part.requireFiniteRows("gallery item")
    let count = part.shape[0]
    guard count > 0 else { return }
    let gallery = withoutGradient { part.to(.float64).normalized().transposed() }
    let length = min(256, max(1, Self.block / count))
    let first = searched
    for start in stride(from: 0, to: asked.count, by: length) {
      let block = start..<min(start + length, asked.count)
      let similarities = withoutGradient { queries[block].matrixProduct(gallery).contiguous() }
      similarities.withBytes { bytes in
        nonisolated(unsafe) let all = bytes.bindMemory(to: Double.self)
        tables.withUnsafeMutableBufferPointer { buffer in
          nonisolated(unsafe) let tables = buffer
          let (asked, relevant) = (asked, relevant)
          DispatchQueue.concurrentPerform(iterations: block.count) { i in
            let row = UnsafeBufferPointer(rebasing: all[i * count..<(i + 1) * count])
            tables[start + i].add(row)
            let own = relevant[asked[start + i]].within(first..<first + count)
            tables[start + i].add(own.map { row[$0 - first] }, times: -1)
          }
        }
      }
    }
    searched += count
  }

  /// How many items were searched so far.
  public var gallery: Int { searched }

  /// How well every query did, nil where nothing belongs to it.
  public func rankings() -> [QueryRanking?] {
    var rankings = [QueryRanking?](repeating: nil, count: relevant.count)
    for (query, table) in zip(asked, tables) {
      let ranks = table.standings.enumerated().map { i, irrelevant in i + 1 + irrelevant }
      rankings[query] = QueryRanking(ranks: ranks, cutoffs: cutoffs)
    }
    return rankings
  }
}

extension [Int] {
  /// Those of ascending numbers that lie in a range.
  fileprivate func within(_ range: Range<Int>) -> ArraySlice<Int> {
    func first(from bound: Int) -> Int {
      var (low, high) = (0, count)
      while low < high {
        let middle = (low + high) / 2
        if self[middle] < bound { low = middle + 1 } else { high = middle }
      }
      return low
    }
    return self[first(from: range.lowerBound)..<first(from: range.upperBound)]
  }
}
