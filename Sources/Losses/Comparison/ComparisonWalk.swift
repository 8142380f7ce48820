import Tensors

/// A way to walk over all tiles: there, and once more on the way back.
protocol ComparisonWalk {
  /// Walks once. Returns the value of every reduction.
  func forward() -> [Tensor]

  /// Walks a second time, with the tiles made anew.
  ///
  /// - Parameter seeds: ∂L/∂R of every reduction, nil where it does not matter.
  func backward(_ seeds: [Tensor?], needs: InputGradients.Needs) -> InputGradients
}

/// The gradients of a comparison's inputs, nil where they are not needed.
struct InputGradients {
  struct Needs {
    let anchors: Bool
    let groups: [Bool]
    let scale: Bool
    let biases: [Bool]
  }

  var anchors: Tensor?
  var groups: [Tensor?]
  var scale: Tensor?
  var biases: [Tensor?]
  /// Of every reduction's offset: by anchor or candidate, or of both where it is of both.
  var offsets: [[Tensor]]
}
