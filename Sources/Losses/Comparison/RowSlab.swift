public import Tensors

/// Some anchors with the logits of all their candidates: for losses whose reduction is none of `Reduction`'s, such as
/// those that sort or count in bins.
public struct RowSlab {
  /// Which anchors these are.
  public let rows: Range<Int>
  /// ℓ of these anchors and all candidates of all groups, `[n, M]`, in the comparison's type. Differentiable.
  public let logits: Tensor
  /// Which candidates are positives, `bool`, `[n, M]`.
  public let positives: Tensor
  /// Which candidates are negatives, `bool`, `[n, M]`.
  public let negatives: Tensor
}

extension Comparison {
  /// Returns vectors of one number an anchor that a body makes of the logits of some anchors at a time.
  ///
  /// The way back calls the body again and differentiates what it does. It must therefore always return the same, and
  /// use nothing differentiable but what it is given. Memory is O((*N* + *M*)·*D*) and what the body takes for a slab,
  /// whose height is chosen so that its logits take as much as a tile's; a body that compares positives with negatives
  /// in a cube should walk over the positives' columns one by one, or sort.
  ///
  /// - Parameters:
  ///   - parameters: What else the body differentiates by.
  ///   - height: The anchors of a slab; chosen where it is nil.
  ///   - body: From a slab and the parameters to vectors `[n]` of its anchors, in any floating-point type.
  /// - Returns: The vectors of all anchors, `[N]`, as many as the body returns.
  public func perAnchor(
    parameters: [Tensor] = [], height: Int? = nil, _ body: @escaping (RowSlab, [Tensor]) -> [Tensor]
  ) -> [Tensor] {
    let slabs = slabs(height)
    let inputs = [anchors, scale] + groups.map(\.rows) + groups.compactMap(\.bias) + parameters
    let device = anchors.device
    // Bodies sort, count and look up, where a NaN would get lost, and with it what is wrong.
    if hasBrokenRows { return notANumber(of: inputs, like: slabs.first ?? 0..<0, body) }
    return withCustomGradient(of: inputs) {
      let plain = inputs.map { $0.detached() }
      let parts = withPrecision(.float32, on: device) {
        slabs.map { rows in vectors(of: rows, plain[0][rows], plain, body) }
      }
      let count = parts.first?.count ?? 0
      let results = (0..<count).map { v in Tensor.concatenation(parts.map { $0[v] }) }
      return (
        results,
        { seeds in
          withPrecision(.float32, on: device) {
            self.gradients(of: inputs, slabs: slabs, seeds: seeds, body)
          }
        }
      )
    }
  }

  /// As many vectors as the body returns, and gradients, all NaN.
  private func notANumber(
    of inputs: [Tensor], like slab: Range<Int>, _ body: (RowSlab, [Tensor]) -> [Tensor]
  ) -> [Tensor] {
    withCustomGradient(of: inputs) {
      let zeros = inputs.map { Tensor.zeros($0.shape, type: $0.type, on: $0.device) }
      let vectors = vectors(of: slab, zeros[0][slab], zeros, body).map {
        Tensor.full([anchors.shape[0]], .nan, type: $0.type.isFloatingPoint ? $0.type : .float64, on: $0.device)
      }
      return (
        vectors, { _ in inputs.map { $0.requiresGradient ? .full($0.shape, .nan, type: $0.type, on: $0.device) : nil } }
      )
    }
  }

  /// Calls a body with all anchors, some at a time, without gradient: for miners, which list pairs.
  ///
  /// - Parameters:
  ///   - height: The anchors of a slab; chosen where it is nil.
  ///   - body: What is done with a slab; slabs come in the anchors' order.
  public func forEachSlab(height: Int? = nil, _ body: (RowSlab) throws -> Void) rethrows {
    let inputs = [anchors, scale] + groups.map(\.rows) + groups.compactMap(\.bias)
    Problem.requireFiniteRows(of: anchors, groups: groups.map(\.rows))
    try withoutGradient {
      try withPrecision(.float32, on: anchors.device) {
        for rows in slabs(height) { try body(slab(rows, anchors[rows], inputs)) }
      }
    }
  }

  /// The ranges of anchors of slabs whose logits take as much as a tile's.
  private func slabs(_ height: Int?) -> [Range<Int>] {
    let m = groups.reduce(0) { $0 + $1.rows.shape[0] }
    let side = tileSize ?? TensorWalk.tileSize(on: anchors.device)
    return Tile.parts(of: anchors.shape[0], length: height ?? Swift.max(1, side * side / Swift.max(m, 1)))
  }

  /// The body's vectors for a slab; `inputs` as `perAnchor` orders them, its anchors apart.
  private func vectors(
    of rows: Range<Int>, _ anchors: Tensor, _ inputs: [Tensor], _ body: (RowSlab, [Tensor]) -> [Tensor]
  ) -> [Tensor] {
    let parameters = inputs[(2 + groups.count + groups.count { $0.bias != nil })...]
    let results = body(slab(rows, anchors, inputs), Array(parameters))
    for result in results {
      precondition(result.shape == [rows.count], "a slab of \(rows.count) anchors gave a vector of \(result.shape)")
    }
    return results
  }

  private func slab(_ rows: Range<Int>, _ anchors: Tensor, _ inputs: [Tensor]) -> RowSlab {
    let scale = inputs[1].to(type)
    var next = 2 + groups.count
    var logits: [Tensor] = []
    var positives: [Tensor] = []
    var negatives: [Tensor] = []
    for (g, group) in groups.enumerated() {
      let c = inputs[2 + g].to(type)
      let tile = Tile(rows: rows, columns: 0..<c.shape[0])
      let norms = similarity == .dot ? nil : (anchors: anchors.squared().sum(1), candidates: c.squared().sum(1))
      var values = similarity.values(of: anchors.matrixProduct(c.transposed()), norms: norms) * scale.reshaped(to: [])
      if group.bias != nil {
        values = values + inputs[next].to(type).reshaped(1, -1)
        next += 1
      }
      logits.append(values)
      let masks = group.relation.masks(of: tile, on: anchors.device)
      let none = Tensor.zeros(values.shape, type: .bool, on: anchors.device)
      positives.append(masks.positives ?? none)
      negatives.append(!(masks.positives ?? none).or(masks.excluded ?? none))
    }
    return RowSlab(
      rows: rows, logits: .concatenation(logits, along: 1), positives: .concatenation(positives, along: 1),
      negatives: .concatenation(negatives, along: 1))
  }

  private func gradients(
    of inputs: [Tensor], slabs: [Range<Int>], seeds: [Tensor?], _ body: (RowSlab, [Tensor]) -> [Tensor]
  ) -> [Tensor?] {
    let needed = inputs.map(\.requiresGradient)
    let totals: [Tensor?] = zip(inputs, needed).map { input, needed in
      needed ? .zeros(input.shape, type: input.type, on: input.device) : nil
    }
    for rows in slabs {
      withGradient {
        let variables = zip(inputs, needed).map { $1 ? $0.detached().asVariable() : $0.detached() }
        let anchors = needed[0] ? variables[0].detached()[rows].asVariable() : variables[0][rows]
        let results = vectors(of: rows, anchors, variables, body)
        let terms = zip(results, seeds).compactMap { result, seed in
          seed.flatMap { result.requiresGradient ? (result * $0[rows]).sum() : nil }
        }
        guard let first = terms.first else { return }
        let total = terms.dropFirst().reduce(first) { $0 + $1 }
        let wanted = inputs.indices.filter { needed[$0] }
        let gradients = total.gradients(of: wanted.map { $0 == 0 ? anchors : variables[$0] })
        withoutGradient {
          for (place, gradient) in zip(wanted, gradients) {
            guard let gradient else { continue }
            if place == 0 { totals[0]![rows].add(gradient) } else { totals[place]!.add(gradient) }
          }
        }
      }
    }
    return totals
  }
}
