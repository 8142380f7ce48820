import Basics
import Optimizers
import TestSupport
import Tensors
import Testing

@Suite struct OptimizerTests {
  private static let rates = [0.1, 0.2, 0.15, 0.1, 0.05]

  private static func groups(_ type: DataType = .float64) -> [OptimizerGroup] {
    let weights = [peerInput(3, 4, 0.37, 1.3), peerInput(1, 5, 0.41, 1.1), peerInput(2, 2, 0.29, 0.7)]
      .map { $0.to(type).copy().asVariable() }
    return [
      OptimizerGroup(Array(weights[..<2]), weightDecay: 0.02), OptimizerGroup([weights[2]], adaptsLayers: false),
    ]
  }

  private static func weights(of optimizer: any Optimizer) -> [Tensor] { optimizer.groups.flatMap(\.weights) }

  private static func step(_ optimizer: any Optimizer, _ t: Int) {
    let gradients = weights(of: optimizer).enumerated().map { k, w -> Tensor? in
      (t, k) == (2, 1) ? nil : peerInput(w.shape[0], w.shape[1], 0.23 + 0.05 * Double(t) + 0.1 * Double(k), 0.7)
    }
    optimizer.step(gradients: gradients, rate: rates[t])
  }

  private static func all(_ groups: [OptimizerGroup]) -> [any Optimizer] {
    [
      SGD(groups, momentum: 0.9, nesterov: true), AdamW(groups), LARS(groups, variant: .torch),
      LARS(groups, variant: .simCLR),
    ]
  }

  @Test(arguments: ["sgd", "momentum", "nesterov", "adamw"])
  func agreesWithPyTorch(name: String) throws {
    let goldens = try Goldens("optimizers")
    let groups = Self.groups()
    let optimizer: any Optimizer =
      switch name {
      case "sgd": SGD(groups, momentum: 0)
      case "momentum": SGD(groups, momentum: 0.9)
      case "nesterov": SGD(groups, momentum: 0.9, nesterov: true)
      default: AdamW(groups, beta1: 0.9, beta2: 0.98, epsilon: 1e-6)
      }
    for t in Self.rates.indices {
      Self.step(optimizer, t)
      let flat = Tensor.concatenation(Self.weights(of: optimizer).map { $0.detached().flattened() })
      expectClose(flat, goldens["\(name).\(t)"], relative: 1e-12, absolute: 1e-12, "\(name), step \(t)")
    }
  }

  @Test(arguments: 0..<4)
  func aRestoredStateGivesTheSameBits(kind: Int) throws {
    let whole = Self.all(Self.groups(.float32))[kind]
    for t in 0..<5 { Self.step(whole, t) }

    let first = Self.all(Self.groups(.float32))[kind]
    for t in 0..<3 { Self.step(first, t) }
    let second = Self.all(Self.groups(.float32))[kind]
    try withTemporaryFolder { folder in
      try SafeTensors(first.state).write(to: "\(folder)/state.safetensors")
      try second.restore(SafeTensors(contentsOf: "\(folder)/state.safetensors").tensors)
    }
    for (a, b) in zip(Self.weights(of: second), Self.weights(of: first)) { a.assign(b) }
    for t in 3..<5 { Self.step(second, t) }
    for (a, b) in zip(Self.weights(of: whole), Self.weights(of: second)) {
      #expect(a.values(as: Float.self) == b.values(as: Float.self))
    }
  }

  @Test func aForeignStateIsRefused() {
    let optimizer = SGD(Self.groups())
    var state = optimizer.state
    state["momentum.1"] = nil
    #expect(
      throws: InputError(
        in: "run/1", "the optimizer's state lacks the part 'momentum.1'",
        remedy: "it was saved by another optimizer, or for another model")
    ) { try optimizer.restore(state, from: "run/1") }
    state["momentum.1"] = .zeros([2], type: .float64)
    #expect(
      throws: InputError(
        in: "run/1", "the optimizer's 'momentum.1' is float64[2], expected float64[1, 5]",
        remedy: "it was saved for another model")
    ) { try optimizer.restore(state, from: "run/1") }
    #expect(throws: InputError.self) { try optimizer.restore(AdamW(Self.groups()).state) }
  }

  @Test func aGroupsFactorMultipliesItsRate() {
    let (a, b) = (Tensor.ones([2]), Tensor.ones([2]))
    let optimizer = SGD([OptimizerGroup([a]), OptimizerGroup([b], rateFactor: 10)], momentum: 0)
    optimizer.step(gradients: [Tensor.ones([2]), Tensor.ones([2])], rate: 0.01)
    expectClose(a, [0.99, 0.99])
    expectClose(b, [0.9, 0.9])
  }
}
