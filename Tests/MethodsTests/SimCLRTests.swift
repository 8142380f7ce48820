import Basics
import Datasets
import Layers
import Losses
import Models
import Tensors
import TestSupport
import Testing

@testable import Methods

@Suite struct SimCLRTests {
  /// NT-Xent in plain loops: z holds the first views of all examples, then the second ones.
  private func ntXent(_ z: Tensor, temperature: Double) -> Double {
    let rows = (0..<z.shape[0]).map { z[$0].values(as: Double.self) }
    let unit = rows.map { row in
      let norm = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return row.map { $0 / norm }
    }
    let n = rows.count / 2
    var sum = 0.0
    for i in unit.indices {
      func logit(_ k: Int) -> Double { zip(unit[i], unit[k]).reduce(0) { $0 + $1.0 * $1.1 } / temperature }
      let others = unit.indices.filter { $0 != i }.reduce(0.0) { $0 + .exp(logit($1)) }
      sum += .log(others) - logit((i + n) % (2 * n))
    }
    return sum / Double(2 * n)
  }

  /// Both views go through encoder and head at once: batch normalisation sees all of them.
  @Test func aStepIsNTXentOfBothViewsInOnePass() throws {
    let training = ToyTraining(.toySimCLR(temperature: 0.2))
    let batch = try training.batch(0)
    #expect(batch.viewCount == 2 && batch.items.count == 8 && batch.captions.isEmpty)
    #expect(batch.pixels.count == 16 * 8 * 8 * 3)
    let result = training.method.step(batch, .toy(0))

    // The same parameters once more, by their names.
    let tree = ParameterTree(seed: 1)
    let model = EmbeddingModel(tree.root / "model", training.method.model.recipe)
    let head = ProjectionHead(tree.root / "head", from: model.size, ProjectionHead.Recipe(layers: 2, output: 8))
    let mode = StepContext.toy(0).mode
    let h = model.images(batch.pixels, mode)
    expectClose(result.embeddings, h.detached())
    let expected = ntXent(head(h, mode).detached(), temperature: 0.2)
    #expect(abs(result.loss.item() - expected) < 1e-4, "\(result.loss.item()), expected \(expected)")

    let halves = batch.pixels.count / 2
    let apart = Tensor.concatenation([
      model.images(Array(batch.pixels[..<halves]), mode), model.images(Array(batch.pixels[halves...]), mode),
    ])
    let other = ntXent(head(apart, mode).detached(), temperature: 0.2)
    #expect(abs(other - expected) > 1e-3, "one pass or two must differ for this test to tell them apart")
  }

  @Test func temperatureIsThatOfTheAuthorsCodeUnlessChosen() {
    let encoder = ImageEncoderRecipe.small(SmallConvNet.Recipe())
    #expect(SimCLR.Options(encoder: encoder, imageSize: 32).temperature == 0.1)
    #expect(SimCLR.Options(encoder: encoder, imageSize: 32, temperature: 0.3).temperature == 0.3)
  }

  @Test func theModelIsTheEncoderWithoutTheHead() {
    let method = ToyTraining(.toySimCLR()).method
    #expect(method.model.size == 8)
    #expect(method.model.textEncoder == nil)
    let names = method.tree.parameters.map(\.path)
    #expect(names.allSatisfy { $0.hasPrefix("model.") || $0.hasPrefix("head.") })
    #expect(names.contains("model.conv1.weight") && names.contains("head.linear1.weight"))
  }

  @Test func aFewStepsLowerTheLoss() throws {
    let training = ToyTraining(.toySimCLR())
    let losses = try (0..<60).map { try training.step($0) }
    let (first, last) = (losses[..<10].reduce(0, +) / 10, losses[50...].reduce(0, +) / 10)
    #expect(last < first - 0.1, "from \(first) to \(last)")
  }
}
