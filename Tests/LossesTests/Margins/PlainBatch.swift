import Basics
import Tensors

/// A batch in plain numbers, for naive loops over anchors.
struct PlainBatch {
  let rows: [[Double]]
  let labels: [Int]

  init(_ batch: (rows: Tensor, labels: Tensor), normalized: Bool = true) {
    rows = plainRows(batch.rows).map { normalized ? unit($0) : $0 }
    labels = batch.labels.values(as: Int.self)
  }

  func d(_ i: Int, _ k: Int) -> Double { euclidean(rows[i], rows[k]) }
  func s(_ i: Int, _ k: Int) -> Double { dot(rows[i], rows[k]) }

  func positives(_ a: Int) -> [Int] { labels.indices.filter { $0 != a && labels[$0] == labels[a] } }
  func negatives(_ a: Int) -> [Int] { labels.indices.filter { labels[$0] != labels[a] } }

  /// All ordered positive pairs.
  var positivePairs: [(a: Int, p: Int)] { labels.indices.flatMap { a in positives(a).map { (a, $0) } } }
  /// All ordered negative pairs.
  var negativePairs: [(a: Int, n: Int)] { labels.indices.flatMap { a in negatives(a).map { (a, $0) } } }

  /// The mean over anchors for which there is a loss.
  func meanOverAnchors(_ loss: (Int) -> Double?) -> Double { mean(labels.indices.compactMap(loss)) }
}

/// log Σ exp, −∞ of none.
func logSumExp(_ values: [Double]) -> Double {
  guard let largest = values.max() else { return -.infinity }
  return largest + Double.log(values.reduce(0) { $0 + Double.exp($1 - largest) })
}

/// log(1 + Σ exp).
func logOnePlusSumExp(_ values: [Double]) -> Double { logSumExp(values + [0]) }
