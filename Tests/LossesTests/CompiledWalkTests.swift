import CTiles
import Foundation
import TestSupport
import Tensors
import Testing

@testable import Losses

/// Calls a body on so many threads made for it.
private func onNewThreads(
  _ count: Int32, _ body: (@convention(c) (UnsafeMutableRawPointer?) -> Void)?, _ context: UnsafeMutableRawPointer?
) {
  struct Call: @unchecked Sendable {  // the walk is made to be entered by several threads
    let body: @convention(c) (UnsafeMutableRawPointer?) -> Void
    let context: UnsafeMutableRawPointer?
  }
  let call = Call(body: body!, context: context)
  let ended = DispatchGroup()
  for _ in 0..<count {
    ended.enter()
    Thread {
      call.body(call.context)
      ended.leave()
    }.start()
  }
  ended.wait()
}

/// Holds the compiled walk to libtorch's operations in `float64`, which other tests hold to the definition.
@Suite struct CompiledWalkTests {
  private let source = RandomSource(seed: 5)

  private func rows(_ n: Int, _ d: Int) -> Tensor { .normal([n, d], from: source) }

  /// Reductions and gradients of both walks, of inputs in `float32`, for a comparison made of them.
  ///
  /// - Parameter make: From inputs to a comparison and its reductions.
  private func expectSameAsTensors(
    _ inputs: [Tensor], tolerance: Double = 3e-5, tileSize: Int? = nil, instructions: CTLInstructions = CTL_BEST,
    _ comment: Comment,
    sourceLocation: SourceLocation = #_sourceLocation, _ make: ([Tensor]) -> (Comparison, [Reduction])
  ) {
    func run(_ type: DataType, compiled: Bool) -> (values: [Tensor], gradients: [Tensor?], reductions: [Reduction]) {
      let variables = inputs.map { $0.to(type).asVariable() }
      var (comparison, reductions) = make(variables)
      comparison.compilation.isOn = compiled
      comparison.compilation.instructions = instructions
      comparison.tileSize = tileSize
      let values = comparison.reduced(reductions)
      let differentiable = zip(values, reductions).filter { $1.isDifferentiable }.map(\.0)
      let gradients =
        differentiable.isEmpty ? variables.map { _ in nil } : weighted(differentiable).gradients(of: variables)
      return (values, gradients, reductions)
    }
    let ours = run(.float32, compiled: true)
    let theirs = run(.float64, compiled: false)
    for (value, (expected, reduction)) in zip(ours.values, zip(theirs.values, ours.reductions)) {
      expectSame(
        value, expected.values(as: Double.self), "\(reduction), \(comment)", relative: tolerance,
        sourceLocation: sourceLocation)
    }
    for (i, (gradient, expected)) in zip(ours.gradients, theirs.gradients).enumerated() {
      guard let expected else {
        #expect(gradient == nil || gradient!.norm().item() == 0)
        continue
      }
      let size = expected.norm().item()
      #expect(
        (gradient!.to(.float64) - expected).norm().item() <= tolerance * (1 + size),
        "gradient of input \(i), \(comment): \(gradient!.norm().item()) and \(size)", sourceLocation: sourceLocation)
    }
  }

  @Test(arguments: Similarity.allCases)
  func everyReductionAgrees(similarity: Similarity) {
    // Sizes that neither a tile, nor a vector, nor a micro-kernel divides; no two logits are near each other's cuts.
    let (n, m, d) = (101, 67, 37)
    let inputs = [
      rows(n, d) * 0.3, rows(m, d) * 0.3, Tensor(0.7), rows(m, 1).reshaped(m) * 0.2, rows(n, 1).reshaped(n),
      rows(m, 1).reshaped(m),
    ]
    let (left, right) = (Tensor((0..<n).map { $0 * $0 % 5 }), Tensor((0..<m).map { $0 * 7 % 6 }))
    let relation = Relation.labels(anchors: left, candidates: right).excludingSelf()
    let count = allReductions(anchors: inputs[4], candidates: inputs[5]).count
    for first in stride(from: 0, to: count, by: 7) {
      expectSameAsTensors(inputs, "\(first)") { inputs in
        let comparison = Comparison(
          anchors: inputs[0], candidates: inputs[1], relation: relation, similarity: similarity, scale: inputs[2],
          bias: inputs[3])
        // Offsets of two sides are not compiled; and the least of the circle loss's parabolas is attained where they are
        // flat, so that rounding decides who gets the gradient.
        let reductions = allReductions(anchors: inputs[4], candidates: inputs[5])[first..<min(first + 7, count)]
          .filter { if case .logAddExp = $0.function.offset { false } else { true } }
          .filter { !($0.isSelfWeighted && $0.operation == .min) }
        return (comparison, Array(reductions))
      }
    }
  }

  @Test(arguments: Similarity.allCases, [1.0, 25])
  func symmetricMatricesAgree(similarity: Similarity, scale: Double) {
    for (n, tileSize) in [(2, nil), (95, nil), (96, nil), (97, nil), (310, nil), (310, 192), (600, nil)]
      as [(Int, Int?)]
    {
      let labels = Tensor((0..<n).map { $0 * $0 % 7 })
      let inputs = [rows(n, 20) * 0.2, rows(n, 1).reshaped(n), Tensor(scale)]
      expectSameAsTensors(inputs, tileSize: tileSize, "\(n) rows") { inputs in
        let comparison = Comparison(
          anchors: inputs[0], candidates: inputs[0], relation: .labels(labels), similarity: similarity, scale: inputs[2]
        )
        let offset = ElementFunction.Offset.each(inputs[1])
        return (
          comparison,
          [
            .logSumExp(over: .compared), .mean(over: .positives), .sum(.softplus(-1, plus: offset), over: .positives),
            .logSumExp(.linear(0.5, plus: offset), over: .negatives), .max(over: .negatives), .min(over: .positives),
            .count(over: .negatives, where: [.above(.each(inputs[1]))]), .indexOfMax(over: .negatives),
            .indexOfMin(over: .positives), .sum(.squaredHinge(-1, plus: 0.4), over: .compared),
          ]
        )
      }
    }
  }

  @Test(arguments: [CTL_PLAIN, CTL_AVX2, CTL_AVX512].map(\.rawValue))
  func instructionsAgreeAndThreadsChangeNoBit(rawValue: UInt32) {
    let instructions = CTLInstructions(rawValue: rawValue)
    guard ctl_has(instructions) else { return }
    let (n, extra) = (500, 290)
    let inputs = [rows(n, 33) * 0.3, rows(extra, 33) * 0.3, Tensor(30.0)]
    func make(_ inputs: [Tensor]) -> (Comparison, [Reduction]) {
      let comparison = Comparison(
        anchors: inputs[0], candidates: inputs[0], relation: .views(2), similarity: .distance, scale: inputs[2]
      ).adding(inputs[1], relation: .negatives)
      return (
        comparison,
        [
          .logSumExp(over: .compared), .mean(over: .positives), .sum(.softplus(), over: .negatives),
          .max(over: .negatives),
        ]
      )
    }
    expectSameAsTensors(inputs, instructions: instructions, "instructions \(rawValue)", make)
    // On libtorch's own threads, of which there may be fewer, and on as many as are asked for.
    let runs = [(1, Engine.onThreads), (2, Engine.onThreads), (2, onNewThreads), (3, onNewThreads), (7, onNewThreads)]
      .map {
        (threads, onThreads) in
        let variables = inputs.map { $0.asVariable() }
        var (comparison, reductions) = make(variables)
        comparison.compilation = Compilation(threads: threads, onThreads: onThreads, instructions: instructions)
        let values = comparison.reduced(reductions)
        return (values + weighted(values).gradients(of: variables).map { $0! }).map { $0.values(as: Double.self) }
      }
    for run in runs { #expect(run == runs[0]) }
  }

  @Test func groupsAgree() {
    let (n, extra) = (150, 333)
    let inputs = [rows(n, 16) * 0.3, rows(extra, 16) * 0.3, rows(extra, 1).reshaped(extra), Tensor(1.3)]
    let memory = Relation.labels(
      anchors: Tensor((0..<n).map { $0 % 9 }), candidates: Tensor((0..<extra).map { $0 % 10 }))
    let ids = (Tensor((0..<n).map { $0 % 70 }), Tensor((0..<extra).map { $0 % 100 }))
    for scale in [1.3, 40] {
      expectSameAsTensors([inputs[0], inputs[1], inputs[2], Tensor(scale)], "scale \(scale)") { inputs in
        let comparison = Comparison(
          anchors: inputs[0], candidates: inputs[0], relation: .views(2), scale: inputs[3]
        ).adding(inputs[1], relation: memory.ignoring(ids.0, ids.1), bias: inputs[2])
          .adding(inputs[1], relation: .aligned).adding(inputs[0], relation: .negatives.excludingSelf())
        return (
          comparison,
          [
            .logSumExp(over: .compared), .mean(over: .positives), .logSumExp(over: .negatives, per: .candidates),
            .indexOfMax(over: .negatives), .max(over: .positives, per: .candidates),
          ]
        )
      }
    }
  }

  @Test(arguments: [1.0, 20, 1000])
  func equalAndZeroRowsAreExact(scale: Double) {
    for z in [Tensor.ones([500, 8]).normalized(), Tensor.zeros([500, 8])] {
      let comparison = Comparison(anchors: z, candidates: z, relation: .views(2), scale: scale)
      let (denominator, positive) = comparison.reduced(.logSumExp(over: .compared), .mean(over: .positives))
      expectClose(comparison.mean(denominator - positive), [6.212606095751519], relative: 1e-6)  // ln 499
    }
  }
}
