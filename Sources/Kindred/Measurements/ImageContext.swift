/// A model and the source of images it is measured on, with the baselines that stand beside it.
public struct ImageContext {
  /// The model.
  public let model: TrainedModel
  /// The source.
  public let source: any ImageSource
  /// The items that could not be decoded so far, and are left out.
  public let broken: BrokenItems

  /// Creates a context.
  public init(model: TrainedModel, source: any ImageSource) {
    self.init(model: model, source: source, broken: BrokenItems(among: source.count))
  }

  private init(model: TrainedModel, source: any ImageSource, broken: BrokenItems) {
    (self.model, self.source, self.broken) = (model, source, broken)
  }

  /// The same with images that are decoded once, for views of a side.
  func cached(side: Int) -> ImageContext {
    ImageContext(model: model, source: PixelCache(source, side: side), broken: broken)
  }

  /// The same model with weights drawn from a seed: what training began with.
  var untrained: TrainedModel {
    TrainedModel(untrained: model.model.recipe, seed: 1, on: model.tree.device, precision: model.precision)
  }

  /// Embeds items, each image transformed first, by the model, by its raw pixels, and by the untrained model.
  ///
  /// - Throws: `InputError` when too many items cannot be decoded.
  func embedded(
    _ items: [Int], transform: @escaping @Sendable (Image, Int) -> Image = { image, _ in image }
  ) throws -> EmbeddedItems {
    let own = try model.embeddings(of: source, items: items, leavingOut: broken, transform: transform)
    guard items.isEmpty || !own.items.isEmpty else {
      throw InputError(in: source.name, "none of \(items.count) images can be decoded")
    }
    return EmbeddedItems(
      items: own.items,
      vectors: [
        ("model", own.vectors),
        ("raw pixels", try pixelEmbeddings(of: source, items: own.items, side: 32, transform: transform)),
        ("untrained", try untrained.embeddings(of: source, items: own.items, transform: transform)),
      ])
  }
}

/// Items as all that is compared sees them: `vectors` are of `items` in their order.
struct EmbeddedItems {
  /// The items; those that cannot be decoded are left out.
  let items: [Int]
  /// The embeddings `[N, D]` by the model and its baselines.
  let vectors: [(name: String, vectors: Tensor)]
}
