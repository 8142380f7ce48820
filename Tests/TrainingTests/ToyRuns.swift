import Basics
import Datasets
import Images
import Losses
import Methods
import Models
import Tensors
import TestSupport
import Tokenizers

@testable import Training

/// A method small enough for a step of a few milliseconds.
enum ToyMethod: String, CaseIterable {
  case simclr, clip, metric

  var recipe: MethodRecipe {
    let encoder = ImageEncoderRecipe.small(SmallConvNet.Recipe(widths: [4, 8]))
    switch self {
    case .simclr:
      return .simclr(SimCLR.Options(encoder: encoder, imageSize: 8, head: ProjectionHead.Recipe(layers: 2, output: 8)))
    case .metric:
      // Proxies, a boundary or a miner that draws lots: all that moves beside the encoder.
      return .metric(
        Metric.Options(
          encoder: encoder, size: 8, loss: LossRecipe("margin"), miner: MinerRecipe("distance-weighted"),
          view: .simCLR(size: 8), perClass: 2, classes: 2))
    case .clip:
      let text = SubwordEncoder.Recipe(
        features: SubwordFeatures(buckets: 64), width: 8, hidden: 8, output: 8, dropout: 0.1)
      return .clip(
        CLIP.Options(imageEncoder: encoder, textEncoder: .subwords(text), view: .light(size: 8), sharedSize: 8))
    }
  }
}

extension RunConfiguration {
  /// Three epochs of batches of four on a source.
  static func toy(_ method: ToyMethod = .simclr, on source: some ImageSource, workers: Int = 0) -> RunConfiguration {
    RunConfiguration(
      source: "toys", sourceIdentity: source.identity, method: method.recipe, epochs: 3, batchSize: 4,
      optimizer: method == .simclr
        ? .lars(momentum: 0.9, weightDecay: 1e-6)
        : .adamW(beta1: 0.9, beta2: 0.98, epsilon: 1e-6, weightDecay: 0.2),
      rate: 0.01, warmupEpochs: 0.5, gradientLimit: 5, precision: .float32, workers: workers, evaluationEpochs: 1)
  }
}

extension TrainingRun {
  /// The bytes of the weights that the run left.
  func modelBytes() throws -> [UInt8] { try Files.bytes(of: "\(folder.modelPath)/model.safetensors") }
}
