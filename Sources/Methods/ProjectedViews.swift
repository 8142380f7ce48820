import Datasets
import Layers
import Models
import Tensors

/// What methods that compare views of images have in common: an encoder *f*, and a head *g* that only the loss sees.
///
///     h = f(view)   z = g(h)
///
/// All views go through the encoder in one pass, so that batch normalisation sees them together.
struct ProjectedViews {
  let model: EmbeddingModel
  private let head: ProjectionHead

  /// Declares both in a tree, as `model` and `head`.
  init(_ encoder: ImageEncoderRecipe, _ head: ProjectionHead.Recipe, side: Int, in tree: ParameterTree) {
    model = EmbeddingModel(
      tree.root / "model", EmbeddingModelRecipe(imageEncoder: encoder, preprocessing: .unit(side: side)))
    self.head = ProjectionHead(tree.root / "head", from: model.size, head)
  }

  /// Embeds all views of a batch: *h*, `[V·N, features]`, and *z* a view, `[N, D]` each.
  func callAsFunction(_ batch: ExampleBatch, _ context: StepContext) -> (embeddings: Tensor, views: [Tensor]) {
    var h: Tensor?
    let z = context.encoding {
      h = model.images(batch.pixels, context.mode)
      return head(h!, context.mode)
    }
    return (h!, z.split(into: batch.items.count))
  }
}
