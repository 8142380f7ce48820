import Basics
public import Tensors

/// Two arrays of embeddings whose rows belong to each other: texts and their images, two photos of one person, two views.
public struct EmbeddingPairs {
  /// The files, as they were given.
  public let name: String

  /// One side, `[N, D]`.
  public let first: Tensor

  /// The other side, `[N, D]`.
  public let second: Tensor

  /// What is said of every pair, nil where nothing is; nil where there is no file of labels.
  public let labels: [String?]?

  private let labelsName: String

  /// Reads the files.
  ///
  /// - Parameter labels: A file with a text or a number a pair.
  /// - Throws: `InputError` when a file is damaged, a row is not finite, or the files do not fit each other.
  public init(_ first: String, _ second: String, labels: String? = nil) throws {
    let (a, b) = (try EmbeddingFile.read(first), try EmbeddingFile.read(second))
    guard a.shape[0] == b.shape[0] else {
      throw InputError(
        in: second, "has \(b.shape[0]) rows", remedy: "\(first), whose partners they are, has \(a.shape[0])")
    }
    guard a.shape[1] == b.shape[1] else {
      throw InputError(in: second, "has rows of \(b.shape[1]) numbers", remedy: "those of \(first) have \(a.shape[1])")
    }
    let found = try labels.map { try LabelFile($0).columns[0].labels }
    if let found, let labels, found.count != a.shape[0] {
      throw InputError(in: labels, "has \(found.count) labels", remedy: "\(first) has \(a.shape[0]) rows")
    }
    (self.first, self.second, self.labels) = (a, b, found)
    (name, labelsName) = ("\(first) and \(second)", labels ?? "")
  }

  /// A number for what each pair is labelled, the same for the same label; nil where there are no labels.
  public var classes: [Int?]? {
    guard let labels else { return nil }
    var numbers: [String: Int] = [:]
    return labels.map { label in
      guard let label else { return nil }
      let number = numbers[label] ?? numbers.count
      numbers[label] = number
      return number
    }
  }

  /// Whether each pair belongs together, as its labels say: 1 or 0, true or false.
  ///
  /// - Throws: `InputError` when a label says neither.
  public func areSame() throws -> [Bool] {
    try (labels ?? []).enumerated().map { pair, label in
      guard let answer = label.flatMap(TupleLabels.answer) else {
        throw InputError(
          in: labelsName, "says '\(label ?? "")' of pair \(pair)",
          remedy: "write 1 for pairs that belong together and 0 for the others")
      }
      return answer == 1
    }
  }
}
