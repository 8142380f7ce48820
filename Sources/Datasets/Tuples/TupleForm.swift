/// What a row of a table of tuples says of the items that it names, be they images or texts.
public enum TupleForm: Hashable, Sendable, Codable, CustomStringConvertible {
  /// An item of which nothing is told.
  case items
  /// An item and its class.
  case classifiedItems
  /// Two items that belong together.
  case pairs
  /// Two items, and whether they belong together: 1, or do not: 0.
  case labeledPairs
  /// Two items, and how alike they are: a number.
  case gradedPairs
  /// Two items, and which of several relations holds between them, such as entailment.
  case classifiedPairs
  /// An anchor, a positive that belongs to it, and so many negatives that do not.
  case triplets(negatives: Int)

  /// The number of items that a row names.
  public var width: Int {
    switch self {
    case .items, .classifiedItems: 1
    case .pairs, .labeledPairs, .gradedPairs, .classifiedPairs: 2
    case .triplets(let negatives): 2 + negatives
    }
  }

  /// What rows are, for a person: `pairs with labels`.
  public var description: String {
    switch self {
    case .items: "single items"
    case .classifiedItems: "single items with classes"
    case .pairs: "pairs that belong together"
    case .labeledPairs: "pairs with labels 1 and 0"
    case .gradedPairs: "pairs with grades"
    case .classifiedPairs: "pairs with classes"
    case .triplets(1): "triplets"
    case .triplets(let negatives): "tuples of anchor, positive and \(negatives) negatives"
    }
  }
}
