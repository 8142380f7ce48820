public import Datasets
public import Evaluation
import Inference
public import Layers
import Models
import Tensors

/// An encoder with a linear layer of classes on top, both of which learn.
public final class FineTunedClassifier {
  /// Everything that learns: the encoder's parameters begin with `model.`, those of the classes with `classifier.`.
  public let tree: ParameterTree

  private let model: EmbeddingModel
  private let precision: Precision
  private let classifier: Linear

  /// Copies a model's encoder and puts a new layer on it.
  init(copying trained: TrainedModel, classes: Int, seed: UInt64) throws {
    tree = ParameterTree(seed: seed, on: trained.tree.device)
    model = EmbeddingModel(tree.root / "model", trained.model.recipe)
    precision = trained.precision
    classifier = Linear(tree.root / "classifier", from: model.size, to: classes)
    var values = tree.snapshot()
    for (name, value) in trained.tree.snapshot() { values["model.\(name)"] = value }
    try tree.load(values, from: "the model")
  }

  /// The mean cross entropy of a batch of labelled images.
  func loss(of batch: ExampleBatch, _ mode: Mode) -> Tensor {
    let logits = withPrecision(precision, on: tree.device) {
      classifier(model.images(batch.pixels, mode), mode)
    }.to(.float32)
    return logits.crossEntropy(Tensor(batch.labels).to(tree.device))
  }

  /// How often it tells the class of items that can be decoded.
  ///
  /// - Parameters:
  ///   - source: Where the images are.
  ///   - items: Items that have a label.
  ///   - labels: The class of every item.
  ///   - broken: Notes items that cannot be decoded, which are left out.
  /// - Throws: `InputError` when too many items are broken.
  public func accuracy(
    on source: any ImageSource, items: [Int], labels: [Int], leavingOut broken: BrokenItems
  ) throws -> ClassificationAccuracy {
    let truth = Dictionary(uniqueKeysWithValues: zip(items, labels))
    let found = try TrainedModel(model, in: tree, precision: precision)
      .embeddings(of: source, items: items, leavingOut: broken)
    let logits = withoutGradient { classifier(found.vectors.to(tree.device)).to(.cpu) }
    return ClassificationAccuracy(scores: logits, labels: found.items.map { truth[$0]! })
  }
}
