public import Tensors

/// Multi-head attention: every position gathers values from all positions, weighed by how its query fits their keys.
///
/// With heads of size d: softmax(Q·Kᵀ/√d + mask)·V, heads joined and projected. Query, key and value have projections
/// of their own, so that adapters can reach each; a checkpoint that has them fused in one matrix is split when it is read,
/// and written fused again.
///
/// Source: Vaswani et al. "Attention Is All You Need." NeurIPS 2017. <https://arxiv.org/abs/1706.03762>
public struct Attention {
  private let query, key, value, output: Linear
  private let heads: Int
  private let longestPlain: Int

  /// The names of the four projections, which differ from checkpoint to checkpoint.
  public struct Names: Hashable, Sendable {
    let query, key, value, output: String
    let fused: String?

    /// Names the projections, and the one that files have for query, key and value together, where they are fused.
    public init(
      query: String = "q_proj", key: String = "k_proj", value: String = "v_proj", output: String = "out_proj",
      fused: String? = nil
    ) {
      self.query = query
      self.key = key
      self.value = value
      self.output = output
      self.fused = fused
    }

    /// Those of timm: `qkv` and `proj`.
    public static let timm = Names(query: "q", key: "k", value: "v", output: "proj", fused: "qkv")
  }

  /// Declares the layer's parameters; their first values are PyTorch's unless `initial` draws all four matrices.
  ///
  /// - Parameter longestPlain: In evaluation without a mask, on a processor, up to this length all weights of a head are
  ///   held at once. libtorch's kernel works through blocks, which pays where these would not fit the cache; for sentences
  ///   of 15 tokens on two cores (AVX-512) a MiniLM takes 8 % less time without it. The bits of the result differ.
  public init(
    _ scope: Scope, size: Int, heads: Int, names: Names = Names(), initial: Initializer? = nil, longestPlain: Int = 0
  ) {
    precondition(size % heads == 0, "\(heads) heads do not divide a size of \(size)")
    func linear(_ name: String, _ usual: Initializer) -> Linear {
      Linear(scope / name, from: size, to: size, initial: initial ?? usual, initialBias: .constant(0))
    }
    query = linear(names.query, .xavierUniform)
    key = linear(names.key, .xavierUniform)
    value = linear(names.value, .xavierUniform)
    output = linear(names.output, .uniform())
    self.heads = heads
    self.longestPlain = longestPlain
    if let fused = names.fused {
      let parts = [query, key, value]
      (scope / fused).fuse(parts.map(\.weight), as: "weight")
      (scope / fused).fuse(parts.map { $0.bias! }, as: "bias")
    }
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
    let (q, k, v) = (split(query(x, mode)), split(key(x, mode)), split(value(x, mode)))
    let isShort = length <= longestPlain && x.device.kind == .cpu
    let y =
      isShort && mask == nil && !isCausal && !mode.isTraining
      ? Self.plain(q, k, v) : .attention(q, k, v, mask: mask, causal: isCausal)
    return output(y.transposed(1, 2).reshaped(count, length, size), mode)
  }

  /// softmax(q·kᵀ/√d)·v as two products of all heads at once.
  private static func plain(_ q: Tensor, _ k: Tensor, _ v: Tensor) -> Tensor {
    let scale = 1 / Double(q.shape[3]).squareRoot()
    return (q * scale).matrixProduct(k.transposed()).softmax(along: -1).matrixProduct(v)
  }
}
