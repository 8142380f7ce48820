import CTorch

/// Linear layers by oneDNN, which applies what follows a product while it lies in the cache.
///
/// libtorch's own `linear` multiplies `float32` by MKL, which takes its AVX2 way on other makers' processors. On one core
/// of an AMD EPYC with AVX-512, 512 rows through 384 → 1536: 105 GFLOP/s by MKL, 246 by oneDNN, 229 with the GELU. A call
/// costs 10 µs more, so that small products stay with MKL. It records no gradient.
enum FusedLinear {
  /// What is done to a product.
  enum Ending {
    case nothing
    case relu
    case gelu
    /// A tensor of the product's shape and type is added.
    case adding(Tensor)
  }

  private static let pointwise = Operator(ifThere: "mkldnn::_linear_pointwise")
  private static let binary = Operator(ifThere: "mkldnn::_linear_pointwise", "binary")

  /// Whether there is such a product, and kernels for AVX-512.
  static let isThere = pointwise != nil && binary != nil && Engine.processorCapability.hasPrefix("AVX512")

  /// Where MKL's shorter call is as fast: multiplications of the product.
  private static let least = 1 << 21

  /// Whether a product without gradient is faster this way than by libtorch's own.
  static func isFaster(for x: Tensor, _ weight: Tensor, _ bias: Tensor?) -> Bool {
    guard isThere, !ct_gradient_enabled(), x.type == .float32, weight.type == .float32, x.device == .cpu,
      weight.device == .cpu, x.rank >= 2, weight.rank == 2, ct_is_contiguous(weight.handle.pointer),
      bias.map({ $0.type == .float32 && ct_is_contiguous($0.handle.pointer) }) ?? true,
      !ct_autocast_enabled(Device.Kind.cpu.code)
    else { return false }
    let rows = x.shape.dropLast().reduce(1, *)
    return rows >= 4 && rows * weight.count >= least && x.shape.last == weight.shape[1]
  }

  /// The product of x `[…, in]` with W `[out, in]`, which may be in oneDNN's own order.
  static func apply(_ x: Tensor, _ weight: Tensor, _ bias: Tensor?, _ ending: Ending) -> Tensor {
    func unary(_ name: String) -> Tensor {
      pointwise!(.tensor(x), .tensor(weight), .optional(bias), .string(name), .noScalars, .string("none"))
    }
    switch ending {
    case .nothing: return unary("none")
    case .relu: return unary("relu")
    case .gelu: return unary("gelu")
    case .adding(let other):
      return binary!(.tensor(x), .tensor(other), .tensor(weight), .optional(bias), .string("add"))
    }
  }
}
