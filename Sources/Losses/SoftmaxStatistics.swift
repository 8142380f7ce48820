import Tensors

/// What the softmax of every anchor over all candidates needs to know, gathered from one tile after the other.
///
/// For anchor *i* with logits ℓᵢₖ it keeps the largest logit so far *mᵢ*, Σₖ exp(ℓᵢₖ − *mᵢ*), the sum of the positive
/// logits and their number. The loss of the anchor, its mean over positives *p* of −log softmax, is then
///
///     log Σₖ exp(ℓᵢₖ − mᵢ) + (mᵢ − mean ℓᵢₚ)
///
/// *mᵢ* − mean ℓᵢₚ is exact where both are near in size, so that a temperature of 0.001 costs no digits; a stored
/// log-sum-exp *mᵢ* + log Σ would round the logarithm to the spacing of numbers near *mᵢ*.
///
/// Source of the running sum: Milakov, Gimelshein. "Online normalizer calculation for softmax." 2018, algorithm 3.
/// <https://arxiv.org/abs/1805.02867>
final class SoftmaxStatistics {
  /// Whether the anchors of this direction are the rows of the matrix or its columns.
  enum Direction { case rows, columns }

  let direction: Direction
  let maximum, sum, positiveSum, positiveCount: Tensor  // [N] each

  init(_ direction: Direction, count: Int, type: DataType, on device: Device) {
    self.direction = direction
    // The lowest finite number, not −∞: the difference of two −∞, of an anchor not yet compared at all, is NaN.
    let lowest = type == .float64 ? -Double.greatestFiniteMagnitude : -Double(Float.greatestFiniteMagnitude)
    maximum = .full([count], lowest, type: type, on: device)
    sum = .zeros([count], type: type, on: device)
    positiveSum = .zeros([count], type: type, on: device)
    positiveCount = .zeros([count], type: type, on: device)
  }

  /// Takes a tile's logits in, and overwrites them with exp(ℓᵢₖ − *mᵢ*), which it returns.
  func take(_ logits: Tensor, of tile: Tile, positives: Relation.Places) -> Tensor {
    takePositives(of: logits, tile: tile, positives)
    let range = range(of: tile)
    let old = maximum[range]
    let new = Tensor.maximum(old, logits.max(reduced))
    let exponentials = Self.exponentials(logits, reduced, maximum: new)
    sum[range].assign(sum[range] * (old - new).exp() + exponentials.sum(reduced))
    old.assign(new)
    return exponentials
  }

  /// Overwrites a tile's logits with exp(ℓᵢₖ − *mᵢ*), when all tiles have been taken in.
  func exponentials(_ logits: Tensor, of tile: Tile) -> Tensor {
    Self.exponentials(logits, reduced, maximum: maximum[range(of: tile)])
  }

  /// The loss, averaged over the anchors that have a positive.
  func loss() -> Tensor {
    let losses = sum.log() + (maximum - positiveSum / positiveCount)
    return hasPositive.select(losses, else: Tensor(0, type: sum.type, on: sum.device)).sum() / anchorCount
  }

  /// The factors of ∂loss/∂ℓᵢₖ = softmax·exp(ℓᵢₖ − mᵢ) − positive·[k is a positive], one of each an anchor.
  func factors() -> (softmax: Tensor, positive: Tensor) {
    let zero = Tensor(0, type: sum.type, on: sum.device)
    return (
      hasPositive.select((sum * anchorCount).reciprocal(), else: zero),
      hasPositive.select((positiveCount * anchorCount).reciprocal(), else: zero)
    )
  }

  /// The anchors of a tile.
  func range(of tile: Tile) -> Range<Int> { direction == .rows ? tile.rows : tile.columns }

  /// One number an anchor of a tile, shaped to be combined with the tile.
  func spread(_ vector: Tensor, over tile: Tile) -> Tensor { vector[range(of: tile)].unsqueezed(reduced) }

  private var reduced: Int { direction == .rows ? 1 : 0 }
  private var hasPositive: Tensor { positiveCount .> 0 }
  private var anchorCount: Tensor { hasPositive.sum().to(sum.type).clamped(min: 1) }

  private func takePositives(of logits: Tensor, tile: Tile, _ positives: Relation.Places) {
    switch positives {
    case .diagonals(let offsets):
      for diagonal in offsets.lazy.compactMap(tile.diagonal) {
        let anchors = direction == .rows ? diagonal.rows : diagonal.columns
        positiveSum[anchors].add(logits.diagonal(diagonal.offset))
        positiveCount[anchors].add(.ones([], type: sum.type, on: sum.device))
      }
    case .mask(let mask):
      let range = range(of: tile)
      positiveSum[range].add(logits.filled(where: !mask, with: 0).sum(reduced))
      positiveCount[range].add(mask.sum(reduced))
    }
  }

  private static func exponentials(_ logits: Tensor, _ reduced: Int, maximum: Tensor) -> Tensor {
    logits.subtract(maximum.unsqueezed(reduced))
    logits.exponentiate()
    return logits
  }
}
