import Basics
import TestSupport
import Tensors
import Testing

@testable import Losses

/// Losses over chosen pairs only, as catalogue and miners join them.
@Suite struct SelectionTests {
  private static let minable = LossCatalogue.entries.filter(\.takesMiner)
  private let batches = [PairGoldens.six, PairGoldens.odd]

  private func everything(_ labels: Tensor) -> PairSelection {
    let labels = labels.values(as: Int.self)
    func pairs(_ isChosen: (Int, Int) -> Bool) -> Tensor {
      let chosen = labels.indices.flatMap { a in labels.indices.filter { isChosen(a, $0) }.map { [a, $0] } }
      return Tensor(chosen.flatMap { $0 }, shape: [chosen.count, 2])
    }
    return PairSelection(
      positives: pairs { $0 != $1 && labels[$0] == labels[$1] }, negatives: pairs { labels[$0] != labels[$1] })
  }

  @Test(arguments: minable.map(\.description.name)) func allPairsChosenAreAllPairs(name: String) throws {
    for (rows, labels) in batches {
      let recipe = LossRecipe(name)
      let data = LossData(a: rows, labels: labels)
      let all = try recipe(data).item()
      let chosen = try recipe(data, mined: .pairs(everything(labels))).item()
      #expect(abs(all - chosen) < 1e-9 * max(1, abs(all)), "\(name): \(chosen), expected \(all)")
    }
  }

  /// Every loss of chosen pairs has the gradient that its values have, but the circle loss, which holds its weights.
  @Test(arguments: minable.map(\.description.name).filter { $0 != "circle" }) func chosenPairsHaveTheirGradient(
    name: String
  ) throws {
    let (rows, labels) = PairGoldens.six
    let mined = MinedTuples.pairs(MultiSimilarityMiner(epsilon: 0.5)(rows, labels: labels))
    expectGradients(at: [rows], tolerance: 2e-5) { inputs in
      do { return try LossRecipe(name)(LossData(a: inputs[0], labels: labels), mined: mined) } catch {
        preconditionFailure("\(error)")
      }
    }
  }

  /// Against the definitions over lists, written by themselves.
  @Test func chosenPairsAndTripletsAreThoseOfTheLists() throws {
    for (rows, labels) in batches {
      let data = LossData(a: rows, labels: labels)
      let pairs = PairMarginMiner(positiveMargin: 0.1, negativeMargin: 1.3)(rows, labels: labels)
      expectClose(
        try LossRecipe("contrastive", semantics: .pml)(data, mined: .pairs(pairs)),
        [UnsquaredContrastiveLoss()(rows, pairs: pairs).item()])
      expectClose(
        try LossRecipe("multisimilarity")(data, mined: .pairs(pairs)),
        [MultiSimilarityLoss()(rows, pairs: pairs).item()])
      let triplets = TripletMarginMiner(kind: .semiHard)(rows, labels: labels)
      expectClose(
        try LossRecipe("triplet", semantics: .pml)(data, mined: .triplets(triplets)),
        [TripletLoss.pml(rows, triplets: triplets).item()])
      expectClose(
        try LossRecipe("margin")(data, mined: .triplets(triplets)), [MarginLoss()(rows, triplets: triplets).item()])
    }
  }

  /// A contrastive loss of two chosen pairs by hand; the pair that was chosen twice counts once.
  @Test func countsAPairOnce() throws {
    let rows = Tensor([0, 0, 3, 4, 0, 1], shape: [3, 2]).to(.float64)
    let pairs = PairSelection(
      positives: Tensor([0, 1, 0, 1], shape: [2, 2]), negatives: Tensor([0, 2], shape: [1, 2]))
    let loss = try LossRecipe("contrastive", numbers: ["margin": 2])(
      LossData(a: rows, labels: Tensor([0, 0, 1])), mined: .pairs(pairs))
    // ½·5² for the positive pair and ½·(2 − 1)² for the negative one, of two.
    expectClose(loss, [(12.5 + 0.5) / 2])
  }

  @Test func nothingChosenCostsNothing() throws {
    let (rows, labels) = PairGoldens.six
    let none = MinedTuples.triplets(TripletSelection(.zeros([0, 3], type: .int64)))
    for name in ["triplet", "margin", "contrastive", "batch-hard-triplet"] {
      let variable = rows.asVariable()
      let loss = try LossRecipe(name)(LossData(a: variable, labels: labels), mined: none)
      #expect(loss.item() == 0, "\(name)")
      if loss.requiresGradient {
        #expect(loss.gradients(of: [variable])[0]?.isFinite().all() ?? true, "\(name)")
      }
    }
  }
}
