import Basics
public import Images

/// Makes the batch of any step of a run from the step's number alone.
///
/// The order of an epoch, the choices of every view and the drawing of every caption come from streams named by
/// (seed, epoch, item, …): batches are the same whichever thread makes them, in whatever order, in a run that was
/// interrupted or not.
public struct BatchMaker: Sendable {
  private let source: any ImageSource
  private let items: [Int]
  private let recipe: BatchRecipe
  private let seed: UInt64
  private let batches: Batches
  private let orders: EpochOrders
  private let broken: BrokenItems
  private let labels: Labels?
  private let sampler: ClassSampler?
  private let picture: @Sendable (Int) throws -> Picture

  /// Creates a maker.
  ///
  /// - Parameters:
  ///   - source: Where captions come from.
  ///   - items: The items to learn from.
  ///   - recipe: What to make of every item.
  ///   - batches: How many items make a batch.
  ///   - seed: What all choices come from.
  ///   - broken: Notes the items that cannot be read, which are left out.
  ///   - picture: Returns what views of an item are made of.
  public init(
    source: any ImageSource, items: [Int], recipe: BatchRecipe, batches: Batches, seed: UInt64,
    broken: BrokenItems, picture: @escaping @Sendable (Int) throws -> Picture
  ) {
    precondition(batches.items == items.count, "batches of \(batches.items) items for \(items.count) items")
    self.source = source
    self.items = items
    self.recipe = recipe
    self.seed = seed
    self.batches = batches
    orders = EpochOrders(EpochOrder(seed: seed, count: items.count), runs: source.runs?.among(items))
    self.broken = broken
    let labels = recipe.labels.map { recipe in
      guard let labeling = recipe.labeling(in: source) else {
        preconditionFailure("\(source.name) has no labels of the recipe's name: \(recipe)")
      }
      return labeling.labels
    }
    self.labels = labels
    sampler = recipe.perClass.map { perClass in
      ClassSampler(items, labels: labels!, perClass: perClass, batchSize: batches.size, seed: seed)
    }
    self.picture = picture
  }

  /// Returns the batch of a step, counted from 0 over all epochs.
  ///
  /// - Throws: `InputError` when too many items are broken.
  public func batch(ofStep step: Int) throws -> ExampleBatch {
    // An item that is drawn again, in the same batch or another, is seen in other views.
    let round = sampler == nil ? batches.position(ofStep: step).epoch : step
    var draws: [Int: Int] = [:]
    var kept: [Int] = []
    var texts: [[String]] = []
    var captions: [[Caption]] = []
    var views: [[Image]] = []  // of every item
    for item in items(ofStep: step) {
      let draw = draws[item, default: 0]
      draws[item] = draw + 1
      guard let made = try broken.skipping(item, { try self.views(of: item, epoch: round, draw: draw) }) else {
        continue
      }
      if let captionRecipe = recipe.captions {
        var stream = RandomStream(seed: seed, round, item, Self.captionStream + draw)
        let all = source.captions(of: item)
        let parts = captionRecipe.parts(of: all, using: &stream)
        if parts.isEmpty { continue }
        texts.append(parts)
        captions.append(all)
      }
      kept.append(item)
      views.append(made)
    }
    var pixels: [UInt8] = []
    pixels.reserveCapacity(recipe.views.count * kept.count * recipe.side * recipe.side * 3)
    for v in recipe.views.indices {
      for made in views { pixels += made[v].color().pixels }
    }
    return ExampleBatch(
      items: kept, viewCount: recipe.views.count, side: recipe.side, pixels: pixels,
      captions: texts.map { $0.joined(separator: " ") },
      labels: labels.map { labels in kept.map { labels[$0] ?? -1 - $0 } } ?? [],
      sharedTexts: SharedTexts(texts, among: captions))
  }

  /// The items of a step's batch.
  private func items(ofStep step: Int) -> [Int] {
    if let sampler { return sampler.items(ofStep: step) }
    let (epoch, batch) = batches.position(ofStep: step)
    return orders.order(ofEpoch: epoch)[batches.places(ofBatch: batch)].map { items[$0] }
  }

  /// The views of an item, whose choices come from its size before any pixel is decoded.
  private func views(of item: Int, epoch: Int, draw: Int) throws -> [Image] {
    let picture = try picture(item)
    return try picture.views(
      recipe.views.enumerated().map { v, recipe in
        (
          recipe,
          recipe.parameters(
            for: picture.size, seed: seed, epoch: epoch, index: item, view: v + draw * self.recipe.views.count)
        )
      })
  }

  /// The number that stands for captions where views have their own number.
  private static let captionStream = 1 << 20
}
