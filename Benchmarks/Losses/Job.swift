import BenchSupport
import Foundation
import Losses
import Tensors

/// What is measured: a loss of random rows of 128 numbers in `float32`, forward and backward.
struct Job {
  /// A loss with its options, and the library that it is measured beside.
  enum Kind: String, CaseIterable {
    /// Two views, temperature 0.5; beside lightly.
    case ntxent
    /// A hundred classes, temperature 0.1; beside pytorch-metric-learning.
    case supcon

    var peer: String { self == .ntxent ? "lightly" : "pytorch-metric-learning" }
  }

  static let width = 128

  let kind: Kind
  let rows: Tensor
  private let labels: Tensor

  init(_ kind: Kind, rows count: Int) {
    self.kind = kind
    rows = Tensor.normal([count, Self.width], from: RandomSource(seed: 1)).asVariable()
    labels = Tensor((0..<count).map { $0 % 100 })
  }

  private var loss: Tensor {
    switch kind {
    case .ntxent:
      let half = rows.shape[0] / 2
      return NTXentLoss(temperature: 0.5)(rows[0..<half], rows[half..<2 * half])
    case .supcon: return SupConLoss(temperature: 0.1, semantics: .pml)(rows, labels: labels)
    }
  }

  /// The loss and the gradient of the rows.
  @discardableResult func compute() -> (loss: Double, gradient: Tensor) {
    let loss = loss
    return (loss.item(), loss.gradients(of: [rows])[0]!)
  }

  /// Gives the peer the same rows.
  func hand(to peer: Peer) throws {
    let path = Self.temporaryPath
    defer { try? FileManager.default.removeItem(atPath: path) }
    try rows.withBytes { try Data($0).write(to: URL(fileURLWithPath: path)) }
    guard peer.ask("rows \(path) \(rows.shape[0])") == "done" else { stop("the peer did not take the rows") }
  }

  /// Gives the peer the same rows, and ends the program unless it computes the same loss and gradient of them.
  ///
  /// - Returns: How far the gradients are apart: ‖ours − theirs‖/‖theirs‖.
  @discardableResult func expectSame(_ peer: Peer) throws -> Double {
    try hand(to: peer)
    let path = Self.temporaryPath
    defer { try? FileManager.default.removeItem(atPath: path) }
    let theirs = peer.numbers("check \(kind) \(path)")[0]
    let expected = try Data(contentsOf: URL(fileURLWithPath: path)).withUnsafeBytes {
      Tensor(bytes: $0, shape: rows.shape, type: .float32)
    }
    let ours = compute()
    let apart = (ours.gradient - expected).norm().item() / expected.norm().item()
    guard abs(ours.loss - theirs) <= 1e-5 * abs(theirs), apart <= 1e-4 else {
      stop("\(kind): a loss of \(ours.loss), \(kind.peer)'s \(theirs); gradients \(apart) apart")
    }
    return apart
  }

  private static var temporaryPath: String {
    "\(NSTemporaryDirectory())/kindred-losses-\(ProcessInfo.processInfo.processIdentifier)"
  }
}
