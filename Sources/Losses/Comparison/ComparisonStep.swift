import Tensors

/// One walk as a step of the graph of gradients: from the comparison's tensors to the reductions' vectors.
struct ComparisonStep {
  /// What may need a gradient, in this order: anchors, scale, each group's rows, then the biases that there are, then
  /// the offsets that there are.
  private let inputs: [Tensor]
  private let problem: Problem
  private let reductions: [Reduction]
  private let biasPlaces: [Int?]
  private let offsetPlaces: [[Int]]

  init(_ comparison: Comparison, _ reductions: [Reduction]) {
    let (type, device) = (comparison.type, comparison.anchors.device)
    let n = comparison.anchors.shape[0]
    let m = comparison.groups.reduce(0) { $0 + $1.rows.shape[0] }
    // A learned scalar of `float32` is compared in the tiles' type; libtorch brings its gradient back.
    var inputs =
      [comparison.anchors, comparison.scale.to(type).to(device).reshaped(to: [])] + comparison.groups.map(\.rows)
    let biasPlaces: [Int?] = comparison.groups.map { group in
      guard let bias = group.bias else { return nil }
      let converted = bias.to(type).to(device)
      inputs.append(converted.count == 1 ? converted.reshaped(to: []) : converted)
      return inputs.count - 1
    }
    offsetPlaces = reductions.map { reduction in
      switch reduction.function.offset {
      case .number: return []
      case .each(let tensor):
        inputs.append(tensor)
        return [inputs.count - 1]
      case .logAddExp(let u, let v):
        inputs += [u, v]
        return [inputs.count - 2, inputs.count - 1]
      }
    }
    let tensors = inputs
    var start = 0
    let groups = comparison.groups.enumerated().map { g, group in
      defer { start += group.rows.shape[0] }
      return Problem.Group(
        rows: group.rows.detached(), bias: biasPlaces[g].map { tensors[$0].detached() }, relation: group.relation,
        start: start, isAnchors: group.rows.isSame(as: comparison.anchors))
    }
    problem = Problem(
      anchors: comparison.anchors.detached(), groups: groups, similarity: comparison.similarity,
      scale: inputs[1].detached(),
      reductions: reductions.map {
        BoundReduction($0) { tensor, side in
          let count = side == .anchors ? n : m
          precondition(tensor.shape == [count], "a reduction takes [\(count)] numbers here, got \(tensor.shape)")
          return tensor.detached().to(type).to(device)
        }
      }, tileSize: comparison.tileSize, precision: comparison.precision, compilation: comparison.compilation)
    self.inputs = inputs
    self.biasPlaces = biasPlaces
    self.reductions = reductions
  }

  /// The reductions' values, of which the differentiable ones know the way back.
  func run() -> [Tensor] {
    let differentiable = reductions.indices.filter { reductions[$0].isDifferentiable }
    var all: [Tensor] = []
    let attached = withCustomGradient(of: inputs) {
      let walk = walk()
      all = withPrecision(.float32, on: problem.device) { walk.forward() }
      return (
        differentiable.map { all[$0] },
        { given in
          var seeds = [Tensor?](repeating: nil, count: reductions.count)
          for (place, seed) in zip(differentiable, given) { seeds[place] = seed }
          return withPrecision(.float32, on: problem.device) { gradients(of: walk, seeds) }
        }
      )
    }
    for (place, tensor) in zip(differentiable, attached) { all[place] = tensor }
    return all
  }

  private func walk() -> any ComparisonWalk {
    if problem.compilation.isOn, let walk = CompiledWalk(problem) { return walk }
    return TensorWalk(problem)
  }

  private func gradients(of walk: any ComparisonWalk, _ seeds: [Tensor?]) -> [Tensor?] {
    let groupStart = 2
    let needs = InputGradients.Needs(
      anchors: inputs[0].requiresGradient,
      groups: problem.groups.indices.map { inputs[groupStart + $0].requiresGradient },
      scale: inputs[1].requiresGradient, biases: biasPlaces.map { $0.map { inputs[$0].requiresGradient } ?? false })
    let gradients = walk.backward(seeds, needs: needs)
    var result = [Tensor?](repeating: nil, count: inputs.count)
    result[0] = gradients.anchors
    result[1] = gradients.scale?.to(problem.type)
    for (g, gradient) in gradients.groups.enumerated() { result[groupStart + g] = gradient }
    for (place, gradient) in zip(biasPlaces, gradients.biases) {
      if let place { result[place] = gradient?.to(problem.type) }
    }
    for (places, tensors) in zip(offsetPlaces, gradients.offsets) {
      for (place, gradient) in zip(places, tensors) where inputs[place].requiresGradient {
        result[place] = gradient.to(inputs[place].type).to(inputs[place].device)
      }
    }
    return result
  }
}
