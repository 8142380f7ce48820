public import Basics
public import Tensors

/// Chooses pairs at random so that all distances occur equally often: as many from each bin of a histogram.
///
/// The distances of the positive pairs, from the smallest to the largest, are cut into bins of equal width, and from
/// every bin that is not empty a number of pairs is drawn, with replacement; then the same with the negative pairs.
///
/// The distances are walked three times (range, counts, choice), and never held: memory is O(*N*·*D*), one tile, and the
/// choice.
///
/// Source: `UniformHistogramMiner` of pytorch-metric-learning 2.9.0.
public struct UniformHistogramMiner: Hashable, Sendable {
  /// The number of bins.
  public let bins: Int

  /// How many positive pairs are drawn from a bin.
  public let positivesPerBin: Int

  /// How many negative pairs are drawn from a bin.
  public let negativesPerBin: Int

  /// How distances are measured.
  public let distance: PairDistance

  /// Creates a miner; all defaults are pytorch-metric-learning's.
  public init(
    bins: Int = 100, positivesPerBin: Int = 10, negativesPerBin: Int = 10, distance: PairDistance = .normalizedEuclidean
  ) {
    precondition(
      bins > 0 && positivesPerBin >= 0 && negativesPerBin >= 0,
      "bins and pairs per bin expected, got \(bins), \(positivesPerBin), \(negativesPerBin)")
    self.bins = bins
    self.positivesPerBin = positivesPerBin
    self.negativesPerBin = negativesPerBin
    self.distance = distance
  }

  /// Returns the chosen pairs, in ascending order; a pair that was drawn twice is there twice.
  ///
  /// - Parameters:
  ///   - rows: Anchors and candidates.
  ///   - random: What the draws come from, bin by bin, positives first.
  public func callAsFunction(_ rows: LabeledRows, random: inout RandomStream) -> PairSelection {
    let positives = chosen(rows, \.positives, positivesPerBin, &random)
    return PairSelection(positives: positives, negatives: chosen(rows, \.negatives, negativesPerBin, &random))
  }

  /// Returns the chosen pairs of a batch: embeddings `[N, D]` and their classes, `int64`, `[N]`.
  public func callAsFunction(_ embeddings: Tensor, labels: Tensor, random: inout RandomStream) -> PairSelection {
    self(LabeledRows(embeddings, labels: labels), random: &random)
  }

  private func chosen(
    _ rows: LabeledRows, _ kind: KeyPath<RowSlab, Tensor>, _ perBin: Int, _ random: inout RandomStream
  ) -> Tensor {
    let comparison = rows.comparison(by: distance)
    var (low, high) = (Double.infinity, -Double.infinity)
    comparison.forEachSlab { slab in
      low = min(low, slab.logits.filled(where: !slab[keyPath: kind], with: .infinity).min().item())
      high = max(high, slab.logits.filled(where: !slab[keyPath: kind], with: -.infinity).max().item())
    }
    guard low <= high else { return .zeros([0, 2], type: .int64, on: rows.anchors.device) }
    let width = (high - low) / Double(bins)
    /// Calls a body with every pair, its bin, and its place among the pairs of its bin.
    func forEachPair(_ body: (_ anchor: Int, _ candidate: Int, _ bin: Int, _ place: Int) -> Void) {
      var counts = [Int](repeating: 0, count: bins)
      comparison.forEachSlab { slab in
        let places = slab[keyPath: kind].nonZeroIndices()
        let flat =
          places.item(0, along: 1) * Tensor([slab.logits.shape[1]]).to(places.device) + places.item(1, along: 1)
        let d = slab.logits.flattened().items(at: flat).values(as: Double.self)
        let indices = places.values(as: Int.self)
        for (k, d) in d.enumerated() {
          let bin = width > 0 ? min(Int((d - low) / width), bins - 1) : 0
          body(slab.rows.lowerBound + indices[2 * k], indices[2 * k + 1], bin, counts[bin])
          counts[bin] += 1
        }
      }
    }
    var counts = [Int](repeating: 0, count: bins)
    forEachPair { _, _, bin, _ in counts[bin] += 1 }
    // How often each place of a bin was drawn.
    let drawn = counts.map { count in
      count == 0
        ? [:] : (0..<perBin).reduce(into: [:]) { draws, _ in draws[random.integer(below: count), default: 0] += 1 }
    }
    var result: [Int] = []
    forEachPair { anchor, candidate, bin, place in
      for _ in 0..<drawn[bin][place, default: 0] { result += [anchor, candidate] }
    }
    return Tensor(result, shape: [result.count / 2, 2]).to(rows.anchors.device)
  }
}
