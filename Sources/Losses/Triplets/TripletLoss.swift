public import Tensors

/// The triplet loss: an anchor shall be nearer to its positive than to its negative, by a margin.
///
/// With the distances *d(a, p)* and *d(a, n)* of a triplet, its violation of the margin *m* is
///
///     v = d(a, p) − d(a, n) + m
///
/// and its loss max(0, *v*), or log(1 + exp *v*) with a soft margin, which goes on pulling after the margin is met. With
/// `swap`, the negative is held against whichever of anchor and positive it is nearer to: min(*d(a, n)*, *d(p, n)*)
/// stands for *d(a, n)*.
///
/// Memory: O(*N*·*D*).
///
/// Sources: Weinberger, Saul. "Distance Metric Learning for Large Margin Nearest Neighbor Classification." JMLR 10,
/// 2009. Schroff, Kalenichenko, Philbin. "FaceNet." CVPR 2015, section 3.1 (squared distances of unit rows, *m* = 0.2).
/// <https://arxiv.org/abs/1503.03832> The soft margin: Hermans, Beyer, Leibe. "In Defense of the Triplet Loss for Person
/// Re-Identification." 2017, section 2. <https://arxiv.org/abs/1703.07737> The swap: Balntas, Riba, Ponsa, Mikolajczyk.
/// "Learning local feature descriptors with triplets and shallow convolutional neural networks." BMVC 2016.
public struct TripletLoss: Hashable, Sendable {
  /// What becomes of a violation *v*.
  public enum Hinge: String, CaseIterable, Hashable, Codable, Sendable {
    /// max(0, *v*).
    case hard
    /// log(1 + exp *v*).
    case soft
  }

  /// By how much, *m*, the positive is to be nearer than the negative.
  public let margin: Double

  /// How distances are measured.
  public let distance: PairDistance

  /// What becomes of a violation.
  public let hinge: Hinge

  /// Whether the negative is held against the nearer one of anchor and positive.
  public let swap: Bool

  /// Which triplets are averaged over.
  public let averaging: LossAveraging

  /// Creates a loss.
  ///
  /// - Parameters:
  ///   - margin: FaceNet's 0.2, on squared distances of unit rows as there.
  ///   - distance: How distances are measured.
  ///   - hinge: What becomes of a violation.
  ///   - swap: Whether the negative is held against the nearer one of anchor and positive.
  ///   - averaging: Which triplets are averaged over.
  public init(
    margin: Double = 0.2, distance: PairDistance = .normalizedSquaredEuclidean, hinge: Hinge = .hard,
    swap: Bool = false,
    averaging: LossAveraging = .all
  ) {
    precondition(margin >= 0, "margin must not be negative, not \(margin)")
    self.margin = margin
    self.distance = distance
    self.hinge = hinge
    self.swap = swap
    self.averaging = averaging
  }

  /// The loss with the defaults of sentence-transformers: distances of the rows as they are, *m* = 5.
  public static let sentenceTransformers = TripletLoss(margin: 5, distance: .euclidean)

  /// The loss with the defaults of pytorch-metric-learning: distances of unit rows, *m* = 0.05, averaged over the
  /// triplets that cost something.
  public static let pml = TripletLoss(margin: 0.05, distance: .normalizedEuclidean, averaging: .nonZero)

  /// Returns the loss of triplets.
  ///
  /// - Parameters:
  ///   - anchors: Embeddings `[N, D]`.
  ///   - positives: The anchors' positives `[N, D]`, in the same order.
  ///   - negatives: The anchors' negatives `[N, D]`, in the same order.
  /// - Returns: A scalar, `[]`, `float32` unless embeddings are `float64`; 0 for no triplets.
  public func callAsFunction(_ anchors: Tensor, _ positives: Tensor, _ negatives: Tensor) -> Tensor {
    var d = distance(anchors, negatives)
    if swap { d = .minimum(d, distance(positives, negatives)) }
    return averaging(losses(distance(anchors, positives) - d))
  }

  /// The losses of triplets from *d(a, p)* − *d(a, n)*, of any shape.
  func losses(_ differences: Tensor) -> Tensor {
    let violations = differences + margin
    return switch hinge {
    case .hard: violations.relu()
    case .soft: violations.softplusExact()
    }
  }

  /// What the loss says of itself.
  public static let description = LossDescription(
    name: "triplet", summary: "Anchors are nearer to their positives than to their negatives, by a margin",
    needs: [.triplets, .classes],
    formula: "mean of max(0, d(a, p) − d(a, n) + m), d = |x/|x| − y/|y||²",
    variants: [
      .paper: "mean of max(0, d(a, p) − d(a, n) + m), d = |x/|x| − y/|y||²",
      .pml: "mean over triplets above 0 of max(0, d(a, p) − d(a, n) + m), d = |x/|x| − y/|y||",
      .sentenceTransformers: "mean of max(0, d(a, p) − d(a, n) + m), d = |x − y|",
    ],
    source: """
      Schroff, Kalenichenko, Philbin. "FaceNet: A Unified Embedding for Face Recognition and Clustering." CVPR 2015. \
      https://arxiv.org/abs/1503.03832
      """,
    parameters: [
      .init(
        "margin", standard: TripletLoss().margin, "by how much the positive is to be nearer than the negative",
        origin: "FaceNet, section 3.1")
    ])
}
