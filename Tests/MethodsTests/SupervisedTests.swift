import Basics
import Datasets
import Layers
import Losses
import Models
import TestSupport
import Tensors
import Testing

@testable import Methods

@Suite struct SupervisedTests {
  /// L_out in plain loops over rows with labels.
  private func supCon(_ z: Tensor, _ labels: [Int], temperature: Double) -> Double {
    let rows = (0..<z.shape[0]).map { z[$0].values(as: Double.self) }
    let unit = rows.map { row in
      let norm = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return row.map { $0 / norm }
    }
    var losses: [Double] = []
    for i in unit.indices {
      func logit(_ k: Int) -> Double { zip(unit[i], unit[k]).reduce(0) { $0 + $1.0 * $1.1 } / temperature }
      let total = unit.indices.filter { $0 != i }.reduce(0.0) { $0 + .exp(logit($1)) }
      let positives = unit.indices.filter { $0 != i && labels[$0] == labels[i] }
      losses.append(positives.reduce(0) { $0 + .log(total) - logit($1) } / Double(positives.count))
    }
    return losses.reduce(0, +) / Double(losses.count)
  }

  @Test func aStepOfSupConComparesByClass() throws {
    let training = ToyTraining(.toySupCon(temperature: 0.2))
    let batch = try training.batch(0)
    #expect(batch.labels == batch.items.map { $0 % 2 })
    let result = training.method.step(batch, .toy(0))
    let tree = ParameterTree(seed: 1)
    let model = EmbeddingModel(tree.root / "model", training.method.model.recipe)
    let head = ProjectionHead(tree.root / "head", from: model.size, ProjectionHead.Recipe(layers: 2, output: 8))
    let mode = StepContext.toy(0).mode
    let z = head(model.images(batch.pixels, mode), mode).detached()
    let expected = supCon(z, batch.labels + batch.labels, temperature: 0.2)
    #expect(abs(result.loss.item() - expected) < 1e-4, "\(result.loss.item()), expected \(expected)")
  }

  @Test func withoutClassesSupConIsSimCLR() throws {
    let (supCon, simCLR) = (
      ToyTraining(.toySupCon(temperature: 0.2), labelled: { _ in false }), ToyTraining(.toySimCLR(temperature: 0.2))
    )
    let batch = try supCon.batch(0)
    #expect(Set(batch.labels).count == 8 && batch.labels.allSatisfy { $0 < 0 })
    let loss = supCon.method.step(batch, .toy(0)).loss.item()
    #expect(abs(loss - simCLR.method.step(batch, .toy(0)).loss.item()) < 1e-5)
  }

  @Test func aStepOfCrossEntropyPassesOverItemsWithoutAClass() throws {
    let training = ToyTraining(.toyCrossEntropy, labelled: { $0 != 3 })
    let batch = try training.batch(0)
    let result = training.method.step(batch, .toy(0))
    let tree = ParameterTree(seed: 1)
    let model = EmbeddingModel(tree.root / "model", training.method.model.recipe)
    let classifier = Linear(tree.root / "classifier", from: model.size, to: 2)
    let mode = StepContext.toy(0).mode
    let logits = classifier(model.images(batch.pixels, mode), mode).detached()
    var losses: [Double] = []
    for (row, item) in (batch.items + batch.items).enumerated() where item != 3 {
      let values = logits[row].values(as: Double.self)
      losses.append(.log(.exp(values[0]) + .exp(values[1])) - values[item % 2])
    }
    #expect(losses.count == 14)
    #expect(abs(result.loss.item() - losses.reduce(0, +) / 14) < 1e-5)
    let none = ToyTraining(.toyCrossEntropy, labelled: { _ in false })
    let loss = none.method.step(try none.batch(0), .toy(0)).loss
    #expect(loss.item() == 0)
    #expect(loss.gradients(of: none.method.tree.trainable.map(\.value)).allSatisfy { $0?.isFinite().all() ?? true })
  }

  @Test(arguments: [MethodRecipe.toySupCon(), .toyCrossEntropy])
  func aFewStepsLowerTheLoss(recipe: MethodRecipe) throws {
    let training = ToyTraining(recipe)
    let losses = try (0..<60).map { try training.step($0) }
    let (first, last) = (losses[..<10].reduce(0, +) / 10, losses[50...].reduce(0, +) / 10)
    #expect(last < first - 0.05, "from \(first) to \(last)")
  }
}
