public import Tensors

/// Scales every channel to the mean 0 and variance 1 that it has over the batch, then to a learned scale and shift.
///
/// In evaluation the statistics are running averages over training. Statistics are of all rows in a call: two views in
/// one call share them.
///
/// Source: Ioffe, Szegedy. "Batch Normalization." ICML 2015. <https://arxiv.org/abs/1502.03167>
public struct BatchNorm {
  private let scale, shift: Parameter?
  private let mean, variance, batches: Parameter
  private let momentum, epsilon: Double

  /// Declares the layer's parameters and running statistics.
  ///
  /// - Parameters:
  ///   - momentum: The weight of a new batch in the running statistics; 0.1 is PyTorch's and, as decay 0.9, SimCLR's.
  ///   - scaled: Whether there is a learned scale γ, beginning at `initialScale`.
  ///   - shifted: Whether there is a learned shift β.
  public init(
    _ scope: Scope, channels: Int, momentum: Double = 0.1, epsilon: Double = 1e-5, scaled: Bool = true,
    shifted: Bool = true, initialScale: Double = 1
  ) {
    scale = scaled ? scope.parameter("weight", [channels], .constant(initialScale), .scale) : nil
    shift = shifted ? scope.parameter("bias", [channels], .constant(0), .scale) : nil
    mean = scope.buffer("running_mean", .zeros([channels]))
    variance = scope.buffer("running_var", .ones([channels]))
    batches = scope.buffer("num_batches_tracked", .zeros([], type: .int64))
    self.momentum = momentum
    self.epsilon = epsilon
  }

  /// Applies the layer to `[N, C]` or `[N, C, H, W]`.
  public func callAsFunction(_ x: Tensor, _ mode: Mode) -> Tensor {
    if mode.movesStatistics { TensorLists.increment([batches.value]) }
    return x.batchNormalized(
      scale: scale?.value, shift: shift?.value, runningMean: mean.value, runningVariance: variance.value,
      training: mode.isTraining, momentum: mode.movesStatistics ? momentum : 0, epsilon: epsilon)
  }
}

/// Scales every row to mean 0 and variance 1 over its last dimension, then to a learned scale and shift.
///
/// Source: Ba, Kiros, Hinton. "Layer Normalization." 2016. <https://arxiv.org/abs/1607.06450>
public struct LayerNorm {
  private let scale, shift: Parameter
  private let epsilon: Double

  /// Declares the layer's parameters.
  public init(_ scope: Scope, size: Int, epsilon: Double = 1e-5) {
    scale = scope.parameter("weight", [size], .constant(1), .scale)
    shift = scope.parameter("bias", [size], .constant(0), .scale)
    self.epsilon = epsilon
  }

  /// Applies the layer to `[…, size]`.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    x.layerNormalized(scale: scale.value, shift: shift.value, epsilon: epsilon)
  }
}

/// Scales groups of an image's channels to mean 0 and variance 1, then every channel to a learned scale and shift.
///
/// An image's result depends on no other image, which batch normalisation cannot say.
///
/// Source: Wu, He. "Group Normalization." ECCV 2018. <https://arxiv.org/abs/1803.08494>
public struct GroupNorm {
  private let scale, shift: Parameter
  private let groups: Int
  private let epsilon: Double

  /// Declares the layer's parameters.
  public init(_ scope: Scope, channels: Int, groups: Int = 32, epsilon: Double = 1e-5) {
    precondition(channels % groups == 0, "\(groups) groups do not divide \(channels) channels")
    scale = scope.parameter("weight", [channels], .constant(1), .scale)
    shift = scope.parameter("bias", [channels], .constant(0), .scale)
    self.groups = groups
    self.epsilon = epsilon
  }

  /// Applies the layer to `[N, C, H, W]`.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    x.groupNormalized(groups: groups, scale: scale.value, shift: shift.value, epsilon: epsilon)
  }
}
