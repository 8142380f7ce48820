import Datasets
import Layers
import Models
import Tensors

/// What methods that compare views of images have in common: an encoder *f*, and a head *g* that only the loss sees.
///
///     h = f(view)   z = g(h)
///
/// All views go through the encoder in one pass, so that batch normalisation sees them together, unless there are too
/// many for the memory; through the head they always do.
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
    let h = context.encoding(batch.rows) { [model] in model.images(batch.pixels(of: $0), $1) }
    let z = context.encoding { head(h, context.mode) }
    return (h, z.split(into: batch.items.count))
  }
}
