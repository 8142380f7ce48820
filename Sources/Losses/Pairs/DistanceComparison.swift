import Tensors

extension LabeledRows {
  /// The most elements that a tensor of a tile may have; tests make it small.
  @TaskLocal static var largestTile = 1 << 20

  /// Vectors of one number an anchor that a body makes of the distances of some anchors and all candidates at a time.
  ///
  /// - Parameters:
  ///   - distance: What the slabs' logits are.
  ///   - width: How many elements the body holds for every pair of anchor and candidate, beside a few of every loss.
  ///   - parameters: What else the body differentiates by.
  func perAnchor(
    by distance: PairDistance, width: Int = 1, parameters: [Tensor] = [],
    _ body: @escaping (RowSlab, [Tensor]) -> [Tensor]
  ) -> [Tensor] {
    comparison(by: distance).perAnchor(parameters: parameters, height: height(width: width), body)
  }

  /// How many anchors a slab has.
  func height(width: Int) -> Int { max(Self.largestTile / (candidates.shape[0] * width), 1) }

  /// The comparison whose logits are distances.
  func comparison(by distance: PairDistance) -> Comparison {
    switch distance {
    case .euclidean, .normalizedEuclidean: return comparison(map(distance.prepared), .distance)
    case .squaredEuclidean, .normalizedSquaredEuclidean: return comparison(map(distance.prepared), .squaredDistance)
    case .cosine: return comparison(map(distance.prepared), .dot, scale: -1, bias: 1)
    case .signalToNoise:
      // Of rows less their means, |x − y|²/|x|² = 1 + (|y|² − 2·x·y)/|x|²: a product of rows longer by one.
      let rows = map { x in
        let unit = distance.prepared(x)
        return unit - unit.mean(-1, keeping: true)
      }
      let noise = rows.anchors.squared().sum(-1, keeping: true).reciprocal()
      let x = Tensor.concatenation([rows.anchors * noise * -2, noise], along: 1)
      let y = Tensor.concatenation([rows.candidates, rows.candidates.squared().sum(-1, keeping: true)], along: 1)
      return Comparison(anchors: x, candidates: y, relation: relation, bias: 1).withTestedTiles()
    case .manhattan: PairDistance.refuseManhattan()
    }
  }

  /// The comparison whose logits are cosines.
  func cosines() -> Comparison { comparison(map { $0.normalized() }, .dot) }

  private func comparison(
    _ rows: LabeledRows, _ similarity: Similarity, scale: Double = 1, bias: Double? = nil
  ) -> Comparison {
    Comparison(
      anchors: rows.anchors, candidates: rows.candidates, relation: relation, similarity: similarity, scale: scale,
      bias: bias
    ).withTestedTiles()
  }
}

extension Comparison {
  /// The comparison with tiles as small as tests want them.
  fileprivate func withTestedTiles() -> Comparison {
    guard LabeledRows.largestTile < 1 << 20 else { return self }
    var result = self
    result.tileSize = max(Int(Double(LabeledRows.largestTile).squareRoot()), 1)
    return result
  }
}
