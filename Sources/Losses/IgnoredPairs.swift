import Tensors

/// Pairs of an anchor and a candidate that are neither positive nor negative, as keys: a candidate bears one key, an
/// anchor a set of them, and the pair is ignored where the candidate's key is in the anchor's set.
///
/// With images as anchors and texts as candidates a key is a text, and an anchor's set holds the texts of the batch
/// that are true of the image: none of them is wrong for it, whichever image it was drawn for. Memory grows with the
/// keys that are held, never with all pairs: 8,192 images of ten classes hold one key each, where their pairs are
/// 6.7 million.
public struct IgnoredPairs: Hashable, Sendable {
  /// The key of every candidate.
  public let candidates: [Int]

  /// For every anchor its set of keys.
  public let anchors: [[Int]]

  /// Creates the pairs.
  ///
  /// - Parameters:
  ///   - candidates: A key for each of *M* candidates.
  ///   - anchors: The keys of each of *N* anchors, each at most once; keys that no candidate bears mean nothing.
  public init(candidates: [Int], anchors: [[Int]]) {
    self.candidates = candidates
    self.anchors = anchors
  }

  /// Where the pairs lie in a tile: `bool`, `[rows, columns]`.
  ///
  /// Time: the tile's area once, and what is set in it.
  func mask(in tile: Tile) -> Tensor {
    let (rows, columns) = (tile.rows, tile.columns)
    let bearers = Dictionary(grouping: columns, by: { candidates[$0] })
    var mask = [Bool](repeating: false, count: rows.count * columns.count)
    for row in rows {
      for key in anchors[row] {
        for column in bearers[key] ?? [] {
          mask[(row - rows.lowerBound) * columns.count + column - columns.lowerBound] = true
        }
      }
    }
    return Tensor(mask, shape: [rows.count, columns.count])
  }
}
