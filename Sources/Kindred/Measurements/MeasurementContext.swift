/// A model and the source it is measured on, with the baselines that stand beside it.
public struct MeasurementContext {
  /// The model.
  public let model: TrainedModel
  /// The source.
  public let source: any ImageSource

  /// Creates a context.
  public init(model: TrainedModel, source: any ImageSource) {
    self.model = model
    self.source = source
  }

  /// The same model with weights drawn from a seed: what training began with.
  var untrained: TrainedModel {
    TrainedModel(untrained: model.model.recipe, seed: 1, on: model.tree.device, precision: model.precision)
  }

  /// The items kept for measuring.
  ///
  /// - Throws: `InputError` when there are none.
  func testItems() throws -> [Int] {
    guard !source.split.test.isEmpty else {
      throw InputError(in: source.name, "has no items kept for measuring", remedy: "put some into a folder called test")
    }
    return source.split.test
  }

  /// What embeds images: the model, the untrained model, raw pixels.
  func imageEmbedders() -> [(name: String, embed: ImageEmbedder)] {
    let (model, untrained, source) = (model, untrained, source)
    return [
      ("model", { try model.embeddings(of: source, items: $0, transform: $1) }),
      ("raw pixels", { try pixelEmbeddings(of: source, items: $0, side: 32, transform: $1) }),
      ("untrained", { try untrained.embeddings(of: source, items: $0, transform: $1) }),
    ]
  }

  /// Embeds items after a transformation of each image.
  typealias ImageEmbedder = ([Int], @escaping @Sendable (Image, Int) -> Image) throws -> Tensor

  /// The labels of a name, or the main ones.
  ///
  /// - Throws: `InputError` when there are none.
  func labeling(_ name: String?) throws -> Labeling {
    guard let main = source.labelings.first else {
      throw InputError(in: source.name, "has no labels", remedy: "put images of a class into a folder of its name")
    }
    guard let name else { return main }
    guard let labeling = source.labelings.first(where: { $0.name == name }) else {
      let names = source.labelings.map(\.name).joined(separator: ", ")
      throw InputError(in: source.name, "has no labels called '\(name)'", remedy: "choose one of \(names)")
    }
    return labeling
  }
}
