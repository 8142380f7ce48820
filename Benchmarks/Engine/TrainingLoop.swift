import Layers
import Models
import Tensors

/// Our side of the benchmark: ResNet-18 with the small stem, one batch of 128 random images of 32 pixels over and over,
/// `bfloat16`, channels-last, SGD with momentum. `Benchmarks/engine.py` has the same settings.
final class TrainingLoop {
  private let tree = ParameterTree(seed: 1)
  private let network: ResNet
  private let images: Tensor
  private let labels: Tensor
  private let weights: [Tensor]
  private let momenta: [Tensor]
  private var steps = 0

  /// Images in a batch.
  static let batch = 128

  init() {
    let source = RandomSource(seed: 2)
    network = ResNet(tree.root, .resNet18(stem: .small, classes: 10))
    images = Tensor.normal([Self.batch, 3, 32, 32], from: source).contiguous(.channelsLast)
    labels = Tensor((0..<Self.batch).map { $0 % 10 })
    weights = tree.trainable.map(\.value)
    momenta = weights.map { $0.detached() * 0 }
  }

  /// Writes what the peer needs to take the same steps.
  func write(to path: String) throws {
    var tensors = tree.snapshot()
    tensors["images"] = images
    tensors["labels"] = labels
    try SafeTensors(tensors).write(to: path)
  }

  /// One step: forward, backward, update. Returns the loss before the update.
  @discardableResult func step() -> Double {
    let logits = withPrecision(.bfloat16) { network.logits(images, .training(RandomSource(seed: 0))) }
    let loss = logits.to(.float32).crossEntropy(labels)
    let gradients = loss.gradients(of: weights).map { $0! }
    TensorLists.stepSGD(
      weights, gradients: gradients, momenta: momenta, rate: 0.05, momentum: 0.9, weightDecay: 5e-4, nesterov: false,
      isFirst: steps == 0)
    steps += 1
    return loss.item()
  }
}
