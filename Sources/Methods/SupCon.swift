public import Datasets
public import Images
public import Layers
import Losses
public import Models
import Tensors

/// SupCon: all views of all images of a class are each other's positives, those of other classes negatives.
///
///     h = f(view)   z = g(h)   loss = L_out(z; τ), the mean over positives outside the logarithm
///
/// An image without a class is a class of its own: its positive is its other view, as in SimCLR, of which this is the
/// generalisation. After the encoder is trained, the paper's second stage fits a linear classifier to the frozen *h*:
/// `kindred evaluate linear`.
///
/// Source: Khosla et al. "Supervised Contrastive Learning." NeurIPS 2020. <https://arxiv.org/abs/2004.11362>
public final class SupCon: Method {
  /// What can be chosen.
  public struct Options: Hashable, Sendable, Codable {
    /// The encoder f.
    public let encoder: ImageEncoderRecipe
    /// The head g: two layers, 128 out, as the paper's (section 3.1).
    public let head: ProjectionHead.Recipe
    /// τ: the paper's 0.1 (section 4.1).
    public let temperature: Double
    /// How both views are made.
    public let view: ViewRecipe
    /// Which labels; the source's main ones unless told.
    public let label: String?

    /// Creates options; the view is that of the authors' code unless told.
    public init(
      encoder: ImageEncoderRecipe, imageSize: Int, head: ProjectionHead.Recipe = .simCLR, temperature: Double? = nil,
      view: ViewRecipe? = nil, label: String? = nil
    ) {
      self.encoder = encoder
      self.head = head
      self.temperature = temperature ?? 0.1
      self.view = view ?? .supContrast(size: imageSize)
      self.label = label
    }
  }

  /// Everything that learns.
  public let tree: ParameterTree

  /// The encoder.
  public var model: EmbeddingModel { projected.model }

  /// Two views by one recipe, and the class.
  public let batchRecipe: BatchRecipe

  private let projected: ProjectedViews
  private let loss: SupConLoss

  /// Declares the encoder and the head in a tree.
  public init(_ options: Options, in tree: ParameterTree) {
    self.tree = tree
    projected = ProjectedViews(options.encoder, options.head, side: options.view.size.width, in: tree)
    loss = SupConLoss(temperature: options.temperature)
    batchRecipe = BatchRecipe(views: [options.view, options.view], labels: .named(options.label))
  }

  /// Embeds both views, `[2N, D]`, and compares them by class.
  public func step(_ batch: ExampleBatch, _ context: StepContext) -> StepResult {
    let (h, views) = projected(batch, context)
    return StepResult(loss: loss(views, labels: Tensor(batch.labels).to(h.device)), embeddings: h)
  }
}
