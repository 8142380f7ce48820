public import Datasets
public import Images
public import Layers
public import Models
import Tensors

/// Classification by cross entropy: the baseline that learning by comparing is held against.
///
///     h = f(view)   loss = −log softmax(W·h + b)[class], the mean over all views of images with a class
///
/// The encoder is shown as many views by the same recipe as `SupCon`, so that the two differ in nothing but what is asked
/// of them. The classifier W is thrown away; the embedding is *h*.
public final class CrossEntropy: Method {
  /// What can be chosen.
  public struct Options: Hashable, Sendable, Codable {
    /// The encoder f.
    public let encoder: ImageEncoderRecipe
    /// The number of classes.
    public let classes: Int
    /// How views are made.
    public let view: ViewRecipe
    /// How many views of an image a step shows.
    public let views: Int
    /// Which labels; the source's main ones unless told.
    public let label: String?

    /// Creates options; the view is that of `SupCon` unless told.
    public init(
      encoder: ImageEncoderRecipe, classes: Int, imageSize: Int, view: ViewRecipe? = nil, views: Int = 2,
      label: String? = nil
    ) {
      self.encoder = encoder
      self.classes = classes
      self.view = view ?? .supContrast(size: imageSize)
      self.views = views
      self.label = label
    }
  }

  /// Everything that learns.
  public let tree: ParameterTree

  /// The encoder.
  public let model: EmbeddingModel

  /// Views by one recipe, and the class.
  public let batchRecipe: BatchRecipe

  private let classifier: Linear

  /// Declares the encoder and the classifier in a tree.
  public init(_ options: Options, in tree: ParameterTree) {
    self.tree = tree
    model = EmbeddingModel(
      tree.root / "model",
      EmbeddingModelRecipe(imageEncoder: options.encoder, preprocessing: .unit(side: options.view.size.width)))
    classifier = Linear(tree.root / "classifier", from: model.size, to: options.classes)
    batchRecipe = BatchRecipe(
      views: Array(repeating: options.view, count: options.views), labels: .named(options.label))
  }

  /// Embeds all views, `[V·N, features]`, and classifies those of images with a class; the loss of a batch without any is
  /// 0.
  public func step(_ batch: ExampleBatch, _ context: StepContext) -> StepResult {
    let h = context.encoding(batch.rows) { [model] in model.images(batch.pixels(of: $0), $1) }
    let logits = context.encoding { classifier(h, context.mode) }
    let labels = (0..<batch.viewCount).flatMap { _ in batch.labels }
    let known = labels.indices.filter { labels[$0] >= 0 }
    guard !known.isEmpty else { return StepResult(loss: logits.sum() * 0, embeddings: h) }
    let targets = Tensor(known.map { labels[$0] }).to(h.device)
    let asked = known.count == labels.count ? logits : logits.items(at: known)
    return StepResult(loss: asked.crossEntropy(targets), embeddings: h)
  }
}
