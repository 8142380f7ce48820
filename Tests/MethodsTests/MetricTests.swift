import Basics
import Datasets
import Images
import Layers
import Losses
import Models
import TestSupport
import Tensors
import Testing

@testable import Methods

extension MethodRecipe {
  static func toyMetric(
    _ loss: LossRecipe, miner: MinerRecipe? = nil, perClass: Int? = nil, size: Int? = 8
  ) -> MethodRecipe {
    .metric(
      Metric.Options(
        encoder: .small(SmallConvNet.Recipe(widths: [4, 8])), size: size, loss: loss, miner: miner,
        view: .light(size: 8), perClass: perClass, classes: 2))
  }
}

@Suite struct MetricTests {
  private static let losses = LossCatalogue.entries.filter(\.learnsFromClasses).map(\.description.name)

  @Test func aStepIsTheLossOfTheEmbeddings() throws {
    let training = ToyTraining(.toyMetric(LossRecipe("triplet", numbers: ["margin": 0.7])))
    let batch = try training.batch(0)
    let result = training.method.step(batch, .toy(0))
    let tree = ParameterTree(seed: 1)
    let model = EmbeddingModel(tree.root / "model", training.method.model.recipe)
    let z = model.images(batch.pixels, StepContext.toy(0).mode).detached()
    #expect(z.shape == [8, 8])
    let rows = z.normalized().values(as: Double.self)
    func d(_ i: Int, _ k: Int) -> Double {
      (0..<8).reduce(0) { $0 + (rows[i * 8 + $1] - rows[k * 8 + $1]) * (rows[i * 8 + $1] - rows[k * 8 + $1]) }
    }
    var losses: [Double] = []
    for a in 0..<8 {
      for p in 0..<8 where p != a && batch.labels[p] == batch.labels[a] {
        for n in 0..<8 where batch.labels[n] != batch.labels[a] { losses.append(max(0, d(a, p) - d(a, n) + 0.7)) }
      }
    }
    #expect(losses.count == 8 * 3 * 4)
    #expect(abs(result.loss.item() - losses.reduce(0, +) / Double(losses.count)) < 1e-5)
  }

  @Test(arguments: losses) func everyLossLearns(name: String) throws {
    let training = ToyTraining(.toyMetric(LossRecipe(name)))
    let losses = try (0..<40).map { try training.step($0) }
    #expect(losses.allSatisfy { $0.isFinite })
    let (first, last) = (losses[..<5].reduce(0, +), losses[35...].reduce(0, +))
    #expect(last < first || last < 1e-3, "\(name): from \(first / 5) to \(last / 5)")
  }

  @Test(arguments: MinerCatalogue.entries.map(\.name), ["triplet", "margin", "contrastive", "circle"])
  func everyMinerGoesWithEveryKindOfLoss(miner: String, loss: String) throws {
    // A margin that two colours do not keep: otherwise a loss over triplets may be 0.
    let recipe = LossRecipe(loss, numbers: loss == "triplet" ? ["margin": 2] : [:], semantics: .pml)
    let training = ToyTraining(.toyMetric(recipe, miner: MinerRecipe(miner)))
    let first = training.method.step(try training.batch(0), .toy(0))
    let weights = training.method.tree.trainable.map(\.value)
    let norm =
      first.loss.requiresGradient
      ? first.loss.gradients(of: weights).compactMap { $0?.norm().item() }.reduce(0, +) : 0
    let mined = try #require(first.figures["mined"]?.item())
    #expect(norm.isFinite && (norm > 0 || mined == 0), "\(loss) \(miner): \(norm) of \(mined)")
    for step in 0..<4 {
      let value = try training.step(step, rate: 0.001)
      #expect(value.isFinite, "\(loss) \(miner)")
    }
  }

  /// A run that diverges is to end with a word, and miners have nothing to choose from.
  @Test(arguments: MinerCatalogue.entries.map(\.name)) func lostEmbeddingsMakeTheLossNaN(miner: String) throws {
    let training = ToyTraining(.toyMetric(LossRecipe("triplet"), miner: MinerRecipe(miner)))
    let weight = try #require(training.method.tree.trainable.first).value
    withoutGradient { weight.assign(weight.detached() * .nan) }
    let result = training.method.step(try training.batch(0), .toy(0))
    #expect(result.loss.item().isNaN)
  }

  @Test func itemsWithoutAClassTakeNoPart() throws {
    for loss in ["contrastive", "normface", "multisimilarity"] {
      let training = ToyTraining(.toyMetric(LossRecipe(loss)), labelled: { $0 < 5 })
      let batch = try training.batch(0)
      #expect(batch.items.count == 8 && batch.labels.count { $0 >= 0 } == 5)
      let result = training.method.step(batch, .toy(0))
      // Rows of known classes alone, from the embeddings of all: batch norms see all images.
      let known = batch.labels.indices.filter { batch.labels[$0] >= 0 }
      let tree = training.method.tree
      let expected = try LossRecipe(loss)(
        LossData(
          a: result.embeddings.items(at: known), b: tree["loss.proxies"]?.value.detached(),
          labels: Tensor(known.map { batch.labels[$0] }))
      ).item()
      #expect(abs(result.loss.item() - expected) < 1e-5, "\(loss)")
    }
    let none = ToyTraining(.toyMetric(LossRecipe("triplet")), labelled: { _ in false })
    #expect(none.method.step(try none.batch(0), .toy(0)).loss.item() == 0)
  }

  /// One red toy among blue ones: as the documentation says for each family.
  @Test func anItemAloneInItsClass() throws {
    func gradientOfAlone(_ loss: String) throws -> Double {
      let rows = Tensor.normal([5, 4], type: .float64, from: RandomSource(seed: 3)).asVariable()
      let proxies = Tensor.normal([2, 4], type: .float64, from: RandomSource(seed: 4))
      let entry = try LossRecipe(loss).entry()
      let value = try LossRecipe(loss)(
        LossData(a: rows, b: entry.files.second == .proxies ? proxies : nil, labels: Tensor([0, 1, 1, 1, 1])))
      return value.gradients(of: [rows])[0]![0].norm().item()
    }
    // It is a negative of the others in all of these, and drawn to its proxy.
    for loss in ["contrastive", "multisimilarity", "batch-hard-triplet", "normface", "proxyanchor"]
    where LossCatalogue[loss] != nil {
      #expect(try gradientOfAlone(loss).isFinite, "\(loss)")
    }
    #expect(try gradientOfAlone("multisimilarity") > 0)
    #expect(try gradientOfAlone("normface") > 0)
  }

  @Test func whatTheLossLearnsHasItsOwnRate() throws {
    let proxies = ToyTraining(.toyMetric(LossRecipe("softtriple", numbers: ["centers": 3]))).method
    #expect(proxies.ownRates == ["loss.proxies": 0.01])
    #expect(proxies.tree["loss.proxies"]?.value.shape == [6, 8] && proxies.tree["loss.proxies"]?.role == .proxy)
    let margin = ToyTraining(.toyMetric(LossRecipe("margin", numbers: ["boundary": 0.9])))
    #expect(margin.method.ownRates == ["loss.boundary": 0.01])
    #expect(abs(margin.method.tree["loss.boundary"]!.value.item() - 0.9) < 1e-6)
    _ = try margin.step(0)
    #expect(margin.method.tree["loss.boundary"]!.value.item() != 0.9)
    let features = ToyTraining(.toyMetric(LossRecipe("triplet"), size: nil)).method
    #expect(features.ownRates.isEmpty && features.model.size == 8)
    #expect(features.tree.parameters.allSatisfy { !$0.path.hasPrefix("loss") })
  }

  @Test(arguments: [
    ("normface", "batch-hard", "normface compares items with proxies, and takes no miner"),
    ("supcon", "batch-hard", "supcon takes no miner"),
    ("uniformity", nil, "uniformity does not learn from classes"),
    ("triplte", nil, "triplte is no loss; did you mean triplet?"),
    ("triplet", "batch-heard", "batch-heard is no miner; did you mean batch-hard?"),
  ])
  func saysWhatCannotBeLearned(loss: String, miner: String?, problem: String) {
    let recipe = MethodRecipe.toyMetric(LossRecipe(loss), miner: miner.map { MinerRecipe($0) })
    #expect(recipe.problem == problem)
  }
}
