public import Tensors

/// Which candidates are an anchor's positives, and which are not compared with it at all.
///
/// All others are its negatives. A relation never holds an *N* × *M* mask: it answers for one tile of rows (anchors)
/// and columns (candidates) at a time, from indices or labels.
public enum Relation {
  /// The positive of anchor *i* is candidate *i*. There may be more candidates than anchors: the further ones are
  /// negatives of all.
  case aligned

  /// As `aligned`, but some pairs are neither positive nor negative.
  case alignedIgnoring(IgnoredPairs)

  /// Anchors and candidates are the same rows: this many views of every example, all first views, then all second
  /// ones, and so on. A row's positives are the other views of its example; it is not compared with itself.
  case views(Int)

  /// An anchor's positives are the candidates that bear its label.
  ///
  /// - Parameters:
  ///   - anchors: `int64`, `[N]`.
  ///   - candidates: `int64`, `[M]`.
  ///   - excludingSelf: Whether anchor *i* and candidate *i* are the same example, not to be compared.
  case labels(anchors: Tensor, candidates: Tensor, excludingSelf: Bool)

  /// Anchors and candidates are the same rows, with these labels: a row's positives are the other rows that bear its
  /// label.
  public static func labels(_ labels: [Int]) -> Relation {
    let tensor = Tensor(labels)
    return .labels(anchors: tensor, candidates: tensor, excludingSelf: true)
  }
}

extension Relation {
  /// Elements of a tile.
  enum Places {
    /// Those on diagonals: all (row, column) with column − row equal to one of the offsets, counted in the whole matrix.
    case diagonals([Int])
    /// Those where a mask of the tile's shape is true.
    case mask(Tensor)
  }

  /// The places of a tile that are not compared.
  func ignored(in tile: Tile) -> Places {
    switch self {
    case .aligned, .labels(_, _, excludingSelf: false): .diagonals([])
    case .alignedIgnoring(let pairs): .mask(pairs.mask(in: tile))
    case .views, .labels(_, _, excludingSelf: true): .diagonals([0])
    }
  }

  /// The positive places of a tile.
  ///
  /// - Parameter count: The number of anchors in all.
  func positives(in tile: Tile, of count: Int) -> Places {
    switch self {
    case .aligned, .alignedIgnoring:
      return .diagonals([0])
    case .views(let views):
      let examples = count / views
      return .diagonals((1 - views..<views).filter { $0 != 0 }.map { $0 * examples })
    case .labels(let anchors, let candidates, let excludingSelf):
      let mask = anchors[tile.rows].unsqueezed(1) .== candidates[tile.columns].unsqueezed(0)
      if excludingSelf, let diagonal = tile.diagonal(0) {
        withoutGradient { mask.diagonal(diagonal.offset).fill(0) }
      }
      return .mask(mask)
    }
  }

  /// The relation with its labels on a device.
  func on(_ device: Device) -> Relation {
    guard case .labels(let anchors, let candidates, let excludingSelf) = self else { return self }
    return .labels(anchors: anchors.to(device), candidates: candidates.to(device), excludingSelf: excludingSelf)
  }

  /// Traps unless the relation can hold between so many rows.
  func check(anchors: Int, candidates: Int) {
    switch self {
    case .aligned:
      precondition(
        anchors <= candidates,
        "aligned: every anchor needs its candidate, got \(anchors) anchors, \(candidates) candidates")
    case .alignedIgnoring(let pairs):
      precondition(
        pairs.anchors.count == anchors && pairs.candidates.count == candidates && anchors <= candidates,
        "aligned, ignoring pairs: expected keys of \(anchors) anchors and \(candidates) candidates or more, got "
          + "\(pairs.anchors.count) and \(pairs.candidates.count)")
    case .views(let views):
      precondition(views >= 2, "views: a positive takes two views or more, not \(views)")
      precondition(
        anchors == candidates && anchors % views == 0,
        "views: expected \(views) rows an example, anchors and candidates alike; got \(anchors) and \(candidates)")
    case .labels(let anchorLabels, let candidateLabels, let excludingSelf):
      precondition(
        anchorLabels.shape == [anchors] && candidateLabels.shape == [candidates],
        "labels: expected [\(anchors)] and [\(candidates)], got \(anchorLabels.shape) and \(candidateLabels.shape)")
      precondition(
        !excludingSelf || anchors == candidates,
        "labels: only equal rows can exclude themselves, got \(anchors) anchors, \(candidates) candidates")
    }
  }
}
