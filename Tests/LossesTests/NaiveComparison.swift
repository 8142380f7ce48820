import Basics
import Tensors

/// The definition in plain loops over `Double`: the mean over rows that have a positive of the mean over their
/// positives of −log softmax.
///
/// - Parameter kind: What candidate `k` is to anchor `i`.
func naiveCrossEntropy(
  _ logits: [[Double]], kind: (_ i: Int, _ k: Int) -> Candidate
) -> Double {
  var losses: [Double] = []
  for (i, row) in logits.enumerated() {
    let compared = row.indices.filter { kind(i, $0) != .ignored }
    let positives = compared.filter { kind(i, $0) == .positive }
    guard !positives.isEmpty else { continue }
    let largest = compared.map { row[$0] }.max()!
    let logSumExp = largest + Double.log(compared.reduce(0) { $0 + Double.exp(row[$1] - largest) })
    losses.append(positives.reduce(0) { $0 + logSumExp - row[$1] } / Double(positives.count))
  }
  return losses.isEmpty ? 0 : losses.reduce(0, +) / Double(losses.count)
}

enum Candidate { case positive, negative, ignored }

/// scale·aᵢ·cₖ in plain loops.
func naiveLogits(_ anchors: Tensor, _ candidates: Tensor, scale: Double) -> [[Double]] {
  let (a, c) = (rows(of: anchors), rows(of: candidates))
  return a.map { x in c.map { y in scale * zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } } }
}

func transposed(_ matrix: [[Double]]) -> [[Double]] {
  matrix[0].indices.map { k in matrix.map { $0[k] } }
}

private func rows(of matrix: Tensor) -> [[Double]] {
  let (values, width) = (matrix.values(as: Double.self), matrix.shape[1])
  return (0..<matrix.shape[0]).map { Array(values[$0 * width..<($0 + 1) * width]) }
}
