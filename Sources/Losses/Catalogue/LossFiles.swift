/// Which arrays a loss takes beside its first one, and what they are to it.
public struct LossFiles: Hashable, Sendable {
  /// Whether an array must be there.
  public enum Need: Hashable, Sendable { case none, optional, required }

  /// What the second array is to the first.
  public enum Second: Hashable, Sendable {
    /// There is none.
    case none
    /// Row *i* belongs to row *i* of the first.
    case partner
    /// Row *i* belongs to row *i* of the first, or is another view of it, or there is none.
    case optionalPartner
    /// Row *i* is another view of row *i*; without it, the first array is all there is.
    case optionalView
    /// Learned proxies or centres of the classes, in their order.
    case proxies
  }

  /// The second array.
  public let second: Second
  /// Classes of rows.
  public let labels: Need
  /// A label or a grade for every pair.
  public let pairs: Need
  /// Negatives that are told: one or more rows for every row of the first array, or any number where rows have none of
  /// their own.
  public let negatives: Need
  /// Embeddings of earlier batches.
  public let queue: Need

  init(
    _ second: Second, labels: Need = .none, pairs: Need = .none, negatives: Need = .none, queue: Need = .none
  ) {
    self.second = second
    self.labels = labels
    self.pairs = pairs
    self.negatives = negatives
    self.queue = queue
  }

  /// One array.
  package static let rows = LossFiles(.none)
  /// Two views, or the sides of pairs.
  package static let pairs = LossFiles(.partner)
  /// Pairs, and hard negatives if there are any.
  package static let pairsAndNegatives = LossFiles(.partner, negatives: .optional)
  /// Rows with classes; of two arrays the second is another view of the first.
  package static let classes = LossFiles(.optionalView, labels: .required)
  /// Two views, or rows with classes.
  package static let classesOrViews = LossFiles(.optionalView, labels: .optional)
  /// Rows with classes, and a proxy for each of these.
  package static let proxies = LossFiles(.proxies, labels: .required)
  /// Queries, their keys, and earlier keys.
  package static let queue = LossFiles(.partner, queue: .required)
  /// Pairs that belong together or do not.
  package static let labeledPairs = LossFiles(.partner, pairs: .required)
  /// Pairs with grades.
  package static let gradedPairs = labeledPairs
  /// Anchors, positives, negatives.
  package static let triplets = LossFiles(.partner, negatives: .required)
  /// Pairs with labels, or rows with classes where there is no second array.
  package static let labeledPairsOrClasses = LossFiles(.optionalPartner, labels: .optional, pairs: .optional)
  /// Anchors, positives, negatives, or rows with classes where there are no negatives; of two arrays the second is then
  /// another view of the first.
  package static let tripletsOrClasses = LossFiles(.optionalView, labels: .optional, negatives: .optional)
}
