import Basics
public import Datasets
import Inference
import Layers
public import Methods
import Models
import Optimizers
import Tensors

/// One training of one method on one source, in a folder from which it can go on at any time.
///
/// Killed at any moment and gone on with, a run gives the same weights, bit for bit, as one that was never killed:
/// what a step does follows from the weights, the optimizer's state and the step's number alone.
public final class TrainingRun {
  /// How a run ended.
  public enum Outcome: Hashable, Sendable {
    /// All epochs are done and the model is written.
    case finished
    /// It was asked to stop after a step; its checkpoint is written.
    case stopped(step: Int)
  }

  /// What was chosen.
  public let configuration: RunConfiguration

  /// Where the run lies.
  public let folder: RunFolder

  /// The method as it now is.
  public let method: any Method

  /// The items that could not be decoded so far.
  public let broken: BrokenItems

  /// The number of steps done.
  public private(set) var step = 0

  private let device: Device
  private let batches: Batches
  private let maker: BatchMaker
  private let weights: [Parameter]
  private let optimizer: any Optimizer
  private let schedule: RateSchedule
  private let lock: RunLock

  /// Prepares a run, and goes on from the newest checkpoint that its folder holds.
  ///
  /// As long as a run lives nobody else can prepare one in its folder, in this process or another.
  ///
  /// - Parameters:
  ///   - configuration: What was chosen. A folder whose run has left a checkpoint takes only the same choices again.
  ///   - source: The data that the configuration names.
  ///   - folder: Where the run lies, made when it is missing.
  ///   - lastGood: Whether to go on from the checkpoint before when the newest cannot be read.
  /// - Throws: `InputError` when the folder holds another run or is in use, the data has changed, a batch is larger than
  ///   the data, a choice makes no sense, or a checkpoint cannot be read.
  public init(
    _ configuration: RunConfiguration, on source: any ImageSource, in folder: String, lastGood: Bool = false
  ) throws {
    self.configuration = configuration
    self.folder = RunFolder(folder)
    try Self.check(configuration, source)
    device = try Device(configuration.device)
    try Files.makeFolder(folder)
    lock = try RunLock(on: folder)
    try Self.check(configuration, against: self.folder)
    let items = source.split.train
    batches = Batches(of: items.count, size: configuration.batchSize)
    Engine.threads = configuration.threads
    let tree = ParameterTree(seed: configuration.seed, on: device)
    method = configuration.method.make(in: tree)
    if let labels = method.batchRecipe.labels { try Self.check(labels, in: source) }
    if let problem = method.batchRecipe.problem(batchSize: configuration.batchSize, items: items, of: source) {
      throw InputError(in: source.name, problem, remedy: "choose --per-class and --batch to fit")
    }
    (optimizer, weights) = configuration.optimizer.make(
      for: tree.trainable, rateFactors: method.ownRates.mapValues { $0 / configuration.rate })
    let warmUp = Int(configuration.warmupEpochs * Double(batches.perEpoch))
    schedule =
      switch configuration.decay {
      case .cosine:
        .cosine(peak: configuration.rate, end: 0, warmUp: warmUp, total: configuration.epochs * batches.perEpoch)
      case .constant: .constant(configuration.rate, warmUp: warmUp)
      }
    let broken = BrokenItems(among: items.count)
    self.broken = broken
    let cache = PixelCache(source, side: method.batchRecipe.side)
    maker = BatchMaker(
      source: source, items: items, recipe: method.batchRecipe, batches: batches, seed: configuration.seed,
      broken: broken, picture: cache.picture)
    if let checkpoint = try self.folder.checkpoints.newest(lastGood: lastGood) {
      try tree.load(checkpoint.tree, from: self.folder.checkpoints.path)
      try optimizer.restore(checkpoint.optimizer, from: self.folder.checkpoints.path)
      guard checkpoint.step <= configuration.epochs * batches.perEpoch else {
        throw InputError(
          in: self.folder.checkpoints.path, "the newest is of step \(checkpoint.step), which the run does not have",
          remedy: "restore run.json, or begin a new run")
      }
      step = checkpoint.step
    }
    try self.folder.write(configuration)
  }

  /// Refuses a source without the labels that a method learns from.
  private static func check(_ labels: LabelRecipe, in source: any ImageSource) throws {
    guard labels.labeling(in: source) == nil else { return }
    let names = source.labelings.map(\.name)
    throw InputError(
      in: source.name, names.isEmpty ? "has no labels to learn from" : "has no labels of the name that was chosen",
      remedy: names.isEmpty
        ? "put images of a class into a folder of its name, or learn without labels by simclr"
        : "choose one of \(names.joined(separator: ", "))")
  }

  /// The number of steps of the whole run.
  public var steps: Int { configuration.epochs * batches.perEpoch }

  /// Whether all epochs are done and the model is written: `start` then has nothing to do.
  public var isFinished: Bool { step == steps && folder.hasModel }

  /// Trains until all epochs are done or a hook asks to stop.
  ///
  /// - Throws: `InputError` when the loss is no number any more, too many items are broken, or a file cannot be
  ///   written. The last checkpoint is then as good as before.
  public func start(_ hooks: RunHooks = RunHooks()) throws -> Outcome {
    if isFinished { return .finished }
    let log = try MetricsLog(path: folder.metricsPath, keepingUpTo: step)
    let events = try EventLog(in: folder.path, after: step)
    if step == 0 {
      for (name, picture) in try hooks.pictures(method) { try events.add(picture, named: name, step: 0) }
    }
    let loader = Loader(count: steps, from: step, workers: configuration.workers, make: maker.batch(ofStep:))
    var meter = Meter(step: step, waited: loader.waited)
    var lastCheckpoint = ContinuousClock.now
    var evaluated: [String: Double] = [:]

    func require(_ isFine: Bool, _ what: String) throws {
      if isFine { return }
      throw InputError(
        in: folder.path, "\(what) stopped being a finite number between steps \(meter.start) and \(step)",
        remedy: "try a lower --rate, or --precision float32; the checkpoints are as they were")
    }
    func requireFiniteWeights() throws {
      try require(meter.meanLoss.isFinite, "the loss")
      // A loss is from before its step: the weights may be lost already.
      try require(hasFiniteWeights, "a weight")
    }
    func report() throws {
      let progress = meter.progress(
        at: step, of: steps, perEpoch: batches.perEpoch, epochs: configuration.epochs, waited: loader.waited,
        rate: schedule.rate(at: max(step - 1, 0)), evaluated: evaluated)
      try require(progress.loss.isFinite, "the loss")
      meter.restart(at: step, waited: loader.waited)
      try log.add(progress.metrics)
      try events.add(progress.metrics, step: step)
      hooks.report(progress)
    }
    func save() throws {
      try requireFiniteWeights()
      if meter.hasSteps { try report() }
      try folder.checkpoints.add(
        Checkpoint(step: step, tree: method.tree.snapshot(), optimizer: optimizer.state))
      lastCheckpoint = .now
    }

    while step < steps, let batch = try loader.next() {
      if !batch.items.isEmpty { meter.add(update(with: batch), examples: batch.items.count) }
      step += 1
      let isEpochsEnd = step % batches.perEpoch == 0
      let every = configuration.evaluationEpochs * batches.perEpoch
      if step == steps || every > 0 && step % every == 0 {
        try requireFiniteWeights()
        evaluated = try hooks.evaluate(method)
      }
      if isEpochsEnd || meter.isDue { try report() }
      if step == steps { break }
      if hooks.shouldStop() {
        try save()
        return .stopped(step: step)
      }
      if (ContinuousClock.now - lastCheckpoint) > .seconds(configuration.checkpointSeconds) { try save() }
    }
    try save()
    try TrainedModel.write(method.model.recipe, weights: method.modelWeights, to: folder.modelPath)
    return .finished
  }

  /// One step: forward, backward, optimizer.
  private func update(with batch: ExampleBatch) -> StepResult {
    let source = RandomSource(seed: configuration.seed, step, device: device)
    let cache = configuration.microBatchSize.map {
      GradientCache(of: weights.map(\.value), partSize: $0 * batch.viewCount)
    }
    let result = method.step(
      batch,
      StepContext(
        mode: .training(source), precision: configuration.precision, device: device, cache: cache,
        random: RandomStream(seed: configuration.seed, step, Self.choices)))
    var gradients = result.loss.gradients(of: weights.map(\.value))
    if let limit = configuration.gradientLimit {
      gradients = GradientClipping.clipped(gradients, to: limit).gradients
    }
    optimizer.step(gradients: gradients, rate: schedule.rate(at: step))
    method.didUpdate()
    return result.detached(adding: cache?.figures ?? [:])
  }

  /// What the stream of a method's own choices has as its last part.
  private static let choices = -0x7D1

  /// Whether every weight is a finite number: a sum with anything else in it is none.
  private var hasFiniteWeights: Bool {
    withoutGradient { Tensor.stack(weights.map { $0.value.detached().sum() }).isFinite().all() }
  }

  private static func check(_ configuration: RunConfiguration, _ source: any ImageSource) throws {
    if let problem = configuration.problem { throw InputError(in: "the choices for a run", problem) }
    let count = source.split.train.count
    guard count >= 2 else {
      throw InputError(
        in: source.name, "has \(count == 1 ? "one item" : "nothing") to learn from",
        remedy: "learning by comparing takes two items or more")
    }
    guard count >= configuration.batchSize else {
      throw InputError(
        in: source.name, "has \(count) items to learn from, which make no batch of \(configuration.batchSize)",
        remedy: "use --batch \(count) or less")
    }
    guard configuration.sourceIdentity == source.identity else {
      throw InputError(
        in: source.name, "is not the data that the run began with", remedy: "restore it, or begin a new run")
    }
  }

  private static func check(_ configuration: RunConfiguration, against folder: RunFolder) throws {
    guard folder.hasProgress else { return }
    guard folder.hasRun else {
      throw InputError(
        in: folder.path, "holds what a run has left, but no run.json",
        remedy: "restore it, or name another folder with --run")
    }
    let differences = configuration.differences(from: try folder.configuration())
    if !differences.isEmpty {
      throw InputError(
        in: folder.path, "holds a run with another \(differences.joined(separator: ", "))",
        remedy: "go on with it by 'kindred resume \(folder.path)', or name another folder with --run")
    }
  }
}

extension Method {
  /// The model's parameters by their names in it.
  var modelWeights: [String: Tensor] {
    let prefix = "model."
    let own = tree.snapshot().filter { $0.key.hasPrefix(prefix) }
    return Dictionary(uniqueKeysWithValues: own.map { (String($0.key.dropFirst(prefix.count)), $0.value) })
  }
}

extension StepResult {
  /// The result without the way back, so that its memory is let go.
  fileprivate func detached(adding others: [String: Tensor]) -> StepResult {
    StepResult(
      loss: loss.detached(), embeddings: embeddings,
      figures: figures.merging(others, uniquingKeysWith: { own, _ in own }))
  }
}

extension GradientCache {
  /// What going in parts has cost a step.
  fileprivate var figures: [String: Tensor] {
    ["passes": Tensor(Double(forwardPasses + gradientPasses)), "seconds_again": Tensor(secondsAgain)]
  }
}
