import Tensors

/// Chooses for every anchor a positive and a negative: the hardest, the easiest, or the hardest that is still on the
/// right side of the other.
///
/// Source: Xuan, Stylianou, Pless. "Improved Embeddings with Easy Positive Triplet Mining." WACV 2020.
/// <https://arxiv.org/abs/1904.04370> As `BatchEasyHardMiner` of pytorch-metric-learning 2.9.0.
public struct BatchEasyHardMiner: PairMiner {
  /// Which candidate of a kind is chosen.
  public enum Strategy: String, CaseIterable, Hashable, Codable, Sendable {
    /// The farthest positive, the nearest negative.
    case hard
    /// The farthest positive that is nearer than the chosen negative; the nearest negative that is farther than the
    /// chosen positive.
    case semiHard = "semi-hard"
    /// The nearest positive, the farthest negative.
    case easy
    /// All of them.
    case all
  }

  /// Which positives are chosen.
  public let positives: Strategy

  /// Which negatives are chosen.
  public let negatives: Strategy

  /// The distances that positives may have; nil for any.
  public let positiveRange: ClosedRange<Double>?

  /// The distances that negatives may have; nil for any.
  public let negativeRange: ClosedRange<Double>?

  /// How distances are measured.
  public let distance: PairDistance

  /// Creates a miner; all defaults are pytorch-metric-learning's.
  ///
  /// `semiHard` needs one candidate of the other kind to be held against: it goes with `hard` and `easy`. The ranges
  /// bind those that are chosen one an anchor, not `all`.
  public init(
    positives: Strategy = .easy, negatives: Strategy = .semiHard, positiveRange: ClosedRange<Double>? = nil,
    negativeRange: ClosedRange<Double>? = nil, distance: PairDistance = .normalizedEuclidean
  ) {
    let others = [positives, negatives].filter { $0 != .semiHard }
    precondition(
      others.count == 2 || others == [.hard] || others == [.easy],
      "semi-hard goes with hard or easy, got \(positives.rawValue) positives and \(negatives.rawValue) negatives")
    self.positives = positives
    self.negatives = negatives
    self.positiveRange = positiveRange
    self.negativeRange = negativeRange
    self.distance = distance
  }

  /// Returns the chosen pairs. Unless all of a kind are wanted, only anchors that have both a positive and a negative of
  /// the wanted sorts give any.
  public func callAsFunction(_ rows: LabeledRows) -> PairSelection {
    rows.pairs(by: distance) { slab in
      let (positive, negative) = chosen(in: slab)
      switch (positive, negative) {
      case (let p?, let n?):
        let both = p.exist.and(n.exist)
        return (slab.mask(of: p.indices, where: both), slab.mask(of: n.indices, where: both))
      case (nil, let n?): return (slab.positives, slab.mask(of: n.indices, where: n.exist))
      case (let p?, nil): return (slab.mask(of: p.indices, where: p.exist), slab.negatives)
      case (nil, nil): return (slab.positives, slab.negatives)
      }
    }
  }

  /// One positive and one negative of every anchor; nil where all are wanted.
  func chosen(in slab: RowSlab) -> (positive: ChosenCandidates?, negative: ChosenCandidates?) {
    func positive(below limit: Tensor? = nil) -> ChosenCandidates {
      var allowed = slab.positives(in: positiveRange)
      if let limit { allowed = allowed.and(slab.logits .< limit.unsqueezed(1)) }
      return positives == .easy ? slab.nearest(of: allowed) : slab.farthest(of: allowed)
    }
    func negative(above limit: Tensor? = nil) -> ChosenCandidates {
      var allowed = slab.negatives(in: negativeRange)
      if let limit { allowed = allowed.and(slab.logits .> limit.unsqueezed(1)) }
      return negatives == .easy ? slab.farthest(of: allowed) : slab.nearest(of: allowed)
    }
    if positives == .semiHard {
      let n = negative()
      return (positive(below: n.distances), n)
    }
    let p = positives == .all ? nil : positive()
    if negatives == .semiHard { return (p, negative(above: p!.distances)) }
    return (p, negatives == .all ? nil : negative())
  }
}

extension RowSlab {
  fileprivate func positives(in range: ClosedRange<Double>?) -> Tensor { positives.and(within(range)) }
  fileprivate func negatives(in range: ClosedRange<Double>?) -> Tensor { negatives.and(within(range)) }

  private func within(_ range: ClosedRange<Double>?) -> Tensor {
    guard let range else { return positives.or(!positives) }
    return !(logits .> range.upperBound).or(logits .< range.lowerBound)
  }
}
