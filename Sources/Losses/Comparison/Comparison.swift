public import Tensors

/// A contrastive comparison of anchors with candidates: what the objectives of contrastive learning are made of.
///
/// With anchors *a* `[N, D]`, candidates *c* `[M, D]`, a scale *s* and a bias *b* the logits are
///
///     ℓᵢₖ = s · similarity(aᵢ, cₖ) + bₖ
///
/// A `Relation` says which candidates are an anchor's positives and which are not compared with it. A loss asks for
/// `Reduction`s, vectors of one number an anchor such as the log-sum-exp of its logits, and is an ordinary expression of
/// them:
///
///     let comparison = Comparison(anchors: z, candidates: z, relation: .labels(y), scale: 1 / temperature)
///     let (denominator, positives, count) = comparison.reduced(
///       .logSumExp(over: .compared), .mean(over: .positives), .count(over: .positives))
///     return comparison.mean(denominator - positives, where: count .> 0)          // SupCon
///
/// The matrix of logits is walked in tiles, once for all reductions asked together and once more on the way back, which
/// makes the tiles anew: memory is O((*N* + *M*)·*D* + tile), time O(*N*·*M*·*D*). Value and gradients, for anchors,
/// candidates, scale, bias and offsets, are those of the whole matrix. They cannot be differentiated a second time:
/// asking for that traps.
///
/// Tiles are computed in `float32` whatever the rows' type, and in `float64` where one of the rows is; also under
/// `withPrecision(.bfloat16)`, which is about encoders: `precision` is the tiles' own. Reductions come in `float64` (`float32` on MPS, which has no other), so that an expression
/// of them loses nothing at a scale of 1000 or with a million rows; `mean` brings the loss back to the tiles' type.
///
/// A row that holds a NaN or an infinite number makes the loss NaN, which a training run notices and refuses to go on
/// from. `requireFinite` finds the row, for those who can answer it.
public struct Comparison {
  let anchors: Tensor
  private(set) var groups: [Group]
  let similarity: Similarity
  let scale: Tensor

  struct Group {
    let rows: Tensor
    let relation: Relation
    let bias: Tensor?
  }

  /// The length of a tile's sides; nil, as it is unless set, for one that suits the device.
  ///
  /// The compiled walk takes 192, whose tiles stay in a core's own cache, and 96 for few rows, so that every thread gets
  /// some; it rounds up to a multiple of 96. libtorch's operations take 1024 on a processor, 8192 on a GPU (not measured).
  public var tileSize: Int? {
    didSet { precondition(tileSize ?? 1 > 0, "a tile needs a positive size, not \(tileSize ?? 1)") }
  }

  /// What the factors of products are rounded to: rows, and on the way back the gradients of logits. `float32` unless set
  /// here or by `withTiles`.
  ///
  /// In `bfloat16` a row's elements keep 8 bits; products are exact and summed in `float32`, and all that follows is as
  /// ever. A similarity of unit rows is off by 0.008 at most, by some 0.0002 where they have 128 random numbers, and a
  /// logit by this times the scale. NT-Xent of 2 × 256 such rows is off, compared with `float64`, by
  ///
  /// | temperature | 1 | 0.5 | 0.1 | 0.05 | 0.01 | 0.001 |
  /// |---|--:|--:|--:|--:|--:|--:|
  /// | value, relative | 2·10⁻⁶ | 3·10⁻⁶ | 2·10⁻⁵ | 5·10⁻⁵ | 7·10⁻⁵ | 1·10⁻⁴ |
  /// | gradient, ‖error‖/‖exact‖ | 0.002 | 0.002 | 0.002 | 0.002 | 0.004 | 0.011 |
  ///
  /// Rows in `float64` are rounded as well, and summed in `float64`. `perAnchor` does not round.
  public var precision = standardPrecision

  /// How rows in `float32` on a processor are walked; tests choose.
  var compilation = Compilation()

  /// The type of the tiles and of `mean`: `float64` where rows are, else `float32`.
  public let type: DataType

  /// Creates a comparison with a scale, and perhaps a bias, that may be learned.
  ///
  /// - Parameters:
  ///   - anchors: `[N, D]`, compared as they are: for cosine similarities normalise them first.
  ///   - candidates: `[M, D]`; the same tensor as the anchors where rows are compared among themselves, which halves
  ///     the work.
  ///   - relation: Who is whose positive.
  ///   - similarity: What the scale multiplies.
  ///   - scale: The factor of the similarities, `[]`: one over a temperature.
  ///   - bias: What is added to the logits, `[]` or one number a candidate, `[M]`.
  public init(
    anchors: Tensor, candidates: Tensor, relation: Relation, similarity: Similarity = .dot, scale: Tensor,
    bias: Tensor? = nil
  ) {
    precondition(anchors.rank == 2, "a comparison takes anchors [N, D], got \(anchors.shape)")
    precondition(scale.count == 1, "a comparison takes one scale, got shape \(scale.shape)")
    type = anchors.type == .float64 || candidates.type == .float64 ? .float64 : .float32
    self.anchors = anchors.to(type)
    self.similarity = similarity
    self.scale = scale
    groups = []
    append(candidates.isSame(as: anchors) ? self.anchors : candidates, relation, bias)
  }

  /// Creates a comparison with a fixed scale, and perhaps a fixed bias.
  public init(
    anchors: Tensor, candidates: Tensor, relation: Relation, similarity: Similarity = .dot, scale: Double = 1,
    bias: Double? = nil
  ) {
    // Numbers in `float64`, so that they are rounded once, to the type of the tiles.
    func tensor(_ number: Double) -> Tensor {
      Tensor(number, type: anchors.device.kind == .mps ? .float32 : .float64, on: anchors.device)
    }
    self.init(
      anchors: anchors, candidates: candidates, relation: relation, similarity: similarity, scale: tensor(scale),
      bias: bias.map(tensor))
  }

  /// The comparison with further candidates, by a relation of their own: explicit hard negatives, a queue, a memory.
  ///
  /// Sets of pairs, and vectors of one number a candidate, go through all groups in the order in which they were added.
  ///
  /// - Parameters:
  ///   - candidates: `[K, D]`; not copied.
  ///   - relation: Of all anchors to these candidates.
  ///   - bias: What is added to their logits, `[]` or `[K]`.
  public func adding(_ candidates: Tensor, relation: Relation, bias: Tensor? = nil) -> Comparison {
    var result = self
    result.append(candidates, relation, bias)
    return result
  }

  private mutating func append(_ candidates: Tensor, _ relation: Relation, _ bias: Tensor?) {
    precondition(
      candidates.rank == 2 && anchors.shape[1] == candidates.shape[1],
      "a comparison takes [N, D] and [M, D], got \(anchors.shape) and \(candidates.shape)")
    let (n, m) = (anchors.shape[0], candidates.shape[0])
    for rule in [relation.positive, relation.excluded, relation.ignored] { rule?.check(anchors: n, candidates: m) }
    if case .aligned = relation.positive {
      precondition(n <= m, "aligned: every anchor needs its candidate, got \(n) anchors, \(m) candidates")
    }
    precondition(
      bias.map { $0.count == 1 || $0.shape == [m] } ?? true,
      "a comparison takes one bias, or one for each of \(m) candidates; got shape \(bias?.shape ?? [])")
    let rows = groups.isEmpty && candidates.isSame(as: anchors) ? anchors : candidates.to(type)
    groups.append(Group(rows: rows, relation: relation.resolved(anchors: n, on: anchors.device), bias: bias))
  }

  /// Returns reductions of the logits, all gathered in one walk.
  ///
  /// - Returns: One vector a reduction, `[N]` or, per candidate, `[M]`: `float64`, indices `int64`.
  public func reduced(_ reductions: [Reduction]) -> [Tensor] {
    ComparisonStep(self, reductions).run()
  }
}

extension Relation {
  fileprivate func resolved(anchors n: Int, on device: Device) -> Relation {
    Relation(
      positive: positive.resolved(anchors: n, on: device), excluded: excluded?.resolved(anchors: n, on: device),
      ignored: ignored?.resolved(anchors: n, on: device))
  }
}
