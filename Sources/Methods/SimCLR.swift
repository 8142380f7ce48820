public import Datasets
public import Images
public import Layers
import Losses
public import Models
import Tensors

/// SimCLR: two random views of an image are each other's positive, those of all other images in the batch negatives.
///
///     h = f(view)   z = g(h)   loss = NT-Xent(z₁, z₂; τ)
///
/// Both views go through the encoder in one pass, so that batch normalisation sees them together, as with the authors'
/// cross-replica statistics. The head g is thrown away; the embedding is h.
///
/// Source: Chen, Kornblith, Norouzi, Hinton. "A Simple Framework for Contrastive Learning of Visual
/// Representations." ICML 2020. <https://arxiv.org/abs/2002.05709>
public final class SimCLR: Method {
  /// What can be chosen.
  public struct Options: Hashable, Sendable, Codable {
    /// The encoder f.
    public let encoder: ImageEncoderRecipe
    /// The head g.
    public let head: ProjectionHead.Recipe
    /// τ: 0.1 is the authors' on ImageNet and the default of their code; on CIFAR-10 they use 0.5 for long runs
    /// (appendix B.9). The shorter the run, the more a low one helps (table 5).
    public let temperature: Double
    /// How both views are made.
    public let view: ViewRecipe

    /// Creates options; the view is the authors' for the size unless told.
    public init(
      encoder: ImageEncoderRecipe, imageSize: Int, head: ProjectionHead.Recipe = .simCLR, temperature: Double? = nil,
      view: ViewRecipe? = nil
    ) {
      self.encoder = encoder
      self.head = head
      self.temperature = temperature ?? 0.1
      self.view = view ?? .simCLR(size: imageSize)
    }
  }

  /// Everything that learns.
  public let tree: ParameterTree

  /// The encoder.
  public var model: EmbeddingModel { projected.model }

  /// Two views by one recipe.
  public let batchRecipe: BatchRecipe

  private let projected: ProjectedViews
  private let loss: NTXentLoss

  /// Declares the encoder and the head in a tree.
  public init(_ options: Options, in tree: ParameterTree) {
    self.tree = tree
    projected = ProjectedViews(options.encoder, options.head, side: options.view.size.width, in: tree)
    loss = NTXentLoss(temperature: options.temperature)
    batchRecipe = BatchRecipe(views: [options.view, options.view])
  }

  /// Embeds both views, `[2N, D]`, and compares them.
  public func step(_ batch: ExampleBatch, _ context: StepContext) -> StepResult {
    let (h, views) = projected(batch, context)
    return StepResult(loss: loss(views), embeddings: h)
  }
}
