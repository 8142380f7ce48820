import Kindred
import TestSupport
import Testing

/// What metric learning takes from the data, and what it says about uneven classes.
@Suite struct MetricPlanTests {
  private func plan(
    _ source: ToySource = ToySource(20), _ choose: (inout RunPlan.Choices) -> Void = { _ in }
  ) throws -> (options: Metric.Options, batch: Int, reasons: [String]) {
    var choices = RunPlan.Choices()
    choose(&choices)
    let plan = try RunPlan(method: "metric", source: source, specification: "toys", choices: choices)
    guard case .metric(let options) = plan.configuration.method else { fatalError("another method") }
    return (options, plan.configuration.batchSize, plan.reasons)
  }

  @Test func takesTheRestFromTheData() throws {
    let (options, batch, reasons) = try plan()
    #expect(options.loss == LossRecipe("multisimilarity") && options.miner == MinerRecipe("multi-similarity"))
    #expect(options.size == 128 && options.label == "color" && options.classes == 2)
    // Two classes: a batch of all twenty has ten of each.
    #expect(batch == 20 && options.perClass == 10)
    #expect(reasons.contains("batch 20: 10 items of 2 classes"), "\(reasons)")
    #expect(reasons.contains("all classes are drawn alike often, whatever their size"), "\(reasons)")
    #expect(reasons.contains("views light, mirrored half of the time"), "\(reasons)")
  }

  @Test func choicesAreTakenOver() throws {
    let (options, batch, _) = try plan {
      ($0.loss, $0.miner) = (LossRecipe("triplet", numbers: ["margin": 0.3]), MinerRecipe("batch-hard"))
      ($0.perClass, $0.batchSize, $0.embeddingSize, $0.lossRate) = (4, 8, 0, 0.5)
    }
    #expect(options.loss.numbers == ["margin": 0.3] && options.miner?.name == "batch-hard")
    #expect(options.perClass == 4 && batch == 8 && options.size == nil && options.lossRate == 0.5)
    #expect(try plan { $0.isWithoutMiner = true }.options.miner == nil)
    #expect(try plan { $0.loss = LossRecipe("triplet") }.options.miner == nil)
  }

  @Test func saysWhatBecomesOfUnevenClasses() throws {
    // Nine red toys and one blue one; the others have no class.
    let uneven = ToySource(20, labelled: { $0 % 2 == 0 ? $0 < 18 : $0 == 1 })
    #expect(
      try plan(uneven).reasons.contains(
        "all classes are drawn alike often, whatever their size; those of fewer than 10 items repeat them, in other views; items without a class take no part"
      ))
    func fate(_ loss: String) throws -> String? {
      try plan(uneven) { ($0.loss, $0.perClass) = (LossRecipe(loss), 0) }.reasons.first { $0.hasPrefix("every item") }
    }
    let start = "every item gets its turn once an epoch, whatever the size of its class; an item alone in its class is "
    let end = "; items without a class take no part"
    #expect(try fate("contrastive") == start + "only pushed away from others" + end)
    #expect(try fate("batch-hard-triplet") == start + "a negative of others only" + end)
    #expect(try fate("normface") == start + "drawn to the proxy of that" + end)
  }

  @Test func refusesWhatDoesNotFit() {
    func refusal(_ choose: (inout RunPlan.Choices) -> Void) -> String? {
      do { _ = try plan(choose: choose) } catch { return "\(error)" }
      return nil
    }
    #expect(refusal { $0.loss = LossRecipe("tripelt") } == "tripelt: is no loss; did you mean triplet?")
    #expect(
      refusal { ($0.loss, $0.miner) = (LossRecipe("arcface"), MinerRecipe("batch-hard")) }
        == "arcface compares items with proxies, and takes no miner")
  }

  private func plan(choose: (inout RunPlan.Choices) -> Void) throws -> Metric.Options {
    try plan(ToySource(20), choose).options
  }
}
