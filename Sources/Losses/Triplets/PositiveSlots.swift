import Tensors

/// The positives of a few anchors, first those of rank 0 of every anchor, then of rank 1 and so on.
///
/// All triplets of *R* anchors are walked by rank: one rank gives at most one positive an anchor, and with all *M*
/// candidates as negatives a tile `[R, M]`. No list of triplets exists, nor one of all pairs.
struct PositiveSlots {
  /// A positive of every anchor that has one of this rank.
  struct Slot {
    /// The candidate, `int64`, `[R]`; 0 where there is none.
    let candidates: Tensor
    /// Whether there is one, `bool`, `[R]`.
    let exist: Tensor
  }

  let slots: [Slot]

  /// - Parameter positives: Which candidates are positives, `bool`, `[R, M]`.
  init(_ positives: Tensor) {
    let (rows, device) = (positives.shape[0], positives.device)
    var byRank: [(candidates: [Int], exist: [Bool])] = []
    var (row, rank) = (-1, 0)
    let indices = positives.nonZeroIndices().values(as: Int.self)
    for k in stride(from: 0, to: indices.count, by: 2) {
      rank = indices[k] == row ? rank + 1 : 0
      row = indices[k]
      if rank == byRank.count {
        byRank.append(([Int](repeating: 0, count: rows), [Bool](repeating: false, count: rows)))
      }
      byRank[rank].candidates[row] = indices[k + 1]
      byRank[rank].exist[row] = true
    }
    slots = byRank.map { candidates, exist in
      Slot(candidates: Tensor(candidates).to(device), exist: (Tensor(exist.map { $0 ? 1 : 0 }) .> 0).to(device))
    }
  }
}
