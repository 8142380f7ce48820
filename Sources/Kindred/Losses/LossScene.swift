/// A small batch in which one row can be turned towards an anchor, for plots.
///
/// Row *k* of the first array is the direction of an axis of its own, eₖ; what belongs to it stands at a cosine of 0.7 to
/// it, at right angles to everything else. What moves is the row of example 1, m = s·e₀ + √(1 − s²)·e₁, at the cosine *s*
/// to the anchor e₀.
struct LossScene {
  /// Which rows there are, and which of them moves.
  enum Layout {
    /// Eight examples of two rows: the second row of another example moves, and its first follows it.
    case examples
    /// Eight rows and the proxies of their classes: the proxy of another class moves, and its row follows it.
    case proxies
    /// A query, its key, and a queue whose first key moves.
    case queue
    /// An anchor, its positive, and a negative that moves.
    case triplet
    /// A pair that belongs together, and one that does not, whose second side moves.
    case twoPairs
    /// Eight rows, the second of which moves.
    case rows
    /// Eight pairs, one of which meets: where nothing is a negative.
    case meetingPair
  }

  /// Which rows there are.
  let layout: Layout
  private let entry: LossEntry
  private let examples = 8
  private let positive = 0.7

  /// The scene that fits a loss.
  ///
  /// - Parameter hasNegatives: Whether the loss pushes anything apart.
  init(_ entry: LossEntry, hasNegatives: Bool) {
    self.entry = entry
    let files = entry.files
    layout =
      !hasNegatives
      ? .meetingPair
      : files.pairs != .none
        ? .twoPairs
        : files.queue == .required
          ? .queue
          : files.negatives == .required || files == .tripletsOrClasses
            ? .triplet : files.second == .proxies ? .proxies : files.second == .none ? .rows : .examples
  }

  /// What the abscissas of a plot are.
  var axis: String {
    switch layout {
    case .meetingPair: "cosine of the pair"
    case .rows: "cosine of the two rows"
    case .proxies: "cosine of a row and the proxy of another class"
    default: "cosine of anchor and negative"
    }
  }

  /// What the slope of the loss tells.
  var slope: String {
    switch layout {
    case .meetingPair: "slope: how hard the pair is pulled together (below 0)"
    case .rows: "slope: how hard the two rows are pushed apart"
    default: "slope: how hard this negative is pushed away"
    }
  }

  /// The batch in words.
  var words: String {
    switch layout {
    case .examples:
      "A batch of 8 examples, two rows each at a cosine of 0.7; a row of another example turns towards the anchor"
    case .proxies:
      "A batch of 8 rows, each at a cosine of 0.7 to the proxy of its class; a proxy turns towards another's row"
    case .queue: "An anchor, its key at a cosine of 0.7, and 7 keys in the queue, one of which turns towards the anchor"
    case .triplet: "An anchor, its positive at a cosine of 0.7, and a negative that turns towards the anchor"
    case .twoPairs: "Two pairs: one belongs together, at a cosine of 0.7; the other does not, and closes"
    case .rows: "A batch of 8 rows at right angles, one of which turns towards another"
    case .meetingPair:
      "A batch of 8 pairs at right angles to each other; one pair closes, the sides of the others are equal"
    }
  }

  /// The data with what moves at a cosine to the anchor.
  func data(similarity s: Double) -> LossData {
    let moving = mixed(s, axis(0), axis(1))
    let partner = mixed(positive, axis(0), axis(examples))
    let others = (2..<examples).map { axis($0) }
    let partners = (2..<examples).map { mixed(positive, axis($0), axis(examples + $0)) }
    // Example 1 keeps its own two rows together wherever the second goes.
    let follower = mixed(positive, moving, axis(examples + 1))
    switch layout {
    case .examples, .proxies:
      return LossData(
        a: matrix([axis(0), follower] + others), b: matrix([partner, moving] + partners),
        labels: entry.files.labels == .required ? Tensor(Array(0..<examples)) : nil)
    case .queue:
      return LossData(a: matrix([axis(0)]), b: matrix([partner]), queue: matrix([moving] + others))
    case .triplet:
      // A second negative, where one is needed, stands aside.
      let negatives = entry.description.name == "quadruplet" ? [moving, axis(2)] : [moving]
      return LossData(a: matrix([axis(0)]), b: matrix([partner]), negatives: matrix(negatives))
    case .twoPairs:
      return LossData(
        a: matrix([axis(0), axis(0)]), b: matrix([partner, moving]), pairs: Tensor([1, 0] as [Double]))
    case .rows: return LossData(a: matrix([axis(0), moving] + others))
    case .meetingPair:
      let rest = [axis(1)] + others
      return LossData(a: matrix([axis(0)] + rest), b: matrix([mixed(s, axis(0), axis(examples))] + rest))
    }
  }

  /// The derivative of the loss by the cosine of the anchor and what moves, all other cosines being held.
  ///
  /// The anchor is turned in the direction *v*, at right angles to itself and to every row but the moving one *m*: its
  /// cosine to *m* changes by v·m, and the loss by v·∂L/∂a. Where a pair meets, no other cosine changes when its second
  /// row moves, and the slope is that of the curve.
  ///
  /// - Parameter gradients: Those by the arrays, where the cosine is *s*, strictly between −1 and 1.
  func slope(_ gradients: [(name: String, gradient: Tensor)], similarity s: Double) -> Double {
    let moves = layout == .meetingPair ? "b" : "a"
    guard let gradient = gradients.first(where: { $0.name == moves })?.gradient else { return 0 }
    let sine = (1 - s * s).squareRoot()
    var (row, direction, change) = (0, axis(1), sine)
    switch layout {
    case .examples, .proxies:
      // e₁ less its part along the moving row's partner, 0.7·m + √(1 − 0.7²)·f.
      let rest = (1 - positive * positive).squareRoot()
      direction = zip(axis(1), axis(examples + 1)).map { rest * $0 - positive * sine * $1 }
      change = rest * sine
    case .meetingPair: direction = zip(axis(0), axis(examples)).map { sine * $0 - s * $1 }
    case .twoPairs: row = 1
    case .queue, .triplet, .rows: break
    }
    return (gradient[row] * Tensor(direction)).sum().item() / change
  }

  /// The direction of an axis.
  private func axis(_ index: Int) -> [Double] { (0..<2 * examples).map { $0 == index ? 1 : 0 } }

  /// A unit vector in the plane of two, at a cosine to the first.
  private func mixed(_ cosine: Double, _ a: [Double], _ b: [Double]) -> [Double] {
    let sine = (1 - cosine * cosine).squareRoot()
    return zip(a, b).map { cosine * $0 + sine * $1 }
  }

  private func matrix(_ rows: [[Double]]) -> Tensor {
    Tensor(rows.flatMap { $0 }, shape: [rows.count, rows[0].count])
  }
}
