import TestSupport
import Tensors

@testable import Kindred

/// A small batch on which a loss of the catalogue can be computed, as arrays and as plain numbers.
struct LossSample {
  var data: LossData

  /// Seven rows of six numbers and all else that a loss takes, each row's class having others; with two arrays the
  /// second is a partner, and where both is possible pairs and triplets are told instead of classes.
  init(_ entry: LossEntry, rows n: Int = 7, labels: [Int] = [0, 1, 0, 2, 1, 0, 2]) {
    let files = entry.files
    let name = entry.description.name
    data = LossData(a: peerInput(n, 6, 0.37, 1.3))
    let byClass = files.labels == .required || name == "supcon"
    if files.second == .proxies {
      data.b = peerInput(3 * Self.centers(of: entry), 6, 0.53, 0.9)
    } else if !byClass, files.second != .none {
      data.b = peerInput(n, 6, 0.41, 1.1)
    }
    if byClass { data.labels = Tensor(Array(labels.prefix(n))) }
    if files.pairs != .none {
      let grades = entry.description.needs.contains(.gradedPairs)
      data.pairs = Tensor((0..<n).map { grades ? [0.9, 0.1, 0.5, 0.5, 0.3][$0 % 5] : Double(1 - $0 % 2) })
    }
    if files.negatives != .none, !byClass {
      data.negatives = peerInput(["quadruplet", "nce"].contains(name) ? 2 * n : n, 6, 0.29, 0.7)
    }
    if files.queue == .required { data.queue = peerInput(5, 6, 0.59, 0.8) }
  }

  /// The centres a class that the sample has: 2 where the loss takes several.
  static func centers(of entry: LossEntry) -> Int {
    entry.description.parameters.contains { $0.name == "centers" } ? 2 : 1
  }

  /// What is chosen besides parameters under test.
  static func choices(_ entry: LossEntry, _ semantics: Semantics? = nil) -> LossEvaluation.Choices {
    var choices = LossEvaluation.Choices()
    choices.semantics = semantics
    if centers(of: entry) > 1 { choices.numbers["centers"] = 2 }
    return choices
  }

  /// The arrays that are differentiated or compared, with a function applied to each.
  func mapRows(_ transform: (Tensor) -> Tensor) -> LossSample {
    var copy = self
    copy.data.a = transform(data.a)
    copy.data.b = data.b.map(transform)
    copy.data.negatives = data.negatives.map(transform)
    copy.data.queue = data.queue.map(transform)
    return copy
  }

  /// The same examples in another order.
  func reordered(_ entry: LossEntry, _ order: [Int]) -> LossSample {
    var copy = self
    let n = order.count
    copy.data.a = data.a.items(at: order)
    if entry.files.second != .proxies { copy.data.b = data.b?.items(at: order) }
    copy.data.labels = data.labels?.items(at: order)
    copy.data.pairs = data.pairs?.items(at: order)
    copy.data.negatives = data.negatives.map { negatives in
      negatives.items(at: (0..<negatives.shape[0] / n).flatMap { block in order.map { block * n + $0 } })
    }
    return copy
  }
}
