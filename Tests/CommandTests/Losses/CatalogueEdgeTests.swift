import TestSupport
import Tensors
import Testing

@testable import Kindred

/// Inputs that break losses: every loss of the catalogue has a finite value and gradient for what a batch can be, and is
/// NaN for rows that hold one.
@Suite struct CatalogueEdgeTests {
  private func expectFinite(
    _ entry: LossEntry, _ sample: LossSample, _ numbers: [String: Double] = [:], _ what: String
  ) throws {
    for semantics in [nil] + entry.description.variants.keys.map(Optional.some) {
      var choices = LossSample.choices(entry, semantics)
      choices.numbers.merge(numbers) { $1 }
      let result = try LossEvaluation(of: entry, sample.data, choices)
      let name = "\(entry.description.name) \(semantics?.rawValue ?? "") of \(what)"
      #expect(result.loss.isFinite, "\(name): \(result.loss)")
      for (input, gradient) in result.gradients {
        #expect(gradient.isFinite().all(), "\(name): the gradient of \(input) is not finite")
      }
    }
  }

  /// A batch of one row (two where a variance is taken), one class, and classes of one row each.
  @Test(arguments: CatalogueTests.names)
  func batchesWithoutPositivesOrNegatives(name: String) throws {
    let entry = try #require(LossCatalogue[name])
    let least = ["vicreg", "barlow-twins"].contains(name) ? 2 : 1
    try expectFinite(entry, LossSample(entry, rows: least), [:], "a batch of \(least)")
    guard entry.files.labels == .required else { return }
    try expectFinite(entry, LossSample(entry, labels: [1, 1, 1, 1, 1, 1, 1]), [:], "one class")
    if entry.files.second != .proxies {
      try expectFinite(entry, LossSample(entry, labels: [0, 1, 2, 3, 4, 5, 6]), [:], "classes of one")
      try expectFinite(entry, LossSample(entry, labels: [0, 0, 1, 2, 3, 4, 5]), [:], "one pair")
    }
  }

  /// Pairs that all belong together, or none of which does; grades that are all the same.
  @Test(arguments: CatalogueTests.names)
  func pairsOfOneKind(name: String) throws {
    let entry = try #require(LossCatalogue[name])
    guard entry.files.pairs != .none else { return }
    for label in [0.0, 1] {
      var sample = LossSample(entry)
      sample.data.pairs = Tensor([Double](repeating: label, count: 7))
      try expectFinite(entry, sample, [:], "pairs all \(label)")
    }
  }

  @Test(arguments: CatalogueTests.names)
  func equalRowsAndZeroRows(name: String) throws {
    let entry = try #require(LossCatalogue[name])
    let row = Tensor([0.3, -1, 2, 0.5, 0.1, -0.7], shape: [1, 6])
    try expectFinite(entry, LossSample(entry).mapRows { row.expanded(to: $0.shape).copy() }, [:], "equal rows")
    try expectFinite(entry, LossSample(entry).mapRows { .zeros($0.shape, type: .float64) }, [:], "zero rows")
    // A single row of zeros among others.
    let sample = LossSample(entry)
    sample.data.a[2].assign(.zeros([6], type: .float64))
    try expectFinite(entry, sample, [:], "a row of zeros")
  }

  /// In `float32`, where exp(1/0.001) is far beyond the largest number.
  @Test(arguments: CatalogueTests.names)
  func aTemperatureOfAThousandth(name: String) throws {
    let entry = try #require(LossCatalogue[name])
    let numbers = entry.description.parameters.map(\.name)
    var sample = LossSample(entry).mapRows { $0.to(.float32) }
    sample.data.pairs = sample.data.pairs?.to(.float32)
    if numbers.contains("temperature") { try expectFinite(entry, sample, ["temperature": 0.001], "τ = 0.001") }
    if numbers.contains("scale") { try expectFinite(entry, sample, ["scale": 1000], "a scale of 1000") }
  }

  /// A number that is not one, anywhere, shows in the loss, so that nobody trains on.
  @Test(arguments: CatalogueTests.names, [Double.nan, .infinity])
  func rowsThatAreNotFinite(name: String, number: Double) throws {
    let entry = try #require(LossCatalogue[name])
    for place in ["a", "b", "negatives", "queue"] {
      var sample = LossSample(entry)
      let array = [
        "a": sample.data.a, "b": sample.data.b, "negatives": sample.data.negatives, "queue": sample.data.queue,
      ]
      guard let rows = array[place] ?? nil else { continue }
      rows[rows.shape[0] - 1].assign(Tensor([1, number, 0, 1, 2, 3]))
      switch place {
      case "a": sample.data.a = rows
      case "b": sample.data.b = rows
      case "negatives": sample.data.negatives = rows
      default: sample.data.queue = rows
      }
      let loss = try LossEvaluation(of: entry, sample.data, LossSample.choices(entry)).loss
      #expect(!loss.isFinite, "\(name) is \(loss) with \(number) in \(place)")
    }
  }
}
