import Basics
public import Tensors

/// Embeddings that another tool made, with their labels: rows to measure on, and rows to learn from or to search in.
///
/// The items are the rows of the first array, which are kept for measuring, and then those of the second. Labels of both
/// are compared by what they are called, so that 3 in one file is 3 in the other.
public struct EmbeddingSource: ItemSource {
  /// The files of one array.
  public struct Paths: Hashable, Sendable {
    /// The embeddings.
    public var embeddings: String
    /// The labels of their rows: `.npy`, `.txt`, or a table.
    public var labels: String?

    /// Names files.
    public init(_ embeddings: String, labels: String? = nil) {
      (self.embeddings, self.labels) = (embeddings, labels)
    }
  }

  /// The path of the embeddings to measure on.
  public let name: String

  /// The labelings of the first array's labels.
  public let labelings: [Labeling]

  /// The rows of the first array for measuring, those of the second to learn from.
  public let split: Split

  /// The number of rows.
  public let count: Int

  private let names: [String]
  private let arrays: Rows

  /// Tensors that nothing writes to.
  private struct Rows: @unchecked Sendable {
    /// `[N, D]`.
    let measured: Tensor
    /// `[M, D]`.
    let learned: Tensor?
  }

  /// Reads the files.
  ///
  /// - Parameters:
  ///   - measured: What is measured on.
  ///   - learned: What neighbours, classifiers or thresholds come from, where there is more than one array.
  /// - Throws: `InputError` when a file is damaged, a row is not finite, or arrays and labels do not fit each other.
  public init(_ measured: Paths, learned: Paths? = nil) throws {
    let (rows, labels) = try Self.read(measured)
    let others = try learned.map(Self.read)
    if let others, let learned, others.rows.shape[1] != rows.shape[1] {
      throw InputError(
        in: learned.embeddings, "has rows of \(others.rows.shape[1]) numbers",
        remedy: "those of \(measured.embeddings) have \(rows.shape[1])")
    }
    let (n, m) = (rows.shape[0], others?.rows.shape[0] ?? 0)
    labelings =
      try labels?.columns.compactMap { column in
        let further = try others?.labels?.column(column.name).labels ?? Array(repeating: nil, count: m)
        var collected = LabelColumn(name: column.name)
        for label in column.labels + further { collected.add(label) }
        return collected.labeling()
      } ?? []
    let type: DataType = [rows, others?.rows].contains { $0?.type == .float64 } ? .float64 : .float32
    arrays = Rows(measured: rows.to(type), learned: others?.rows.to(type))
    name = measured.embeddings
    names = [Files.name(of: measured.embeddings)] + (learned.map { [Files.name(of: $0.embeddings)] } ?? [])
    count = n + m
    split = Split(train: Array(n..<n + m), test: Array(0..<n))
  }

  /// The file and the number of the row in it.
  public func title(of item: Int) -> String {
    let isMeasured = item < split.test.count
    return "\(names[isMeasured ? 0 : 1]) #\(isMeasured ? item : item - split.test.count)"
  }

  /// The embeddings of items: `[items.count, D]`, as the files have them.
  public func rows(of items: [Int]) -> Tensor {
    if items == split.test { return arrays.measured }
    if items == split.train, let learned = arrays.learned { return learned }
    let all = arrays.learned.map { .concatenation([arrays.measured, $0]) } ?? arrays.measured
    return all.items(at: items)
  }

  private static func read(_ paths: Paths) throws -> (rows: Tensor, labels: LabelFile?) {
    let rows = try EmbeddingFile.read(paths.embeddings)
    let labels = try paths.labels.map { try LabelFile($0) }
    if let labels, labels.columns[0].labels.count != rows.shape[0] {
      throw InputError(
        in: labels.path, "has \(labels.columns[0].labels.count) labels",
        remedy: "\(paths.embeddings) has \(rows.shape[0]) rows")
    }
    return (rows, labels)
  }
}
