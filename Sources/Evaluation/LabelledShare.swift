import Basics

/// Some of the labelled items, as many of each class as its share: what is left when labels are rare.
///
/// Of a class of *n* items max(1, round(fraction·*n*)) are taken, the first in an order of the class drawn from (seed,
/// class): a smaller share of the same seed is part of a larger one.
///
/// Source: Chen et al. "A Simple Framework for Contrastive Learning of Visual Representations." ICML 2020, section 6.2: 1 %
/// and 10 % of the labels "in a class-balanced way". <https://arxiv.org/abs/2002.05709>
public struct LabelledShare: Hashable, Sendable, Codable {
  /// The share of every class, above 0 and 1 at most.
  public let fraction: Double

  /// What the orders are drawn from.
  public let seed: UInt64

  /// Creates a share.
  public init(_ fraction: Double, seed: UInt64 = 1) {
    precondition(0 < fraction && fraction <= 1, "a share lies above 0 and at 1 at most, not at \(fraction)")
    (self.fraction, self.seed) = (fraction, seed)
  }

  /// The places of the items that keep their label, ascending.
  ///
  /// - Parameter labels: The class of every item, nil where it is not known.
  public func places(of labels: [Int?]) -> [Int] {
    let members = Dictionary(grouping: labels.indices.filter { labels[$0] != nil }, by: { labels[$0]! })
    return members.flatMap { name, items in
      var stream = RandomStream(seed: seed, name)
      let count = max(1, Int((fraction * Double(items.count)).rounded()))
      return stream.permutation(of: items.count).prefix(count).map { items[$0] }
    }.sorted()
  }
}
