public import Tensors

/// Multi-head attention: every position gathers values from all positions, weighed by how its query fits their keys.
///
/// With heads of size d: softmax(Q·Kᵀ/√d + mask)·V, heads joined and projected. Query, key and value have projections
/// of their own, so that adapters can reach each (fused weights are split when a checkpoint is read).
///
/// Source: Vaswani et al. "Attention Is All You Need." NeurIPS 2017. <https://arxiv.org/abs/1706.03762>
public struct Attention {
  private let query, key, value, output: Linear
  private let heads: Int

  /// The names of the four projections, which differ from checkpoint to checkpoint.
  public struct Names: Hashable, Sendable {
    let query, key, value, output: String

    /// Names the projections.
    public init(query: String = "q_proj", key: String = "k_proj", value: String = "v_proj", output: String = "out_proj")
    {
      self.query = query
      self.key = key
      self.value = value
      self.output = output
    }
  }

  /// Declares the layer's parameters.
  public init(_ scope: Scope, size: Int, heads: Int, names: Names = Names()) {
    precondition(size % heads == 0, "\(heads) heads do not divide a size of \(size)")
    query = Linear(scope / names.query, from: size, to: size, initial: .xavierUniform, initialBias: .constant(0))
    key = Linear(scope / names.key, from: size, to: size, initial: .xavierUniform, initialBias: .constant(0))
    value = Linear(scope / names.value, from: size, to: size, initial: .xavierUniform, initialBias: .constant(0))
    output = Linear(scope / names.output, from: size, to: size, initialBias: .constant(0))
    self.heads = heads
  }

  /// Applies the layer to `[N, L, size]`.
  ///
  /// - Parameters:
  ///   - mask: `bool` with true where a key may be seen, or numbers added to the logits; broadcasts to
  ///     `[N, heads, L, L]`.
  ///   - isCausal: Whether a position sees itself and those before it only.
  public func callAsFunction(_ x: Tensor, _ mode: Mode, mask: Tensor? = nil, isCausal: Bool = false) -> Tensor {
    let (count, length, size) = (x.shape[0], x.shape[1], x.shape[2])
    func split(_ y: Tensor) -> Tensor {
      y.reshaped(count, length, heads, size / heads).transposed(1, 2)  // [N, heads, L, d]
    }
    let y = Tensor.attention(
      split(query(x, mode)), split(key(x, mode)), split(value(x, mode)), mask: mask, causal: isCausal)
    return output(y.transposed(1, 2).reshaped(count, length, size), mode)
  }
}
