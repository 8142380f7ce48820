public import Tensors

/// Which candidates are an anchor's positives, and which are not compared with it at all. All others are its negatives.
///
/// A relation never holds an *N* × *M* mask: it gives every anchor and every candidate a key, and answers for one tile
/// of rows (anchors) and columns (candidates) at a time. It speaks of one group of candidates; an anchor may be
/// compared with several groups, each by its own relation (`Comparison.adding`).
///
///     .views(2)                                   // NT-Xent: rows among themselves
///     .labels(y)                                  // SupCon: rows among themselves, by class
///     .aligned.ignoring(ids, ids)                 // CLIP, where texts that are true of the same image do not count
///     .negatives                                  // a queue, or explicit hard negatives: negatives of all
///     .labels(anchors: y, candidates: memory)     // a memory with labels
///     .negatives.excludingSelf()                  // queries among themselves
public struct Relation {
  var positive: Rule
  /// Never compared, positive or not: a row with itself.
  var excluded: Rule?
  /// Not compared unless positive.
  var ignored: Rule?

  /// The positive of anchor *i* is candidate *i*. There may be more candidates than anchors: the further ones are
  /// negatives of all.
  public static var aligned: Relation { Relation(positive: .aligned) }

  /// Every candidate is a negative of every anchor: a queue, or hard negatives that all anchors share.
  public static var negatives: Relation { Relation(positive: .none) }

  /// Every candidate is a positive of every anchor.
  public static var positives: Relation { Relation(positive: .all) }

  /// Anchors and candidates are the same rows: this many views of every example, all first views, then all second
  /// ones, and so on. A row's positives are the other views of its example; it is not compared with itself.
  public static func views(_ count: Int) -> Relation {
    precondition(count >= 2, "views: a positive takes two views or more, not \(count)")
    return Relation(positive: .views(count), excluded: .aligned)
  }

  /// Anchors and candidates are the same rows, with these labels: a row's positives are the other rows that bear its
  /// label; it is not compared with itself.
  ///
  /// - Parameter labels: `int64`, `[N]`.
  public static func labels(_ labels: Tensor) -> Relation {
    Relation(positive: .labels(labels, labels), excluded: .aligned)
  }

  /// Anchors and candidates are the same rows, with these labels.
  public static func labels(_ labels: [Int]) -> Relation { .labels(Tensor(labels)) }

  /// An anchor's positives are the candidates that bear its label. All candidates are compared, also those of equal
  /// place: see `excludingSelf()`.
  ///
  /// - Parameters:
  ///   - anchors: `int64`, `[N]`.
  ///   - candidates: `int64`, `[M]`.
  public static func labels(anchors: Tensor, candidates: Tensor) -> Relation {
    Relation(positive: .labels(anchors, candidates))
  }

  /// An anchor's positives are the candidates of a lower grade than its own; those of an equal or a higher one are its
  /// negatives.
  ///
  /// - Parameters:
  ///   - anchors: Any numbers, `[N]`.
  ///   - candidates: `[M]`.
  public static func graded(anchors: Tensor, candidates: Tensor) -> Relation {
    Relation(positive: .lower(anchors, candidates))
  }

  /// The positives are these pairs of an anchor's and a candidate's index, in any order; a pair may occur twice. They
  /// are kept as a list, and looked up for every tile.
  public static func pairs(_ pairs: [(anchor: Int, candidate: Int)]) -> Relation {
    Relation(positive: .pairs(PairList(pairs)))
  }

  /// The positives are some pairs of an anchor's and a candidate's index, the negatives others, and nothing else is
  /// compared: what a miner chose. A pair that occurs twice counts once.
  public static func pairs(
    positives: [(anchor: Int, candidate: Int)], negatives: [(anchor: Int, candidate: Int)]
  ) -> Relation {
    Relation(positive: .pairs(PairList(positives)), ignored: .not(.pairs(PairList(negatives))))
  }

  /// The relation where anchor *i* and candidate *i* are the same example, and not compared.
  public func excludingSelf() -> Relation {
    var result = self
    result.excluded = .aligned
    return result
  }

  /// The relation where an anchor is not compared with these candidates, be they positives or not.
  ///
  /// - Parameter pairs: An anchor's and a candidate's index each.
  public func excluding(_ pairs: [(anchor: Int, candidate: Int)]) -> Relation {
    var result = self
    result.excluded = excluded.map { .either($0, .pairs(PairList(pairs))) } ?? .pairs(PairList(pairs))
    return result
  }

  /// The relation where candidates that bear an anchor's identity are no negatives of it: where they are not its
  /// positives, they are not compared.
  ///
  /// So a text that describes another picture of the same thing is not pushed away from it.
  ///
  /// - Parameters:
  ///   - anchors: `int64`, `[N]`.
  ///   - candidates: `int64`, `[M]`.
  public func ignoring(_ anchors: Tensor, _ candidates: Tensor) -> Relation { ignoring(.labels(anchors, candidates)) }

  /// The relation where a candidate whose key is in an anchor's set is no negative of it: where it is not its positive,
  /// the two are not compared.
  public func ignoring(_ pairs: IgnoredPairs) -> Relation { ignoring(.keys(pairs)) }

  private func ignoring(_ rule: Rule) -> Relation {
    var result = self
    result.ignored = ignored.map { .either($0, rule) } ?? rule
    return result
  }
}
