import Tensors

/// Embeddings as arrays, for oracles that are plain loops.
struct PlainEmbeddings {
  let rows: [[Double]]

  init(_ tensor: Tensor) {
    rows = (0..<tensor.shape[0]).map { tensor[$0].values(as: Double.self) }
  }

  static func product(_ x: [Double], _ y: [Double]) -> Double { zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } }

  static func cosine(_ x: [Double], _ y: [Double]) -> Double {
    product(x, y) / (product(x, x) * product(y, y)).squareRoot()
  }

  static func distance(_ x: [Double], _ y: [Double]) -> Double {
    zip(x, y).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
  }
}
