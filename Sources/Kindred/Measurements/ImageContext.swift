/// A model and the source of images it is measured on, with the baselines that stand beside it.
public struct ImageContext {
  /// The model.
  public let model: TrainedModel
  /// The source.
  public let source: any ImageSource
  /// The items that could not be decoded so far, and are left out.
  public let broken: BrokenItems

  /// What embeds.
  enum Encoder: String, CaseIterable {
    case model = "model"
    /// The image scaled to 32 × 32, as 3,072 numbers.
    case rawPixels = "raw pixels"
    /// The same model with weights drawn from a seed: what training began with.
    case untrained = "untrained"
  }

  private let cache: EmbeddingCache?
  private let contents: ContentDigests
  private let scaledSide: Int?

  /// Creates a context.
  ///
  /// - Parameter cache: Where embeddings are looked for before they are computed, and kept after.
  public init(model: TrainedModel, source: any ImageSource, cache: EmbeddingCache? = nil) {
    self.init(model, source, BrokenItems(among: source.count), cache, ContentDigests(of: source), nil)
  }

  private init(
    _ model: TrainedModel, _ source: any ImageSource, _ broken: BrokenItems, _ cache: EmbeddingCache?,
    _ contents: ContentDigests, _ scaledSide: Int?
  ) {
    (self.model, self.source, self.broken) = (model, source, broken)
    (self.cache, self.contents, self.scaledSide) = (cache, contents, scaledSide)
  }

  /// The same with images that are decoded once, for views of a side.
  func scaled(toSide side: Int) -> ImageContext {
    ImageContext(model, PixelCache(source, side: side), broken, cache, contents, side)
  }

  /// Embeds items by the model, by their raw pixels, and by the untrained model.
  ///
  /// - Parameter view: What is done to every image first.
  /// - Throws: `InputError` when too many items cannot be decoded.
  func embedded(_ items: [Int], seenAs view: ItemView? = nil) throws -> EmbeddedItems {
    let own = try embeddings(of: items, by: .model, seenAs: view)
    return EmbeddedItems(
      items: own.items,
      vectors: [(Encoder.model.rawValue, own.vectors)]
        + (try [.rawPixels, .untrained].map { encoder in
          (encoder.rawValue, try embeddings(of: own.items, by: encoder, seenAs: view).vectors)
        }))
  }

  /// Embeds those of some items that can be decoded.
  ///
  /// - Throws: `InputError` when none or too few can.
  func embeddings(
    of items: [Int], by encoder: Encoder, seenAs view: ItemView? = nil
  ) throws -> (items: [Int], vectors: Tensor) {
    let key = cache == nil ? nil : key(items, encoder, view)
    if let key, let entry = cache?.entry(key), try leavesOut(entry, of: items) {
      return (entry.places.map { items[$0] }, encoder == .rawPixels ? pixelEmbeddings(entry.vectors) : entry.vectors)
    }
    let (kept, vectors) = try computed(items, encoder, view)
    guard items.isEmpty || !kept.isEmpty else {
      throw InputError(in: source.name, "none of \(items.count) images can be decoded")
    }
    // What changed meanwhile is not what its digest says.
    if let cache, let key, contents.areUnchanged(items) {
      let wanted = Set(kept)
      cache.keep(.init(places: items.indices.filter { wanted.contains(items[$0]) }, vectors: vectors), for: key)
    }
    return (kept, encoder == .rawPixels ? pixelEmbeddings(vectors) : vectors)
  }

  /// Embeds texts by the model or the untrained one.
  func embeddings(of texts: [String], by encoder: Encoder) throws -> Tensor {
    try (encoder == .model ? model : untrained).embeddings(of: texts)
  }

  /// The model with weights drawn from a seed: what training began with.
  var untrained: TrainedModel {
    TrainedModel(untrained: model.model.recipe, seed: 1, on: model.tree.device, precision: model.precision)
  }

  /// Embeddings `[N, D]`, or of raw pixels these themselves, a byte each.
  private func computed(
    _ items: [Int], _ encoder: Encoder, _ view: ItemView?
  ) throws -> (items: [Int], vectors: Tensor) {
    let transform: @Sendable (Image, Int) -> Image = { image, item in view?(image, of: item) ?? image }
    switch encoder {
    case .model:
      return try model.embeddings(of: source, items: items, leavingOut: broken, transform: transform)
    case .untrained:
      return try untrained.embeddings(of: source, items: items, leavingOut: broken, transform: transform)
    case .rawPixels:
      return try pixels(of: source, items: items, leavingOut: broken, side: 32, transform: transform)
    }
  }

  private func key(_ items: [Int], _ encoder: Encoder, _ view: ItemView?) -> Digest {
    let encoder: Digest =
      switch encoder {
      case .model: EmbeddingKey.encoder(model)
      case .untrained: EmbeddingKey.encoder(untrained: model.model.recipe, seed: 1, like: model)
      case .rawPixels: Digest(of: "pixels 32")
      }
    return EmbeddingKey.key(
      encoder: encoder, content: contents.digest(of: items), items: items, view: view, scaledTo: scaledSide)
  }

  /// Notes the items that an entry leaves out, as embedding them anew would.
  ///
  /// - Returns: Whether none of them can be decoded after all.
  private func leavesOut(_ entry: EmbeddingCache.Entry, of items: [Int]) throws -> Bool {
    let kept = Set(entry.places)
    guard kept.isSubset(of: items.indices) else { return false }
    for place in items.indices where !kept.contains(place) {
      if try broken.skipping(items[place], { try source.image(of: items[place]) }) != nil { return false }
    }
    return true
  }
}

/// Items as all that is compared sees them: `vectors` are of `items` in their order.
struct EmbeddedItems {
  /// The items; those that cannot be decoded are left out.
  let items: [Int]
  /// The embeddings `[N, D]` by the model and its baselines.
  let vectors: [(name: String, vectors: Tensor)]
}
