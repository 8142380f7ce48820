public import Basics
public import Datasets
public import Layers
public import Models
public import Tensors

/// A way of learning by comparing: an encoder, the views it is shown, and a loss.
///
/// A method declares everything that learns in one parameter tree, asks for batches of one kind, and turns a batch
/// into a loss. It knows nothing of epochs, optimizers, files or progress.
public protocol Method: AnyObject {
  /// Everything that learns; the model's own parameters begin with `model.`.
  var tree: ParameterTree { get }

  /// What training leaves: the encoders, without what only the loss needs.
  var model: EmbeddingModel { get }

  /// What the method asks of the data for every example.
  var batchRecipe: BatchRecipe { get }

  /// The highest learning rates of parameters that have one of their own, by path.
  var ownRates: [String: Double] { get }

  /// Computes the loss of a batch.
  func step(_ batch: ExampleBatch, _ context: StepContext) -> StepResult

  /// Puts right what an optimizer's step may have moved out of bounds.
  func didUpdate()
}

extension Method {
  /// None: everything learns at one rate.
  public var ownRates: [String: Double] { [:] }

  /// Does nothing.
  public func didUpdate() {}
}

/// The circumstances of a step.
public struct StepContext {
  /// Training, with the step's source of randomness, or evaluation.
  public let mode: Mode

  /// The type of the encoders' matrix products.
  public let precision: Precision

  /// The device that the method's parameters lie on.
  public let device: Device

  /// By which encoders take a few rows at a time; nil where they take the whole batch at once.
  public let cache: GradientCache?

  /// What a method draws from on the processor.
  public let random: RandomStream

  /// Creates the circumstances of a step.
  public init(
    mode: Mode, precision: Precision, device: Device, cache: GradientCache? = nil,
    random: RandomStream = RandomStream(seed: 0)
  ) {
    self.cache = cache
    self.random = random
    self.mode = mode
    self.precision = precision
    self.device = device
  }

  /// Runs a layer on the whole batch in the step's precision; what comes out is `float32`, as losses want it.
  public func encoding(_ body: () -> Tensor) -> Tensor {
    withPrecision(precision, on: device, body).to(.float32)
  }

  /// Runs an encoder on rows `0..<count`, a few at a time where that was chosen: `[count, D]`, `float32`.
  ///
  /// - Parameter encode: Embeds some of the rows in a mode: `[rows, D]`. What it gives depends on nothing else but the
  ///   weights.
  public func encoding(_ count: Int, _ encode: @escaping (Range<Int>, Mode) -> Tensor) -> Tensor {
    guard let cache, count > cache.partSize else { return encoding { encode(0..<count, mode) } }
    return cache(count, mode) { [precision, device] rows, mode in
      withPrecision(precision, on: device) { encode(rows, mode) }.to(.float32)
    }
  }
}

/// What came of a step.
public struct StepResult {
  /// The scalar to be minimised.
  public let loss: Tensor

  /// Embeddings of the batch without a way back, `[M, D]`: their spread tells a collapse.
  public let embeddings: Tensor

  /// Other figures to be logged, by name.
  public let figures: [String: Tensor]

  /// Creates a result.
  public init(loss: Tensor, embeddings: Tensor, figures: [String: Tensor] = [:]) {
    self.loss = loss
    self.embeddings = embeddings.detached()
    self.figures = figures
  }
}
