import CTorch

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

private let detachOperator = Operator("detach")

extension Tensor {
  /// Whether what is computed from the tensor can be differentiated with respect to it, or to what it came from.
  public var requiresGradient: Bool { ct_requires_gradient(handle.pointer) }

  /// The same elements, as a variable with respect to which results can be differentiated.
  public func asVariable() -> Tensor {
    let variable = detachOperator(.tensor(self))
    Engine.require(ct_set_requires_gradient(variable.handle.pointer, true), "asVariable of \(type)")
    return variable
  }

  /// The same elements, with no way back to what they were computed from.
  public func detached() -> Tensor {
    requiresGradient ? detachOperator(.tensor(self)) : self
  }

  /// The gradients of this scalar, or of Σ seed·self, with respect to variables.
  ///
  /// They are first derivatives: asking a gradient for its own gradients traps.
  ///
  /// - Parameters:
  ///   - variables: What to differentiate with respect to.
  ///   - seed: ∂L/∂self, in this tensor's shape; needed unless this is a scalar.
  ///   - keepingGraph: Whether the way back is kept, to be gone again; it is let go otherwise.
  /// - Returns: One gradient per variable, laid out in memory as the variable is; nil where this does not depend on it.
  public func gradients(of variables: [Tensor], seed: Tensor? = nil, keepingGraph: Bool = false) -> [Tensor?] {
    precondition(
      requiresGradient,
      "gradients of a tensor that comes from no variable; a gradient cannot be differentiated again")
    return withUnsafeTemporaryAllocation(of: CTTensor?.self, capacity: 2 * Swift.max(variables.count, 1)) { memory in
      memory.initialize(repeating: nil)
      let results = memory.baseAddress! + variables.count
      for (i, variable) in variables.enumerated() { memory[i] = variable.handle.pointer }
      let failure = ct_gradients(
        handle.pointer, seed?.handle.pointer, memory.baseAddress, variables.count, keepingGraph, results)
      Engine.require(failure, "gradients of a tensor of shape \(shape)")
      return withExtendedLifetime(variables) { (0..<variables.count).map { results[$0].map(Tensor.init(owning:)) } }
    }
  }
}

/// Runs a body whose results need no gradients: nothing is recorded, and memory is let go at once.
public func withoutGradient<Result>(_ body: () throws -> Result) rethrows -> Result {
  let was = ct_gradient_enabled()
  ct_set_gradient_enabled(false)
  defer { ct_set_gradient_enabled(was) }
  return try body()
}

/// Runs a body with gradients recorded, also inside `withoutGradient`.
public func withGradient<Result>(_ body: () throws -> Result) rethrows -> Result {
  let was = ct_gradient_enabled()
  ct_set_gradient_enabled(true)
  defer { ct_set_gradient_enabled(was) }
  return try body()
}

/// Computes outputs from inputs with a gradient in closed form, which libtorch would find slower or with more memory.
///
/// The body runs without gradient and returns the outputs with a closure for the way back: given ∂L/∂outputs (nil
/// where an output is not used) it returns ∂L/∂inputs (nil where there is none). The closure may keep tensors; it is
/// let go with the graph. It runs on the thread that asks for gradients (for a GPU: on one of libtorch's own) and
/// cannot be differentiated itself: asking for that traps.
public func withCustomGradient(
  of inputs: [Tensor],
  _ body: () -> (outputs: [Tensor], backward: ([Tensor?]) -> [Tensor?])
) -> [Tensor] {
  let (outputs, backward) = withoutGradient(body)
  let step = BackwardStep(backward)
  let failure = inputs.map(\.handle.pointer).withUnsafeBufferPointer { inputPointers in
    outputs.map(\.handle.pointer).withUnsafeBufferPointer { outputPointers in
      ct_attach_gradient(
        UnsafePointer(OpaquePointer(inputPointers.baseAddress)), inputs.count,
        UnsafePointer(OpaquePointer(outputPointers.baseAddress)), outputs.count,
        stepBack, Unmanaged.passRetained(step).toOpaque(),
        { Unmanaged<BackwardStep>.fromOpaque($0!).release() })
    }
  }
  Engine.require(failure, "attaching a custom gradient")
  return withExtendedLifetime((inputs, outputs)) { outputs }
}

/// A Swift closure that libtorch's graph holds.
private final class BackwardStep {
  let run: ([Tensor?]) -> [Tensor?]

  init(_ run: @escaping ([Tensor?]) -> [Tensor?]) {
    self.run = run
  }
}

/// A `CTBackward`. It is a function and no constant of that type: `swift symbolgraph-extract` 6.3.1 crashes on one.
private func stepBack(
  _ context: UnsafeMutableRawPointer?, _ gradients: UnsafePointer<CTTensor?>?, _ gradientCount: Int,
  _ results: UnsafeMutablePointer<CTTensor?>?, _ resultCount: Int
) -> CTFailure? {
  let step = Unmanaged<BackwardStep>.fromOpaque(context!).takeUnretainedValue()
  let given = (0..<gradientCount).map { i in gradients![i].map { Tensor(owning: $0) } }
  let computed = withoutGradient { step.run(given) }
  guard computed.count == resultCount else {
    return strdup("a custom gradient returned \(computed.count) gradients for \(resultCount) inputs")
  }
  for (i, gradient) in computed.enumerated() { results![i] = gradient.map { ct_retain($0.handle.pointer) } }
  return nil
}
