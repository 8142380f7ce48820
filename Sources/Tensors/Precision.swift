import CTorch

/// The type that matrix products and convolutions are computed in.
public enum Precision: String, Hashable, Sendable, Codable, CaseIterable {
  /// 24 bits of fraction everywhere.
  case float32
  /// Products in `bfloat16`, accumulated in `float32`; weights, losses, norms and sums stay in `float32`.
  case bfloat16

  /// The faster one on a device: `bfloat16` where the processor multiplies it natively or a GPU is used.
  public static func best(on device: Device) -> Precision {
    switch device.kind {
    case .cpu: Engine.processorMultipliesBFloat16 ? .bfloat16 : .float32
    case .cuda: .bfloat16
    case .mps: .float32
    }
  }
}

/// Runs a body in which libtorch chooses a type for every operation: the given one where it is safe, `float32` where
/// it is not.
///
/// Weights stay in `float32`; their copies in lower precision are made once a scope. Scopes nest, on one thread.
public func withPrecision<Result>(
  _ precision: Precision, on device: Device = .cpu, _ body: () throws -> Result
) rethrows -> Result {
  let kind = device.kind.code
  let wasEnabled = ct_autocast_enabled(kind)
  let wasType = ct_autocast_type(kind)
  let type = precision == .float32 ? -1 : DataType.bfloat16.code
  Engine.require(ct_autocast_enter(kind, type), "entering \(precision) on \(device)")
  defer { ct_autocast_leave(kind, wasEnabled, wasType) }
  return try body()
}
