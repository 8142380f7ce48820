/// A run as it will be, with the reasons for what nobody chose.
///
/// A person gives a method, a source, and as many choices as they like; the plan takes the rest from the data and the
/// methods' papers, and says so in a sentence each.
public struct RunPlan {
  /// Everything resolved.
  public let configuration: RunConfiguration

  /// What was taken from where, a sentence each.
  public let reasons: [String]

  /// What a person may choose; nil leaves it to the plan.
  public struct Choices: Hashable, Sendable {
    /// The name of an image encoder, one of `ImageEncoderRecipe.names`.
    public var encoder: String?
    /// The first layers of a ResNet.
    public var stem: ResNet.Stem?
    /// The height and width of images in pixels.
    public var imageSize: Int?
    /// How views are made: the name of a recipe, or the path of one's file.
    public var recipe: String?
    /// Passes over the training items.
    public var epochs: Int?
    /// Examples a step.
    public var batchSize: Int?
    /// Examples that go through the encoders at once.
    public var microBatchSize: Int?
    /// The name of an optimizer: `lars`, `adamw`, `sgd`.
    public var optimizer: String?
    /// The momentum of SGD or LARS.
    public var momentum: Double?
    /// How strongly weights are pulled to 0.
    public var weightDecay: Double?
    /// The highest learning rate.
    public var rate: Double?
    /// Epochs in which the rate rises from 0.
    public var warmupEpochs: Double?
    /// What the rate does after the warm-up.
    public var decay: RateDecay?
    /// Which labels to learn from; the source's main ones unless told.
    public var label: String?
    /// The loss of metric learning.
    public var loss: LossRecipe?
    /// The miner of metric learning; that of the loss's publication, if it has one, unless told.
    public var miner: MinerRecipe?
    /// Whether metric learning compares all pairs, without a miner.
    public var isWithoutMiner = false
    /// How many items of a class a batch of metric learning has; 0 where every item gets its turn once an epoch.
    public var perClass: Int?
    /// The length of the embeddings of metric learning; 0 for the encoder's own features.
    public var embeddingSize: Int?
    /// The highest learning rate of what a loss learns.
    public var lossRate: Double?
    /// τ of SimCLR and SupCon.
    public var temperature: Double?
    /// The layers of the projection head.
    public var headLayers: Int?
    /// What everything random is drawn from.
    public var seed: UInt64?
    /// The type of the encoders' matrix products.
    public var precision: Precision?
    /// The device, as it is written on a command line.
    public var device: String?
    /// Threads that one operation of the engine may use.
    public var threads: Int?
    /// Threads that make batches.
    public var workers: Int?
    /// Seconds between checkpoints.
    public var checkpointSeconds: Double?
    /// Epochs between evaluations; 0 for none.
    public var evaluationEpochs: Int?

    /// Leaves everything to the plan.
    public init() {}
  }

  /// The names of the methods that can be planned.
  public static let methods = ["simclr", "supcon", "crossentropy", "metric", "clip"]

  /// Makes a plan.
  ///
  /// - Throws: `InputError` when a name is unknown, the device is not there, or the data does not fit the method.
  public init(method: String, source: any ImageSource, specification: String, choices: Choices = Choices()) throws {
    var reasons: [String] = []
    let items = source.split.train
    guard !items.isEmpty else {
      throw InputError(in: specification, "has nothing to learn from", remedy: "every item is kept for measuring")
    }
    let device = try Self.device(choices)
    let precision = choices.precision ?? .best(on: device)
    reasons.append(Self.reason(precision, on: device))

    let view = try choices.recipe.map {
      try Self.view($0, size: choices.imageSize) { try Self.imageSize(of: source, items, &reasons) }
    }
    let size = try view?.size.width ?? choices.imageSize ?? Self.imageSize(of: source, items, &reasons)
    let encoderName = choices.encoder ?? Self.usualEncoder(on: device)
    if choices.encoder == nil {
      reasons.append(
        "encoder \(encoderName): " + (device.kind == .cpu ? "fast enough for a processor" : "there is a GPU"))
    }
    let encoder = try ImageEncoderRecipe(named: encoderName, imageSize: size, stem: choices.stem)
    if choices.stem == nil, let reason = encoder.reason(imageSize: size) { reasons.append(reason) }
    let seed = choices.seed ?? 1

    let recipe: MethodRecipe
    let optimizer: OptimizerRecipe
    let rate: Double
    let epochs: Int
    let batch: Int
    switch method {
    case "simclr", "supcon", "crossentropy":
      batch =
        choices.batchSize
        ?? Self.batchSize(for: items.count, usually: 256, "the smallest of SimCLR's study", &reasons)
      let head = choices.headLayers.map { ProjectionHead.Recipe(layers: $0) } ?? .simCLR
      if method == "simclr" {
        recipe = .simclr(
          SimCLR.Options(encoder: encoder, imageSize: size, head: head, temperature: choices.temperature, view: view))
      } else {
        let labeling = try Self.labeling(choices.label, of: source, specification, items, &reasons)
        recipe =
          method == "supcon"
          ? .supcon(
            SupCon.Options(
              encoder: encoder, imageSize: size, head: head, temperature: choices.temperature, view: view,
              label: labeling.name))
          : .crossentropy(
            CrossEntropy.Options(
              encoder: encoder, classes: labeling.classes.count, imageSize: size, view: view, label: labeling.name))
      }
      epochs = choices.epochs ?? Self.epochs(for: items.count, examples: 200_000, &reasons)
      let steps = epochs * max(1, items.count / batch)
      let name = try choices.optimizer ?? Self.simCLROptimizer(steps: steps, &reasons)
      (optimizer, rate) = try Self.optimizer(name, choices, batch: batch, weightDecay: 1e-4, &reasons)
    case "metric":
      let labeling = try Self.labeling(choices.label, of: source, specification, items, &reasons)
      let metric = try MetricPlan(
        choices, source: source, items: items, labeling: labeling, encoder: encoder, imageSize: size, view: view,
        &reasons)
      (recipe, batch) = (.metric(metric.options), metric.batchSize)
      var choices = choices
      choices.rate = choices.rate ?? 1e-3
      (optimizer, rate) = try Self.optimizer(
        choices.optimizer ?? "adamw", choices, batch: batch, weightDecay: 1e-4, &reasons)
      epochs = choices.epochs ?? Self.epochs(for: items.count, examples: 200_000, &reasons)
    case "clip":
      guard items.contains(where: { !source.captions(of: $0).isEmpty }) else {
        throw InputError(
          in: specification, "has no texts to learn from",
          remedy: "clip needs captions; simclr learns from images alone")
      }
      batch =
        choices.batchSize
        ?? Self.batchSize(for: items.count, usually: 128, "more steps matter more than more negatives here", &reasons)
      recipe = .clip(
        CLIP.Options(
          imageEncoder: encoder, textEncoder: .subwords(SubwordEncoder.Recipe(dropout: 0.3)),
          view: view ?? .light(size: size, flips: true)))
      var choices = choices
      choices.rate = choices.rate ?? 1e-3
      (optimizer, rate) = try Self.optimizer(
        choices.optimizer ?? "adamw", choices, batch: batch, weightDecay: 0.2, &reasons)
      epochs = choices.epochs ?? Self.epochs(for: items.count, examples: 130_000, &reasons)
    default:
      throw InputError(in: method, "is no method", remedy: "choose one of \(Self.methods.joined(separator: ", "))")
    }

    if let size = choices.microBatchSize {
      reasons += try Self.reasons(microBatch: size, of: batch, through: encoder)
    }
    configuration = RunConfiguration(
      source: specification, sourceIdentity: source.identity, method: recipe, epochs: epochs, batchSize: batch,
      microBatchSize: choices.microBatchSize,
      optimizer: optimizer, rate: rate,
      warmupEpochs: choices.warmupEpochs ?? min(10, Double(epochs) / 10), decay: choices.decay ?? .cosine, seed: seed,
      precision: precision,
      device: device.description, threads: choices.threads ?? Self.threads(&reasons), workers: choices.workers ?? 1,
      checkpointSeconds: choices.checkpointSeconds ?? 60,
      evaluationEpochs: choices.evaluationEpochs ?? max(1, epochs / 10))
    self.reasons = reasons
  }

  /// The device that was chosen, or the fastest.
  static func device(_ choices: Choices) throws -> Device { try choices.device.map { try Device($0) } ?? .best }

  /// The name of the encoder that a device has time for.
  static func usualEncoder(on device: Device) -> String { device.kind == .cpu ? "small" : "resnet18" }

  /// The labels to learn from, of which two classes or more have items.
  static func labeling(
    _ name: String?, of source: any ImageSource, _ specification: String, _ items: [Int], _ reasons: inout [String]
  ) throws -> Labeling {
    guard let labeling = LabelRecipe.named(name).labeling(in: source) else {
      let names = source.labelings.map(\.name)
      throw InputError(
        in: specification, names.isEmpty ? "has no labels to learn from" : "has no labels called '\(name ?? "")'",
        remedy: names.isEmpty
          ? "put images of a class into a folder of its name, or learn without labels by simclr"
          : "choose one of \(names.joined(separator: ", "))")
    }
    var counts: [Int: Int] = [:]
    for label in items.lazy.compactMap({ labeling.labels[$0] }) { counts[label, default: 0] += 1 }
    guard counts.count > 1 else {
      throw InputError(
        in: specification, "has \(counts.count == 1 ? "one class" : "no class") among the items to learn from",
        remedy: "give it two or more, or learn without labels by simclr")
    }
    let labelled = counts.values.reduce(0, +)
    let alone = counts.values.count { $0 == 1 }
    var reason =
      "labels \(labeling.name): \(counts.count) classes of \(counts.values.min()!) to \(counts.values.max()!) items"
    if alone > 0 { reason += ", \(alone) of them of one item" }
    if labelled < items.count { reason += "; \(items.count - labelled) more have none" }
    reasons.append(reason)
    return labeling
  }

  private static func reason(_ precision: Precision, on device: Device) -> String {
    switch (precision, device.kind) {
    case (.bfloat16, .cpu): "bfloat16: this processor multiplies it natively"
    case (.bfloat16, _): "bfloat16: the GPU multiplies it faster"
    case (.float32, _): "float32: this device gains nothing from less"
    }
  }

  /// The recipe of a name or file, which must make squares.
  private static func view(_ recipe: String, size: Int?, usualSize: () throws -> Int) throws -> ViewRecipe {
    let view = try ViewRecipe.open(recipe, size: size, usualSize: usualSize)
    guard view.size.width == view.size.height else {
      throw InputError(
        in: recipe, "makes views of \(view.size), and encoders are trained on squares",
        remedy: "write a single number as its size, or choose one by --size")
    }
    return view
  }

  /// The size for training, from the typical size of the images: powers of two and their halves in between.
  private static func imageSize(of source: any ImageSource, _ items: [Int], _ reasons: inout [String]) throws -> Int {
    let probes = stride(from: 0, to: items.count, by: max(1, items.count / 16)).map { items[$0] }
    let sides = probes.compactMap { try? source.image(of: $0) }.map { min($0.width, $0.height) }.sorted()
    guard let side = sides.isEmpty ? nil : sides[sides.count / 2] else {
      throw InputError(in: source.name, "none of \(probes.count) images that were tried could be decoded")
    }
    let size = side < 200 ? 32 : 64
    reasons.append("images of \(size) pixels: they are typically \(side) on their shorter side")
    return size
  }

  /// The names of the optimizers that can be chosen.
  public static let optimizers = ["lars", "adamw", "sgd"]

  /// SimCLR's own LARS where there are steps enough for it.
  ///
  /// LARS moves a layer by a thousandth of its norm times the rate, and so learns less in few steps: after 250 on emoji
  /// a recall@1 of copies of 0.211 against AdamW's 0.290 (Documentation/Methods/SimCLR.md).
  private static func simCLROptimizer(steps: Int, _ reasons: inout [String]) throws -> String {
    if steps >= 10_000 { return "lars" }
    reasons.append("optimizer adamw: LARS, which SimCLR has, wants more than \(steps) steps")
    return "adamw"
  }

  /// An optimizer by its name, and its rate: that of SimCLR's recipe for LARS, the usual one of the others.
  private static func optimizer(
    _ name: String, _ choices: Choices, batch: Int, weightDecay: Double, _ reasons: inout [String]
  ) throws -> (OptimizerRecipe, rate: Double) {
    let (momentum, rate) = (choices.momentum ?? 0.9, choices.rate)
    let decay = choices.weightDecay
    switch name {
    case "lars":
      let scaled = BatchScaling.squareRoot.applied(to: 0.075, batchSize: batch)
      if rate == nil { reasons.append("\(scaled.sentence) of SimCLR (appendix B.1)") }
      return (.lars(momentum: momentum, weightDecay: decay ?? 1e-6), rate ?? scaled.rate)
    case "adamw":
      if choices.momentum != nil {
        throw InputError(in: name, "has no momentum to choose", remedy: "--momentum is for sgd and lars")
      }
      return (.adamW(beta1: 0.9, beta2: 0.98, epsilon: 1e-6, weightDecay: decay ?? weightDecay), rate ?? 2e-3)
    case "sgd":
      let scaled = BatchScaling.linear.applied(to: 0.03, batchSize: batch)
      if rate == nil { reasons.append(scaled.sentence) }
      return (.sgd(momentum: momentum, nesterov: false, weightDecay: decay ?? weightDecay), rate ?? scaled.rate)
    default:
      throw InputError(in: name, "is no optimizer", remedy: "choose one of \(optimizers.joined(separator: ", "))")
    }
  }

  private static func threads(_ reasons: inout [String]) -> Int {
    let (free, count) = (min(Processors.free(), Engine.threads), Engine.threads)
    reasons.append(
      "\(free) of \(count) threads" + (free < count ? ": other work keeps the machine busy" : ": all that there are"))
    return free
  }

  private static func batchSize(
    for items: Int, usually usual: Int, _ why: String, _ reasons: inout [String]
  ) -> Int {
    let batch = min(usual, max(2, items))
    reasons.append("batch \(batch): " + (batch < usual ? "all that there is" : why))
    return batch
  }

  private static func epochs(for items: Int, examples: Int, _ reasons: inout [String]) -> Int {
    let epochs = min(1000, max(10, examples / items))
    reasons.append("\(epochs) epochs: about \(examples / 1000) thousand examples of \(items)")
    return epochs
  }
}
