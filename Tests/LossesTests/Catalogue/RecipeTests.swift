import Basics
import TestSupport
import Tensors
import Testing

@testable import Losses

@Suite struct RecipeTests {
  private func refusal(_ body: () throws -> Void) -> String? {
    do { try body() } catch { return "\(error)" }
    return nil
  }

  @Test(arguments: [
    (LossRecipe("tripelt"), "tripelt: is no loss; did you mean triplet?"),
    (
      LossRecipe("triplet", numbers: ["temperature": 0.1]),
      "triplet: has no temperature; it has margin, distance, hinge, miner, swap"
    ),
    (LossRecipe("triplet", numbers: ["margin": -1]), "triplet: the margin must be 0 or more, not -1.0"),
    (
      LossRecipe("triplet", words: ["distance": "cosinus"]),
      "triplet: the distance is not 'cosinus'; did you mean cosine?"
    ),
    (
      LossRecipe("triplet", semantics: .lightly),
      "triplet: does not know the semantics lightly; it knows paper, pml, sentence-transformers"
    ),
    (
      LossRecipe("softtriple", numbers: ["centers": 1.5]),
      "softtriple: the centers must be a whole number of at least 1"
    ),
  ])
  func aLossThatCannotBeIsRefused(recipe: LossRecipe, message: String) {
    #expect(
      refusal { _ = try recipe.entry() }?.hasPrefix(message) == true, "\(refusal { _ = try recipe.entry() } ?? "")")
  }

  @Test(arguments: [
    (MinerRecipe("batchhard"), "batchhard: is no miner; did you mean batch-hard?"),
    (MinerRecipe("batch-hard", numbers: ["margin": 1]), "batch-hard: has no margin; it has distance"),
    (
      MinerRecipe("batch-easy-hard", words: ["positives": "semi-hard"]),
      "batch-easy-hard: semi-hard goes with hard or easy of the other kind"
    ),
    (
      MinerRecipe("distance-weighted", numbers: ["reach": 0.1]),
      "distance-weighted: the reach must be beyond the cutoff"
    ),
  ])
  func aMinerThatCannotBeIsRefused(recipe: MinerRecipe, message: String) {
    #expect(refusal { _ = try recipe.entry() } == message)
  }

  /// Names in the catalogue choose what the types of these names choose.
  @Test func minersOfTheCatalogueAreTheMiners() throws {
    let (rows, labels) = PairGoldens.odd
    let labeled = LabeledRows(rows, labels: labels)
    func mined(_ recipe: MinerRecipe, seed: UInt64 = 1) throws -> Set<[Int]> {
      switch try recipe(labeled, random: RandomStream(seed: seed)) {
      case .pairs(let pairs): pairs.tuples
      case .triplets(let triplets): triplets.tuples
      }
    }
    #expect(try mined(MinerRecipe("batch-hard")) == BatchHardMiner()(labeled).tuples)
    #expect(
      try mined(MinerRecipe("batch-hard", words: ["distance": "cosine"]))
        == BatchHardMiner(distance: .cosine)(labeled).tuples)
    #expect(try mined(MinerRecipe("batch-easy-hard")) == BatchEasyHardMiner()(labeled).tuples)
    #expect(try mined(MinerRecipe("angular", numbers: ["degrees": 35])) == AngularMiner(degrees: 35)(labeled).tuples)
    #expect(try mined(MinerRecipe("multi-similarity")) == MultiSimilarityMiner()(labeled).tuples)
    #expect(
      try mined(MinerRecipe("pair-margin", numbers: ["negative-margin": 1.1]))
        == PairMarginMiner(negativeMargin: 1.1)(labeled).tuples)
    #expect(
      try mined(MinerRecipe("triplet-margin", words: ["kind": "semi-hard"]))
        == TripletMarginMiner(kind: .semiHard)(labeled).tuples)
    var random = RandomStream(seed: 3)
    #expect(
      try mined(MinerRecipe("distance-weighted"), seed: 3) == DistanceWeightedMiner()(labeled, random: &random).tuples)
    random = RandomStream(seed: 3)
    #expect(
      try mined(MinerRecipe("uniform-histogram", numbers: ["bins": 5]), seed: 3)
        == UniformHistogramMiner(bins: 5)(labeled, random: &random).tuples)
  }

  @Test func tripletsAreTwoPairsEach() {
    let mined = MinedTuples.triplets(TripletSelection(Tensor([0, 1, 2, 3, 4, 5], shape: [2, 3])))
    #expect(plainIndices(mined.pairs.positives) == [[0, 1], [3, 4]])
    #expect(plainIndices(mined.pairs.negatives) == [[0, 2], [3, 5]])
    #expect(mined.count == 2)
  }
}
