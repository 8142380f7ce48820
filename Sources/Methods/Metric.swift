public import Datasets
public import Images
public import Layers
public import Losses
public import Models
import Tensors

/// Metric learning: embeddings of a class shall lie close, by any loss over pairs, triplets or proxies.
///
///     z = W·f(view)   loss = any of the catalogue on z and classes, of all pairs or of those that a miner chose
///
/// The embedding is *z* itself: there is no head that is thrown away. Batches hold some items of every one of their
/// classes (`BatchRecipe.perClass`), since an item alone has no positive.
///
/// Items without a class take no part in the loss: nobody knows whether they belong with another. An item alone of its
/// class in a batch has no positive; losses over pairs still push others away from it, those over triplets pass over it,
/// and those over proxies draw it to the proxy of its class.
///
/// What a loss learns, the proxies of classes and the boundary of the margin loss, is in the method's tree and so in
/// checkpoints, and has a learning rate of its own: it starts from random places, and meets each class only when that is
/// in the batch.
///
/// Source: Musgrave, Belongie, Lim. "A Metric Learning Reality Check." ECCV 2020, whose protocol of classes a batch this
/// is. <https://arxiv.org/abs/2003.08505> Each loss names its own.
public final class Metric: Method {
  /// What can be chosen.
  public struct Options: Hashable, Sendable, Codable {
    /// The encoder f.
    public let encoder: ImageEncoderRecipe
    /// The length of the embedding; nil for the encoder's own features.
    public let size: Int?
    /// The loss.
    public let loss: LossRecipe
    /// Which pairs or triplets are compared; nil for all.
    public let miner: MinerRecipe?
    /// How images are varied.
    public let view: ViewRecipe
    /// How many items of a class a batch has; nil where every item gets its turn once an epoch.
    public let perClass: Int?
    /// Which labels; the source's main ones unless told.
    public let label: String?
    /// The number of classes, which proxies need.
    public let classes: Int
    /// The highest learning rate of what the loss learns.
    public let lossRate: Double

    /// Creates options.
    public init(
      encoder: ImageEncoderRecipe, size: Int? = 128, loss: LossRecipe, miner: MinerRecipe? = nil, view: ViewRecipe,
      perClass: Int? = 4, label: String? = nil, classes: Int, lossRate: Double = 0.01
    ) {
      self.encoder = encoder
      self.size = size
      self.loss = loss
      self.miner = miner
      self.view = view
      self.perClass = perClass
      self.label = label
      self.classes = classes
      self.lossRate = lossRate
    }
  }

  /// Everything that learns.
  public let tree: ParameterTree

  /// The encoder with its projection.
  public let model: EmbeddingModel

  /// One view, and the class.
  public let batchRecipe: BatchRecipe

  /// The rate of what the loss learns.
  public let ownRates: [String: Double]

  private let loss: LossRecipe
  private let miner: MinerRecipe?
  private let proxies: Parameter?
  private let learned: [String: Parameter]

  /// Declares the model and what the loss learns in a tree. Traps on options that have a `problem`.
  public init(_ options: Options, in tree: ParameterTree) {
    if let problem = options.problem { preconditionFailure("metric learning: \(problem)") }
    self.tree = tree
    model = EmbeddingModel(
      tree.root / "model",
      EmbeddingModelRecipe(
        imageEncoder: options.encoder, preprocessing: .unit(side: options.view.size.width), size: options.size))
    loss = options.loss
    miner = options.miner
    let parts = LossParameters(options.loss, classes: options.classes, size: model.size, in: tree.root / "loss")
    proxies = parts.proxies
    learned = parts.scalars
    let own = [parts.proxies].compactMap { $0 } + parts.scalars.values
    ownRates = Dictionary(uniqueKeysWithValues: own.map { ($0.path, options.lossRate) })
    batchRecipe = BatchRecipe(views: [options.view], labels: .named(options.label), perClass: options.perClass)
  }

  /// Embeds a batch, `[N, D]`, and compares what has a class.
  public func step(_ batch: ExampleBatch, _ context: StepContext) -> StepResult {
    let z = context.encoding(batch.rows) { [model] in model.images(batch.pixels(of: $0), $1) }
    let known = batch.labels.indices.filter { batch.labels[$0] >= 0 }
    guard !known.isEmpty else { return StepResult(loss: z.sum() * 0, embeddings: z) }
    let rows = known.count == batch.labels.count ? z : z.items(at: known)
    let labels = Tensor(known.map { batch.labels[$0] }).to(z.device)
    let mined = withoutGradient { choose(among: LabeledRows(rows.detached(), labels: labels), context) }
    let value = fitting {
      try loss(LossData(a: rows, b: proxies?.value, labels: labels), learned: learned.mapValues(\.value), mined: mined)
    }
    var figures = learned.mapValues { $0.value.detached() }
    if let mined { figures["mined"] = Tensor(Double(mined.count)) }
    return StepResult(loss: value, embeddings: z, figures: figures)
  }

  /// What the miner chooses; nil without a miner, and of embeddings that are lost: the loss of all is then NaN, with which
  /// a run ends in a word.
  private func choose(among rows: LabeledRows, _ context: StepContext) -> MinedTuples? {
    guard let miner, rows.anchors.isFinite().all() else { return nil }
    return fitting { try miner(rows, random: context.random) }
  }
}

/// What comes of choices that were checked before, and of data that were made to fit them.
private func fitting<Result>(_ body: () throws -> Result) -> Result {
  do { return try body() } catch { preconditionFailure("metric learning: \(error)") }
}
