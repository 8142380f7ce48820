public import Tensors

/// y = x·Wᵀ + b, and what an adapter in its slot adds: `[…, in]` → `[…, out]`.
public struct Linear {
  /// W, `[out, in]`.
  public let weight: Parameter

  /// b, `[out]`, or nil.
  public let bias: Parameter?

  /// Where an adapter may be put; empty at first.
  public let slot: AdapterSlot

  /// Declares the layer's parameters.
  public init(
    _ scope: Scope, from input: Int, to output: Int, bias: Bool = true, initial: Initializer = .uniform(),
    initialBias: Initializer? = nil
  ) {
    weight = scope.parameter("weight", [output, input], initial, .weight)
    self.bias = bias ? scope.parameter("bias", [output], initialBias ?? .uniform(fanIn: input), .bias) : nil
    slot = scope.adapterSlot()
  }

  /// Applies the layer.
  public func callAsFunction(_ x: Tensor, _ mode: Mode = .evaluation) -> Tensor {
    let y = x.linear(weight.value, bias: bias?.value)
    return slot.adapter.map { y + $0.change(for: x, mode) } ?? y
  }
}

/// Something that changes what a linear layer computes without touching its weight.
public protocol LinearAdapter: AnyObject {
  /// What is added to the layer's output: `[…, in]` → `[…, out]`.
  func change(for x: Tensor, _ mode: Mode) -> Tensor
}

/// The place in a linear layer where an adapter may be put.
public final class AdapterSlot {
  /// The adapter in use, or nil.
  public var adapter: (any LinearAdapter)?
}
