public import Methods
public import Tensors

/// Everything that was chosen for a run, resolved: `run.json` holds it, and it is enough to repeat the run.
public struct RunConfiguration: Hashable, Sendable, Codable {
  /// Where the data comes from, as it was written.
  public var source: String

  /// The source's own identity when the run began, to notice other data.
  public var sourceIdentity: String

  /// The method with its options.
  public var method: MethodRecipe

  /// Passes over the training items.
  public var epochs: Int

  /// Examples a step.
  public var batchSize: Int

  /// Examples that go through the encoders at once, 2 or more; nil for all of a batch.
  public var microBatchSize: Int?

  /// The optimizer with its options.
  public var optimizer: OptimizerRecipe

  /// The highest learning rate, reached at the end of the warm-up.
  public var rate: Double

  /// Epochs in which the rate rises from 0.
  public var warmupEpochs: Double

  /// What the rate does after the warm-up.
  public var decay: RateDecay

  /// The greatest norm of all gradients together; longer ones are scaled down. Nil for no limit.
  public var gradientLimit: Double?

  /// What initial weights, orders, views and captions are drawn from.
  public var seed: UInt64

  /// The type of the encoders' matrix products.
  public var precision: Precision

  /// The device, as it is written on a command line.
  public var device: String

  /// Threads that one operation of the engine may use. Sums are split among them, so the last bits depend on it.
  public var threads: Int

  /// Threads that make batches. The result does not depend on it.
  public var workers: Int

  /// Seconds between checkpoints.
  public var checkpointSeconds: Double

  /// Epochs between evaluations; 0 for none.
  public var evaluationEpochs: Int

  /// Creates a configuration.
  public init(
    source: String, sourceIdentity: String, method: MethodRecipe, epochs: Int, batchSize: Int,
    microBatchSize: Int? = nil, optimizer: OptimizerRecipe, rate: Double, warmupEpochs: Double,
    decay: RateDecay = .cosine,
    gradientLimit: Double? = nil, seed: UInt64 = 1,
    precision: Precision, device: String = "cpu", threads: Int = Engine.threads,
    workers: Int = 1, checkpointSeconds: Double = 60,
    evaluationEpochs: Int = 10
  ) {
    self.source = source
    self.sourceIdentity = sourceIdentity
    self.method = method
    self.epochs = epochs
    self.batchSize = batchSize
    self.microBatchSize = microBatchSize
    self.optimizer = optimizer
    self.rate = rate
    self.warmupEpochs = warmupEpochs
    self.decay = decay
    self.gradientLimit = gradientLimit
    self.seed = seed
    self.precision = precision
    self.device = device
    self.threads = threads
    self.workers = workers
    self.checkpointSeconds = checkpointSeconds
    self.evaluationEpochs = evaluationEpochs
  }

  /// In what the other differs, of what changes the result; two runs without a difference give the same weights.
  ///
  /// Where the source lies, the number of workers, and how often a checkpoint is written or figures are taken do not.
  public func differences(from other: RunConfiguration) -> [String] {
    func differ<Value: Equatable>(_ name: String, _ value: KeyPath<RunConfiguration, Value>) -> String? {
      self[keyPath: value] == other[keyPath: value] ? nil : name
    }
    if let method = differ("method", \.method.name) { return [method] }
    return [
      differ("source", \.sourceIdentity), differ("encoder or views", \.method), differ("number of epochs", \.epochs),
      differ("batch", \.batchSize), differ("micro-batch", \.microBatchSize), differ("optimizer", \.optimizer),
      differ("rate", \.rate),
      differ("warm-up", \.warmupEpochs), differ("schedule", \.decay),
      differ("gradient limit", \.gradientLimit), differ("seed", \.seed),
      differ("precision", \.precision), differ("device", \.device), differ("threads", \.threads),
    ].compactMap { $0 }
  }
}

/// What a learning rate does between its warm-up and the end of the run.
public enum RateDecay: String, Hashable, Sendable, Codable, CaseIterable {
  /// It falls along half a wave of the cosine to 0.
  case cosine
  /// It stays.
  case constant
}

extension KeyedDecodingContainer {
  /// Reads a decay; the first runs that were written fell along a cosine and did not say so.
  func decode(_ type: RateDecay.Type, forKey key: Key) throws -> RateDecay {
    try decodeIfPresent(type, forKey: key) ?? .cosine
  }
}
