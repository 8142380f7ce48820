import Datasets
import Images
import Layers
import Losses
import Models
import Optimizers
import Tensors
import TestSupport
import Tokenizers

@testable import Methods

/// A method with its optimizer on a few toys: the smallest thing that trains.
struct ToyTraining {
  let method: any Method
  private let maker: BatchMaker
  private let optimizer: AdamW

  init(_ recipe: MethodRecipe, seed: UInt64 = 1, labelled: (Int) -> Bool = { _ in true }) {
    let tree = ParameterTree(seed: seed)
    method = recipe.make(in: tree)
    let source = ToySource(8, labelled: labelled)
    maker = BatchMaker(
      source: source, items: source.split.train, recipe: method.batchRecipe, batches: Batches(of: 8, size: 8),
      seed: seed, broken: BrokenItems(among: source.count), picture: source.picture)
    optimizer = AdamW([OptimizerGroup(tree.trainable.map(\.value))])
  }

  /// The batch of a step.
  func batch(_ step: Int) throws -> ExampleBatch { try maker.batch(ofStep: step) }

  /// Trains a step and returns its loss.
  func step(_ number: Int, rate: Double = 0.01) throws -> Double {
    let result = method.step(try batch(number), .toy(number))
    optimizer.step(gradients: result.loss.gradients(of: method.tree.trainable.map(\.value)), rate: rate)
    method.didUpdate()
    return result.loss.item()
  }
}

extension StepContext {
  static func toy(_ step: Int, cache: GradientCache? = nil) -> StepContext {
    StepContext(mode: .training(RandomSource(seed: 1, step)), precision: .float32, device: .cpu, cache: cache)
  }
}

extension MethodRecipe {
  private static let encoder = ImageEncoderRecipe.small(SmallConvNet.Recipe(widths: [4, 8]))

  static func toySimCLR(temperature: Double = 0.5) -> MethodRecipe {
    .simclr(
      SimCLR.Options(
        encoder: encoder, imageSize: 8, head: ProjectionHead.Recipe(layers: 2, output: 8), temperature: temperature))
  }

  static func toySupCon(temperature: Double = 0.1) -> MethodRecipe {
    .supcon(
      SupCon.Options(
        encoder: encoder, imageSize: 8, head: ProjectionHead.Recipe(layers: 2, output: 8), temperature: temperature))
  }

  static let toyCrossEntropy = MethodRecipe.crossentropy(
    CrossEntropy.Options(encoder: encoder, classes: 2, imageSize: 8))

  static let toyCLIP = MethodRecipe.clip(
    CLIP.Options(
      imageEncoder: encoder,
      textEncoder: .subwords(
        SubwordEncoder.Recipe(features: SubwordFeatures(buckets: 64), width: 8, hidden: 8, output: 8)),
      view: .light(size: 8), sharedSize: 8))
}
