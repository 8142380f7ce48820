import Basics
import Datasets
import Inference
import Models
import TestSupport
import Tensors
import Testing

@testable import Kindred

@Suite struct FineTuningTests {
  private let source = ToySource(36, test: 12, hasCaptions: false)
  private let model = TrainedModel(
    untrained: EmbeddingModelRecipe(
      imageEncoder: .small(SmallConvNet.Recipe(widths: [4, 8])), preprocessing: .unit(side: 8)),
    seed: 3, precision: .float32)

  private func tuned(_ tuning: FineTuning, items: [Int]) throws -> FineTunedClassifier {
    try tuning.classifier(from: model, on: source, items: items, broken: BrokenItems(among: source.count))
  }

  private func accuracy(_ classifier: FineTunedClassifier) throws -> Double {
    let test = source.split.test
    return try classifier.accuracy(
      on: source, items: test, labels: test.map { source.labelings[0].labels[$0]! },
      leavingOut: BrokenItems(among: source.count)
    ).top1
  }

  @Test func theWholeEncoderLearnsTheClassesAndTheModelStaysAsItIs() throws {
    let before = model.tree.snapshot()
    let classifier = try tuned(FineTuning(epochs: 40, batch: 8, rate: 6), items: Array(0..<24))
    #expect(try accuracy(classifier) == 1)
    let after = classifier.tree.snapshot()
    for (name, value) in before {
      #expect(model.tree.snapshot()[name]!.values(as: Float.self) == value.values(as: Float.self), "\(name)")
      #expect(after["model.\(name)"]!.values(as: Float.self) != value.values(as: Float.self), "\(name)")
    }
  }

  @Test func theSameSeedGivesTheSameWeightsAndAnotherDoesNot() throws {
    func weights(_ seed: UInt64) throws -> [Float] {
      let tree = try tuned(FineTuning(epochs: 2, batch: 5, seed: seed), items: Array(0..<12)).tree
      return tree.trainable.flatMap { $0.value.values(as: Float.self) }
    }
    #expect(try weights(1) == weights(1))
    #expect(try weights(1) != weights(2))
  }

  @Test func lossesAreReportedByTheEpochAndOnesThatAreNoNumbersEndIt() throws {
    var epochs: [Int] = []
    _ = try FineTuning(epochs: 3, batch: 5).classifier(
      from: model, on: source, items: Array(0..<12), broken: BrokenItems(among: source.count)
    ) { epoch, loss in
      epochs.append(epoch)
      #expect(loss > 0.1 && loss < 2)
    }
    #expect(epochs == [1, 2, 3])
    let error = #expect(throws: InputError.self) {
      try tuned(FineTuning(epochs: 50, batch: 5, rate: 1e30), items: Array(0..<12))
    }
    #expect(error?.description.contains("stopped being a finite number") == true)
  }

  @Test func theTableHasBothTrainingsAndTheFrozenEncoders() throws {
    let table = try FineTuningMeasurement(fraction: 0.25, epochs: 2, label: nil)
      .measure(ImageContext(model: model, source: source))
    #expect(
      table.rows.map(\.name) == ["model", "untrained", "model, frozen", "raw pixels, frozen", "untrained, frozen"])
    #expect(
      table.title.contains("6 labelled items to learn from, 2 epochs; 12 items kept for measuring"), "\(table.title)")
  }
}
