public import Datasets
public import Images
public import Layers
import Losses
public import Models
import Tensors

/// CLIP: of all pairings of a batch's images with its texts, the true ones are to have the highest cosine similarity.
///
///     loss = ½ (cross entropy over each image's texts + cross entropy over each text's images)
///     logits = e^s · ⟨image, text⟩ / (‖image‖ ‖text‖)
///
/// A text of the batch that is true of an image without having been drawn for it (both are hearts, and the text is
/// "heart") is neither right nor wrong for it: unlike the authors', whose captions hardly ever fit two images, the words
/// of small collections fit many.
///
/// The scale e^s is learned; s begins at ln(1/0.07) and is kept within 0 ... ln 100, as the authors have it.
///
/// Source: Radford et al. "Learning Transferable Visual Models From Natural Language Supervision." ICML 2021,
/// figure 3 and section 2.5. <https://arxiv.org/abs/2103.00020>
public final class CLIP: Method {
  /// What can be chosen.
  public struct Options: Hashable, Sendable, Codable {
    /// The encoder of images.
    public let imageEncoder: ImageEncoderRecipe
    /// The encoder of texts.
    public let textEncoder: TextEncoderRecipe
    /// The length of the embeddings.
    public let sharedSize: Int
    /// How an image is varied.
    public let view: ViewRecipe
    /// How a text is drawn.
    public let captions: CaptionRecipe

    /// Creates options.
    public init(
      imageEncoder: ImageEncoderRecipe, textEncoder: TextEncoderRecipe, view: ViewRecipe, sharedSize: Int = 256,
      captions: CaptionRecipe = CaptionRecipe()
    ) {
      self.imageEncoder = imageEncoder
      self.textEncoder = textEncoder
      self.sharedSize = sharedSize
      self.view = view
      self.captions = captions
    }
  }

  /// Everything that learns.
  public let tree: ParameterTree

  /// The two towers.
  public let model: EmbeddingModel

  /// One view and one text.
  public let batchRecipe: BatchRecipe

  private let logScale: Parameter

  /// Declares the towers and the scale in a tree.
  public init(_ options: Options, in tree: ParameterTree) {
    self.tree = tree
    model = EmbeddingModel(
      tree.root / "model",
      EmbeddingModelRecipe(
        imageEncoder: options.imageEncoder, preprocessing: .clip(side: options.view.size.width),
        textEncoder: options.textEncoder, sharedSize: options.sharedSize))
    logScale = tree.root.parameter("logit_scale", [], .constant(CLIPLoss.initialLogScale), .scale)
    batchRecipe = BatchRecipe(views: [options.view], captions: options.captions)
  }

  /// Embeds images and texts, `[N, D]` each, and compares every image with every text.
  public func step(_ batch: ExampleBatch, _ context: StepContext) -> StepResult {
    let images = context.encoding(batch.rows) { [model] in model.images(batch.pixels(of: $0), $1) }
    let texts = context.encoding(batch.rows) { [model] in model.texts(Array(batch.captions[$0]), $1) }
    let shared = batch.sharedTexts
    return StepResult(
      loss: CLIPLoss()(
        images, texts, logScale: logScale.value,
        sharing: IgnoredPairs(candidates: shared.texts, anchors: shared.truths)),
      embeddings: images,
      figures: ["scale": logScale.value.detached().exp()])
  }

  /// Keeps s within 0 ... ln 100.
  public func didUpdate() {
    logScale.value.assign(logScale.value.detached().clamped(min: 0, max: CLIPLoss.largestLogScale))
  }
}
