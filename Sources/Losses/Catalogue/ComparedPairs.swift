import Tensors

/// Whom a loss compares with whom: enough to count every anchor's positives and negatives.
public enum ComparedPairs: Sendable {
  /// Every row with all others of both views; positives are those of its class, or its other view.
  case rows
  /// The rows of the first view with all others of both views.
  case firstView
  /// Every row with itself's partner alone.
  case partners
  /// Every row of the first array with all of the second and with all negatives.
  case candidates
  /// The same, and every row of the second array with all of the first.
  case bothWays
  /// A query with its key and with the queue.
  case queue
  /// A pair with its own label.
  case labeledPairs
  /// A pair with all pairs of another grade.
  case gradedPairs
  /// A row with the proxies of its class, of which there are so many, and with the others.
  case proxies(Int)
  /// A proxy with the rows of its class and with the others.
  case proxyAnchors
  /// A datum with noise.
  case noise
  /// A row with all others, none of which is a positive.
  case uniform
  /// A row with its positive and with its negative.
  case triplets
}

/// How many positives and negatives the anchors of a loss have.
public struct ComparedCounts: Hashable, Sendable, Encodable {
  /// The least, the mean and the most of a number over anchors.
  public struct Spread: Hashable, Sendable, Encodable {
    /// The least, mean and most.
    public let min: Int, mean: Double, max: Int

    init(_ counts: [Int]) {
      min = counts.min() ?? 0
      max = counts.max() ?? 0
      mean = counts.isEmpty ? 0 : Double(counts.reduce(0, +)) / Double(counts.count)
    }
  }

  /// The number of anchors.
  public let anchors: Int
  /// Positives an anchor.
  public let positives: Spread
  /// Negatives an anchor.
  public let negatives: Spread
  /// How many anchors have no positive.
  public let withoutPositive: Int

  init(positives: [Int], negatives: [Int]) {
    anchors = positives.count
    self.positives = Spread(positives)
    self.negatives = Spread(negatives)
    withoutPositive = positives.count { $0 == 0 }
  }
}

extension ComparedPairs {
  /// The counts of a batch.
  package func counts(_ data: LossData) -> ComparedCounts {
    let n = data.a.shape[0]
    let (m, k) = (data.b?.shape[0] ?? 0, data.negatives?.shape[0] ?? 0)
    func all(_ count: Int, _ positives: Int, _ negatives: Int) -> ComparedCounts {
      ComparedCounts(
        positives: [Int](repeating: positives, count: count), negatives: [Int](repeating: negatives, count: count))
    }
    func byClass(anchors: Int) -> ComparedCounts {
      let labels = data.rowLabels.values(as: Int.self)
      let sizes = Dictionary(labels.map { ($0, 1) }, uniquingKeysWith: +)
      return ComparedCounts(
        positives: labels.prefix(anchors).map { sizes[$0]! - 1 },
        negatives: labels.prefix(anchors).map { labels.count - sizes[$0]! })
    }
    switch self {
    case .rows: return byClass(anchors: data.b == nil ? n : 2 * n)
    case .firstView: return byClass(anchors: n)
    case .partners: return all(n, 1, 0)
    case .candidates: return all(n, 1, m - 1 + k)
    case .bothWays: return all(n + m, 1, n - 1)
    case .queue: return all(n, 1, data.queue?.shape[0] ?? 0)
    case .triplets: return all(n, 1, 1)
    case .noise: return all(n, 1, k / max(n, 1))
    case .uniform: return all(n, 0, n - 1)
    case .labeledPairs:
      let truths = data.pairs!.values(as: Double.self).map { $0 > 0.5 }
      return ComparedCounts(positives: truths.map { $0 ? 1 : 0 }, negatives: truths.map { $0 ? 0 : 1 })
    case .gradedPairs:
      let grades = data.pairs!.values(as: Double.self)
      return ComparedCounts(
        positives: grades.map { grade in grades.count { $0 < grade } },
        negatives: grades.map { grade in grades.count { $0 > grade } })
    case .proxies(let own): return all(n, own, m - own)
    case .proxyAnchors:
      let labels = data.labels!.values(as: Int.self)
      let own = (0..<m).map { proxy in labels.count { $0 == proxy } }
      return ComparedCounts(positives: own, negatives: own.map { n - $0 })
    }
  }
}
