import Tensors

/// The weights of a group that have a gradient in this step, with their places among all weights.
struct ActiveGroup {
  let group: OptimizerGroup
  let places: [Int]
  let weights: [Tensor]
  let gradients: [Tensor]

  /// The groups in which something has a gradient.
  static func all(_ groups: [OptimizerGroup], _ gradients: [Tensor?]) -> [ActiveGroup] {
    let count = groups.reduce(0) { $0 + $1.weights.count }
    precondition(gradients.count == count, "step: expected \(count) gradients, one a weight, got \(gradients.count)")
    var first = 0
    return groups.compactMap { group in
      let places = group.weights.indices.filter { gradients[first + $0] != nil }
      defer { first += group.weights.count }
      guard !places.isEmpty else { return nil }
      return ActiveGroup(
        group: group, places: places.map { first + $0 }, weights: places.map { group.weights[$0] },
        gradients: places.map { gradients[first + $0]!.to(group.weights[$0].type) })
    }
  }

  /// The items of a list over all weights that belong to this group's.
  func own(_ list: [Tensor]) -> [Tensor] { places.map { list[$0] } }
}

extension [OptimizerGroup] {
  /// One zero tensor like every weight.
  func zeros() -> [Tensor] {
    flatMap(\.weights).map { .zeros($0.shape, type: $0.type, on: $0.device) }
  }
}

/// The tensors of a list by names that count them: `momentum.0`, `momentum.1`, …
func named(_ name: String, _ tensors: [Tensor]) -> [String: Tensor] {
  Dictionary(uniqueKeysWithValues: tensors.enumerated().map { ("\(name).\($0)", $1) })
}
