import BenchSupport
import Evaluation
import Foundation
import Tensors

/// What is measured: rows of 128 numbers in `float32` at unit length, of classes that overlap.
struct Embeddings {
  static let width = 128

  let rows: Tensor
  let labels: [Int]
  let classes: Int

  /// Draws rows around a centre each class; row *i* is of class *i* mod *classes*.
  init(_ count: Int, classes: Int) {
    self.classes = classes
    labels = (0..<count).map { $0 % classes }
    let centres = Tensor.normal([classes, Self.width], from: RandomSource(seed: 1)) * 0.5
    rows = (centres.items(at: labels) + Tensor.normal([count, Self.width], from: RandomSource(seed: 2))).normalized()
  }

  /// Every row among all others: P@1, R-precision, MAP@R, MAP and MRR.
  func retrieval() -> [Double] {
    do {
      let figures = try Retrieval(cutoffs: [1]).evaluate(
        queries: rows, gallery: rows, relevance: .labelsLeavingOneOut(labels))
      return [
        figures.precision[1]!, figures.rPrecision, figures.meanAveragePrecisionAtR, figures.meanAveragePrecision,
        figures.meanReciprocalRank,
      ]
    } catch { stop("\(error)") }
  }

  /// The share of the first rows whose class the 200 nearest others tell.
  func neighbors(_ count: Int) -> Double {
    do {
      return try NearestNeighbors(k: 200, weighting: .cosine(temperature: 0.1)).evaluate(
        queries: rows[0..<count], labels: Array(labels[..<count]), gallery: rows[count..<labels.count],
        galleryLabels: Array(labels[count...]), classes: classes
      ).top1
    } catch { stop("\(error)") }
  }

  /// Gives the peer the same rows.
  func hand(to peer: Peer) throws {
    let path = "\(NSTemporaryDirectory())/kindred-evaluation-\(ProcessInfo.processInfo.processIdentifier)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try rows.withBytes { try Data($0).write(to: URL(fileURLWithPath: path)) }
    guard peer.ask("rows \(path) \(labels.count) \(classes)") == "done" else { stop("the peer did not take the rows") }
  }
}
