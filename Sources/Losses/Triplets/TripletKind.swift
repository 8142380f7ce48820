import Tensors

/// Triplets by how they stand to a margin *m*, in terms of *Δ* = *d(a, n)* − *d(a, p)*.
///
/// Source: Schroff, Kalenichenko, Philbin. "FaceNet." CVPR 2015, section 3.2. <https://arxiv.org/abs/1503.03832>
public enum TripletKind: String, CaseIterable, Hashable, Codable, Sendable {
  /// Those that violate the margin: *Δ* ≤ *m*.
  case all
  /// The negative is as near as the positive, or nearer: *Δ* ≤ 0.
  case hard
  /// The negative is farther, but by no more than the margin: 0 < *Δ* ≤ *m*.
  case semiHard = "semi-hard"
  /// The margin is kept: *Δ* > *m*.
  case easy
}

extension TripletKind {
  /// Which triplets are of the kind.
  ///
  /// - Parameter advantages: *Δ* = *d(a, n)* − *d(a, p)*.
  func contains(_ advantages: Tensor, margin: Double) -> Tensor {
    switch self {
    case .all: !(advantages .> margin)
    case .hard: !(advantages .> min(margin, 0))
    case .semiHard: (!(advantages .> margin)).and(advantages .> 0)
    case .easy: advantages .> margin
    }
  }
}
