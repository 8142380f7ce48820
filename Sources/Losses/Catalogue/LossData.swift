public import Tensors

/// The arrays that a loss is computed of.
public struct LossData {
  /// Embeddings, `[N, D]`.
  public var a: Tensor
  /// The second array: other views, other sides of pairs, or proxies.
  public var b: Tensor?
  /// Classes of the rows, `int64`.
  public var labels: Tensor?
  /// A label or a grade for every pair, `[N]`.
  public var pairs: Tensor?
  /// Negatives that are told, `[K, D]`.
  public var negatives: Tensor?
  /// Embeddings of earlier batches, `[K, D]`.
  public var queue: Tensor?

  /// Creates the data of a loss.
  public init(
    a: Tensor, b: Tensor? = nil, labels: Tensor? = nil, pairs: Tensor? = nil, negatives: Tensor? = nil,
    queue: Tensor? = nil
  ) {
    self.a = a
    self.b = b
    self.labels = labels
    self.pairs = pairs
    self.negatives = negatives
    self.queue = queue
  }

  /// All rows of both views, those of the first before those of the second.
  package var rows: Tensor { b.map { .concatenation([a, $0]) } ?? a }

  /// The classes of all rows of both views; labels of examples go for each of their views, and without labels every
  /// example is a class of its own.
  package var rowLabels: Tensor {
    let labels = labels ?? .range(0..<a.shape[0])
    return b != nil && labels.count == a.shape[0] ? .concatenation([labels, labels]) : labels
  }

  /// Negatives in blocks of as many rows as there are anchors.
  package var negativeBlocks: [Tensor] {
    negatives.map { $0.split(into: a.shape[0]) } ?? []
  }
}

extension LossData {
  /// The files that arrays are read from.
  public struct Paths: Sendable {
    /// The first array.
    public var a: String
    /// The others, nil where none is given.
    public var b, labels, pairs, negatives, queue: String?

    /// Creates paths.
    public init(
      a: String, b: String? = nil, labels: String? = nil, pairs: String? = nil, negatives: String? = nil,
      queue: String? = nil
    ) {
      self.a = a
      self.b = b
      self.labels = labels
      self.pairs = pairs
      self.negatives = negatives
      self.queue = queue
    }
  }
}
