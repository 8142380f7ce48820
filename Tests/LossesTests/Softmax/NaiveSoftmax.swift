import Basics
import Tensors

/// log Σ exp of numbers, in a plain loop; −∞ of none.
func naiveLogSumExp(_ values: [Double]) -> Double {
  guard let largest = values.max(), largest > -.infinity else { return -.infinity }
  return largest + Double.log(values.reduce(0) { $0 + Double.exp($1 - largest) })
}

/// The mean of numbers; 0 of none.
func naiveMean(_ values: [Double]) -> Double { values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count) }

/// For every row of a batch with labels: its cosines with the other rows of its class and with those of other classes.
func naiveSplit(_ rows: Tensor, labels: [Int]) -> [(positives: [Double], negatives: [Double])] {
  let cosines = plainCosines(rows, rows)
  return labels.indices.map { i in
    (
      labels.indices.filter { $0 != i && labels[$0] == labels[i] }.map { cosines[i][$0] },
      labels.indices.filter { labels[$0] != labels[i] }.map { cosines[i][$0] }
    )
  }
}

/// Rows that nobody has ordered, `float64`.
func randomRows(_ count: Int, _ size: Int, seed: UInt64 = 7) -> Tensor {
  .normal([count, size], type: .float64, from: RandomSource(seed: seed))
}
