public import Tensors

/// The cross-correlation of images with learned filters: `[N, in, H, W]` → `[N, out, H/s, W/s]`.
///
/// Padding keeps the size at stride 1 unless told otherwise. The filters lie channels-last, and so should images.
public struct Convolution {
  /// The filters, `[out, in / groups, size, size]`.
  public let weight: Parameter

  /// One number an output channel, or nil, as before a normalisation.
  public let bias: Parameter?

  private let stride, padding, groups: Int

  /// Declares the layer's parameters.
  public init(
    _ scope: Scope, from input: Int, to output: Int, size: Int, stride: Int = 1, padding: Int? = nil, groups: Int = 1,
    bias: Bool = false, initial: Initializer = .kaimingNormal, initialBias: Initializer? = nil
  ) {
    precondition(input % groups == 0 && output % groups == 0, "\(groups) groups do not divide \(input) and \(output)")
    weight = scope.parameter("weight", [output, input / groups, size, size], initial, .weight)
    let fanIn = input / groups * size * size
    self.bias = bias ? scope.parameter("bias", [output], initialBias ?? .uniform(fanIn: fanIn), .bias) : nil
    self.stride = stride
    self.padding = padding ?? size / 2
    self.groups = groups
  }

  /// Applies the layer.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    if groups == 1, x.device.kind == .cpu,
      let dense = DenseConvolution(
        size: (x.shape[2], x.shape[3]), taps: weight.value.shape[2], stride: stride, padding: padding)
    {
      let y = dense(x, weight.value)
      return bias.map { y + $0.value.to(y.type).reshaped(-1, 1, 1) } ?? y
    }
    return x.convolution(weight.value, bias: bias?.value, stride: stride, padding: padding, groups: groups)
  }
}
