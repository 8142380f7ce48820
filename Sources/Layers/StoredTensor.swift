import Tensors

/// A tensor as files hold it: one parameter, or several joined along their first dimension.
///
/// Checkpoints of other libraries have query, key and value as one matrix. Here each is a parameter of its own, so that
/// an adapter can reach it; only their files have them joined.
public struct StoredTensor {
  /// The name in files.
  public let path: String

  /// The parameters in it, in order.
  public let parts: [Parameter]

  /// The shape in files.
  public var shape: [Int] {
    let first = parts[0].value.shape
    if parts.count == 1 { return first }
    return [parts.map { $0.value.shape[0] }.reduce(0, +)] + first.dropFirst()
  }

  /// A copy on the processor, in row-major order.
  func copy() -> Tensor {
    let values = parts.map { $0.value.detached().to(.cpu).contiguous() }
    return values.count == 1 ? values[0].copy() : .concatenation(values)
  }

  /// Changes the elements of all parts.
  func assign(_ value: Tensor) {
    if parts.count == 1 { return parts[0].value.assign(value) }
    var first = 0
    for part in parts {
      let end = first + part.value.shape[0]
      part.value.assign(value[first..<end])
      first = end
    }
  }
}
