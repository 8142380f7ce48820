import Tensors

/// Everything that a walk over the tiles needs to know, without gradient, in one type, on one device.
struct Problem {
  /// Candidates that share a relation to the anchors.
  struct Group {
    let rows: Tensor  // [m, D]
    let bias: Tensor?  // [] or [m]
    let relation: Relation  // resolved
    let start: Int  // where the group begins among all candidates
    let isAnchors: Bool  // the rows are the anchors themselves

    var count: Int { rows.shape[0] }
    /// The group's own part of a vector over all candidates.
    var range: Range<Int> { start..<start + count }
  }

  let anchors: Tensor  // [N, D]
  let groups: [Group]
  let similarity: Similarity
  let scale: Tensor  // []
  let reductions: [BoundReduction]
  /// The length of a tile's sides; nil for what suits the walk.
  let tileSize: Int?
  let precision: Precision
  let compilation: Compilation

  var anchorCount: Int { anchors.shape[0] }
  var candidateCount: Int { groups.reduce(0) { $0 + $1.count } }
  var type: DataType { anchors.type }
  var device: Device { anchors.device }

  /// The type of one number an anchor: `float64`, which adds no error to sums over any number of tiles, where the
  /// device has it.
  var vectorType: DataType { device.kind == .mps ? .float32 : .float64 }

  /// How many numbers a reduction has.
  func count(of side: Reduction.Side) -> Int { side == .anchors ? anchorCount : candidateCount }
}

/// A reduction whose numbers lie ready for a walk: in the tiles' type, on their device, without gradient.
struct BoundReduction {
  enum Offset {
    case number(Double)
    case each(Tensor)
    case logAddExp(anchors: Tensor, candidates: Tensor)
  }
  enum Threshold {
    case number(Double)
    case each(Tensor)
  }
  enum Comparator { case above, atLeast, below, atMost }

  let operation: Reduction.Operation
  let shape: ElementFunction.Shape
  let slope: Double
  let offset: Offset
  let pairs: Reduction.Pairs
  let cuts: [(comparator: Comparator, threshold: Threshold)]
  let side: Reduction.Side

  /// - Parameter vector: Brings a tensor of a side's length into the walk's type and device, or traps.
  init(_ reduction: Reduction, vector: (Tensor, Reduction.Side) -> Tensor) {
    operation = reduction.operation
    shape = reduction.function.shape
    slope = reduction.function.slope
    pairs = reduction.pairs
    side = reduction.side
    offset =
      switch reduction.function.offset {
      case .number(let number): .number(number)
      case .each(let tensor): .each(vector(tensor, reduction.side))
      case .logAddExp(let u, let v): .logAddExp(anchors: vector(u, .anchors), candidates: vector(v, .candidates))
      }
    func bound(_ threshold: Reduction.Threshold) -> Threshold {
      switch threshold {
      case .number(let number): .number(number)
      case .each(let tensor): .each(vector(tensor, reduction.side))
      }
    }
    cuts = reduction.cuts.map { cut in
      switch cut {
      case .above(let t): (.above, bound(t))
      case .atLeast(let t): (.atLeast, bound(t))
      case .below(let t): (.below, bound(t))
      case .atMost(let t): (.atMost, bound(t))
      }
    }
  }
}
