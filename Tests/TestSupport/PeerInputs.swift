public import Tensors

/// The inputs on which the peers' own code was run: element (i, j) is sin(a·(i·D + j + 1)) + 0.1·cos(b·(i + 1)·(j + 1)).
public func peerInput(_ rows: Int, _ columns: Int, _ a: Double, _ b: Double) -> Tensor {
  let i = Tensor.range(0..<rows).to(.float64).unsqueezed(1)
  let j = Tensor.range(0..<columns).to(.float64).unsqueezed(0)
  return ((i * Double(columns) + j + 1) * a).sin() + ((i + 1) * (j + 1) * b).cos() * 0.1
}
