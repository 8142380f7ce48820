import CTiles
import Tensors

/// Whether and how compiled code walks, where it can: on as many threads as libtorch uses, with the best instructions.
struct Compilation {
  var isOn = true
  var threads: Int?
  var onThreads = Engine.onThreads
  var instructions = CTL_BEST
  /// Counts the products of two rows that walks make.
  var products: Memory<Int64>?
}

/// The walk in compiled code, for `float32` on a processor: a tile is multiplied, masked, exponentiated and summed while
/// it lies in the cache, on all threads, each pair of equal rows once.
///
/// The same inputs give the same bits on any number of threads. Compared with `TensorWalk` they differ by rounding.
final class CompiledWalk: ComparisonWalk {
  private let problem: Problem
  private let reductions: [CompiledReduction]
  private let rules: [[CompiledKeys?]]
  private let biases: [Memory<Float>?]

  /// - Returns: nil where the problem takes what is not compiled: another type or device, listed pairs.
  init?(_ problem: Problem) {
    guard problem.device.kind == .cpu, problem.type == .float32,
      problem.groups.allSatisfy({ $0.relation.isCompilable }),
      problem.anchorCount > 0, problem.groups.allSatisfy({ $0.count > 0 }), problem.anchors.shape[1] > 0,
      problem.reductions.allSatisfy({ if case .logAddExp = $0.offset { false } else { true } })
    else { return nil }
    self.problem = problem
    reductions = problem.reductions.map { CompiledReduction($0, count: problem.count(of: $0.side)) }
    rules = problem.groups.map { group in
      [group.relation.positive, group.relation.excluded, group.relation.ignored].map { rule in
        rule.flatMap { CompiledKeys($0, anchors: problem.anchorCount, candidates: group.count) }
      }
    }
    biases = problem.groups.map { group in group.bias.map { Memory($0.expanded(to: [group.count])) } }
  }

  func forward() -> [Tensor] {
    withProblem { _, _ in
    } body: {
      ctl_forward($0)
    }
    return reductions.map { $0.result() }
  }

  func backward(_ seeds: [Tensor?], needs: InputGradients.Needs) -> InputGradients {
    for (reduction, seed) in zip(reductions, seeds) { reduction.begin(seed) }
    let anchors = needs.anchors ? Memory<Float>(repeating: 0, count: problem.anchors.count) : nil
    let groups = zip(problem.groups, needs.groups).map { group, needed in
      needed ? Memory<Float>(repeating: 0, count: group.rows.count) : nil
    }
    let scale = needs.scale ? Memory<Double>(repeating: 0, count: 1) : nil
    let biases = zip(problem.groups, needs.biases).map { group, needed in
      needed ? Memory<Double>(repeating: 0, count: group.count) : nil
    }
    withProblem { described, all in
      described.anchor_gradient = anchors?.start
      described.scale_gradient = scale?.start
      for g in all.indices {
        all[g].gradient = groups[g]?.start
        all[g].bias_gradient = biases[g]?.start
      }
    } body: {
      ctl_backward($0)
    }
    return InputGradients(
      anchors: anchors?.tensor(problem.anchors.shape),
      groups: zip(groups, problem.groups).map { $0?.tensor($1.rows.shape) }, scale: scale?.tensor([]),
      biases: zip(biases, problem.groups).map { memory, group in
        memory.map { group.bias!.rank == 0 ? $0.tensor().sum() : $0.tensor() }
      },
      offsets: reductions.map { $0.offsetGradient() })
  }

  /// Calls a body with the problem as C knows it.
  private func withProblem(
    _ prepare: (inout CTLProblem, inout [CTLGroup]) -> Void, body: (UnsafePointer<CTLProblem>) -> Void
  ) {
    let anchors = problem.anchors.contiguous()
    let rows = problem.groups.map { $0.isAnchors ? anchors : $0.rows.contiguous() }
    let isByCandidate = problem.reductions.contains { $0.side == .candidates }
    var groups = problem.groups.enumerated().map { g, group in
      var result = CTLGroup()
      result.rows = rows[g].floats
      result.count = Int64(group.count)
      result.start = Int64(group.start)
      result.bias = biases[g].map { UnsafePointer($0.start) }
      result.positive = rules[g][0].described
      result.excluded = rules[g][1].described
      result.ignored = rules[g][2].described
      result.symmetric =
        group.isAnchors && group.relation.isSymmetric && group.bias?.rank ?? 0 == 0 && !isByCandidate
      return result
    }
    let described = reductions.map { $0.described() }
    var all = CTLProblem()
    all.anchors = anchors.floats
    all.anchor_count = Int64(problem.anchorCount)
    all.width = Int64(anchors.shape[1])
    all.similarity =
      switch problem.similarity {
      case .dot: CTL_DOT
      case .squaredDistance: CTL_SQUARED_DISTANCE
      case .distance: CTL_DISTANCE
      }
    all.scale = Float(problem.scale.item())
    all.group_count = Int32(groups.count)
    all.reduction_count = Int32(described.count)
    all.bfloat16 = problem.precision == .bfloat16
    all.block = Int64(block)
    all.on_threads = problem.compilation.onThreads
    all.threads = Int32(problem.compilation.threads ?? Engine.threads)
    all.instructions = problem.compilation.instructions
    all.products = problem.compilation.products?.start
    prepare(&all, &groups)
    withExtendedLifetime((anchors, rows, self)) {
      groups.withUnsafeBufferPointer { groups in
        described.withUnsafeBufferPointer { described in
          all.groups = groups.baseAddress
          all.reductions = described.baseAddress
          body(&all)
        }
      }
    }
  }

  /// The side of a tile; it depends on the problem alone, since sums are made in the order of tiles.
  private var block: Int {
    let unit = Int(ctl_block_unit)
    let wanted = problem.tileSize ?? (max(problem.anchorCount, problem.candidateCount) <= 1024 ? unit : 2 * unit)
    return (min(wanted, 1024) + unit - 1) / unit * unit
  }
}

extension Tensor {
  fileprivate var floats: UnsafePointer<Float> {
    withBytes { $0.baseAddress!.assumingMemoryBound(to: Float.self) }
  }
}

extension CompiledKeys? {
  fileprivate var described: CTLRule {
    guard let keys = self else { return CTLRule() }
    return CTLRule(anchors: UnsafePointer(keys.anchors.start), candidates: UnsafePointer(keys.candidates.start))
  }
}
