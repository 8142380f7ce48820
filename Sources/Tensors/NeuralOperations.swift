private let reluOperator = Operator("relu")
private let geluOperator = Operator("gelu")
private let siluOperator = Operator("silu")
private let tanhOperator = Operator("tanh")
private let sigmoidOperator = Operator("sigmoid")
private let softplusOperator = Operator("softplus")
private let logSigmoidOperator = Operator("log_sigmoid")
private let convolutionOperator = Operator("conv2d")
private let maxPoolOperator = Operator("max_pool2d")
private let averagePoolOperator = Operator("avg_pool2d")
private let adaptiveAveragePoolOperator = Operator("adaptive_avg_pool2d")
private let bicubicResizeOperator = Operator("_upsample_bicubic2d_aa")
private let batchNormOperator = Operator("batch_norm")
private let layerNormOperator = Operator("layer_norm")
private let groupNormOperator = Operator("group_norm")
private let embeddingOperator = Operator("embedding")
private let embeddingBagOperator = Operator("embedding_bag")
private let attentionOperator = Operator("scaled_dot_product_attention")
private let crossEntropyOperator = Operator("cross_entropy_loss")

// Activations

extension Tensor {
  /// max(0, x).
  public func relu() -> Tensor { reluOperator(.tensor(self)) }
  /// x·Φ(x) with the exact normal distribution function.
  public func gelu() -> Tensor { geluOperator(.tensor(self)) }
  /// x·Φ(x) with the tanh approximation of the normal distribution function.
  public func geluApproximated() -> Tensor { geluOperator(.tensor(self), .string("tanh")) }
  /// x·σ(1.702x), as the first CLIP models have it.
  public func quickGELU() -> Tensor { self * (self * 1.702).sigmoid() }
  /// x·σ(x).
  public func silu() -> Tensor { siluOperator(.tensor(self)) }
  /// The hyperbolic tangent.
  public func tanh() -> Tensor { tanhOperator(.tensor(self)) }
  /// σ(x) = 1 / (1 + e⁻ˣ).
  public func sigmoid() -> Tensor { sigmoidOperator(.tensor(self)) }
  /// log(1 + eˣ), without overflow.
  public func softplus() -> Tensor { softplusOperator(.tensor(self)) }
  /// log σ(x), without underflow.
  public func logSigmoid() -> Tensor { logSigmoidOperator(.tensor(self)) }
}

// Images: [N, C, H, W]

extension Tensor {
  /// The cross-correlation of images with filters `[out, in / groups, kH, kW]`.
  public func convolution(
    _ weight: Tensor, bias: Tensor? = nil, stride: Int = 1, padding: Int = 0, groups: Int = 1
  ) -> Tensor {
    convolutionOperator(
      .tensor(self), .tensor(weight), .optional(bias), .ints([stride, stride]), .ints([padding, padding]),
      .ints([1, 1]), .int(groups))
  }

  /// The largest value of every window.
  public func maxPooled(_ size: Int, stride: Int, padding: Int = 0) -> Tensor {
    maxPoolOperator(
      .tensor(self), .ints([size, size]), .ints([stride, stride]), .ints([padding, padding]))
  }

  /// The mean of every window.
  public func averagePooled(_ size: Int, stride: Int, padding: Int = 0) -> Tensor {
    averagePoolOperator(
      .tensor(self), .ints([size, size]), .ints([stride, stride]), .ints([padding, padding]))
  }

  /// The mean of every channel: `[N, C, H, W]` → `[N, C]`.
  public func globallyAveraged() -> Tensor {
    adaptiveAveragePoolOperator(.tensor(self), .ints([1, 1])).flattened(from: 1)
  }
}

extension Tensor {
  /// Maps resized by the cubic of Keys with *a* = −1/2, widened when they shrink so that nothing is skipped:
  /// `[N, C, H, W]` → `[N, C, height, width]`.
  public func resizedBicubically(height: Int, width: Int) -> Tensor {
    bicubicResizeOperator(.tensor(self), .ints([height, width]), .bool(false))
  }
}

// Normalisation

extension Tensor {
  /// (x − μ) / √(σ² + ε) · γ + β with μ and σ² of every channel.
  ///
  /// In training they are those of the batch, and the running ones move towards them, in place, by the momentum;
  /// otherwise they are the running ones.
  package func batchNormalized(
    scale: Tensor?, shift: Tensor?, runningMean: Tensor?, runningVariance: Tensor?, training: Bool, momentum: Double,
    epsilon: Double
  ) -> Tensor {
    batchNormOperator(
      .tensor(self), .optional(scale), .optional(shift), .optional(runningMean), .optional(runningVariance),
      .bool(training), .double(momentum), .double(epsilon), .bool(true))
  }

  /// (x − μ) / √(σ² + ε) · γ + β with μ and σ² over the last dimension.
  public func layerNormalized(scale: Tensor?, shift: Tensor?, epsilon: Double) -> Tensor {
    layerNormOperator(
      .tensor(self), .ints([shape[rank - 1]]), .optional(scale), .optional(shift), .double(epsilon))
  }

  /// (x − μ) / √(σ² + ε) · γ + β with μ and σ² over a group of an image's channels.
  public func groupNormalized(groups: Int, scale: Tensor?, shift: Tensor?, epsilon: Double) -> Tensor {
    groupNormOperator(.tensor(self), .int(groups), .optional(scale), .optional(shift), .double(epsilon))
  }
}

// Tables and attention

extension Tensor {
  /// The rows of this table `[V, D]` at the indices `[…]`: `[…, D]`.
  public func rows(at indices: Tensor) -> Tensor {
    embeddingOperator(.tensor(self), .tensor(indices))
  }

  /// The mean of the rows of this table `[V, D]` over bags of indices.
  ///
  /// - Parameters:
  ///   - indices: All bags' indices in a row, `int64`.
  ///   - offsets: Where every bag begins, `[N]`, `int64`. An empty bag gives zeros.
  /// - Returns: `[N, D]`.
  public func meanOfRows(at indices: Tensor, offsets: Tensor) -> Tensor {
    let results = embeddingBagOperator.tensors(
      .tensor(self), .tensor(indices), .tensor(offsets), .bool(false), .int(1), .bool(false), .none, .bool(false))
    return results[0]!
  }

  /// softmax(q·kᵀ/√d + mask)·v for queries, keys and values `[N, heads, L, d]`.
  ///
  /// - Parameter mask: Added to the logits, or `bool` with true where a key may be seen; broadcasts.
  public static func attention(_ q: Tensor, _ k: Tensor, _ v: Tensor, mask: Tensor? = nil, causal: Bool = false)
    -> Tensor
  {
    attentionOperator(.tensor(q), .tensor(k), .tensor(v), .optional(mask), .double(0), .bool(causal))
  }

  /// The mean of −log softmax(x)[target] over the rows of logits `[N, C]`.
  public func crossEntropy(_ targets: Tensor) -> Tensor {
    crossEntropyOperator(.tensor(self), .tensor(targets))
  }
}
