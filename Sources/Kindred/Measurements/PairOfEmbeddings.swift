/// Embeddings of the same items by two models.
struct PairOfEmbeddings {
  /// The items.
  let items: [Int]

  /// A row an item by the first and by the second model; their lengths may differ.
  let both: [Tensor]

  /// Takes over embeddings.
  init(items: [Int], both: [Tensor]) {
    (self.items, self.both) = (items, both)
  }

  /// Embeds items, each image transformed first, leaving out those that one of the models cannot see.
  ///
  /// - Throws: `InputError` when no image can be decoded, or too many cannot.
  init(
    _ first: TrainedModel, _ second: TrainedModel, of source: any ImageSource, items: [Int],
    leavingOut broken: BrokenItems, transform: @escaping @Sendable (Image, Int) -> Image = { image, _ in image }
  ) throws {
    let seen = try first.embeddings(of: source, items: items, leavingOut: broken, transform: transform)
    let again = try second.embeddings(of: source, items: seen.items, leavingOut: broken, transform: transform)
    guard !again.items.isEmpty else {
      throw InputError(in: source.name, "none of \(items.count) images can be decoded")
    }
    let kept = Set(again.items)
    let places = seen.items.indices.filter { kept.contains(seen.items[$0]) }
    self.init(items: again.items, both: [seen.vectors.items(at: places), again.vectors])
  }

  /// The items that a condition holds for.
  func kept(_ condition: (Int) -> Bool) -> PairOfEmbeddings {
    let places = items.indices.filter { condition(items[$0]) }
    return PairOfEmbeddings(items: places.map { items[$0] }, both: both.map { $0.items(at: places) })
  }
}
