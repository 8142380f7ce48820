import TestSupport
import Tensors
import Testing

@testable import Kindred

/// What every loss of the catalogue is held to, whoever adds one: an oracle, gradients, invariances, and the inputs that
/// break losses. `LossCommandTests` has the numbers of other libraries.
@Suite struct CatalogueTests {
  static let names = LossCatalogue.entries.map(\.description.name)

  private func evaluate(
    _ entry: LossEntry, _ sample: LossSample, _ semantics: Semantics? = nil, _ numbers: [String: Double] = [:]
  ) throws -> LossEvaluation {
    var choices = LossSample.choices(entry, semantics)
    choices.numbers.merge(numbers) { $1 }
    return try LossEvaluation(of: entry, sample.data, choices)
  }

  /// The value of a loss, and of the same with every one of its numbers changed, is that of loops over plain numbers.
  @Test(arguments: names)
  func agreesWithLoopsOverPlainNumbers(name: String) throws {
    let entry = try #require(LossCatalogue[name])
    let sample = LossSample(entry)
    let standard = try evaluate(entry, sample)
    let values = Dictionary(uniqueKeysWithValues: standard.parameters.map { ($0.name, $0.value) })
    // Those that take effect only together with other choices.
    let idle = ["centers", "base-temperature"] + (name == "mnrl" ? ["alpha"] : [])
    let others = entry.description.parameters.map(\.name).filter { !idle.contains($0) }
    for changed in [nil] + others.map(Optional.some) {
      var numbers = values
      if let changed {
        // A loss of 0 shows nothing: its margin is widened.
        let factor = standard.loss == 0 ? 3 : 0.8
        let value = values[changed].map { changed == "bins" ? $0 + 3 : $0 == 0 ? 0.4 : $0 * factor } ?? 0.7
        #expect(entry.limit(of: changed).allows(value), "\(name): \(changed) may be \(value)")
        numbers[changed] = value
      }
      let loss = try evaluate(entry, sample, nil, numbers).loss
      let expected = try #require(PlainLosses.loss(name, sample.data, numbers), "\(name) has no oracle")
      #expect(
        abs(loss - expected) <= 1e-10 * max(1, abs(expected)),
        "\(name), \(changed ?? "as it is"): \(loss), expected \(expected)")
      if changed != nil { #expect(loss != standard.loss, "\(name): \(changed!) has no effect here") }
    }
  }

  /// Along random directions through all arrays and learned numbers at once, in every semantics.
  @Test(arguments: names)
  func gradientsAreFiniteDifferences(name: String) throws {
    // The weights of these follow the rows but have no gradient: other libraries' gradients are what they are held to.
    guard !["circle", "dclw"].contains(name) else { return }
    let entry = try #require(LossCatalogue[name])
    let sample = LossSample(entry)
    for semantics in [nil] + Semantics.allCases.filter({ entry.description.variants[$0] != nil }).map(Optional.some) {
      let base = try evaluate(entry, sample, semantics)
      let h = 1e-6
      for k in 1...3 {
        var change = 0.0
        var (ahead, behind) = (sample, sample)
        var numbers: [(String, Double)] = []
        for (input, gradient) in base.gradients {
          if gradient.rank == 0 {
            let value = try #require(base.parameters.first { $0.name == input }?.value)
            numbers.append((input, value))
            change += gradient.item()
            continue
          }
          let shape = gradient.shape
          let direction = peerInput(shape[0], shape[1], 0.71 * Double(k), 2.3 / Double(k))
          change += (gradient * direction).sum().item()
          for (copy, sign) in [(\LossData.a, "a"), (\.b!, "b"), (\.negatives!, "negatives")] where sign == input {
            ahead.data[keyPath: copy] = ahead.data[keyPath: copy] + direction * h
            behind.data[keyPath: copy] = behind.data[keyPath: copy] - direction * h
          }
        }
        func moved(_ step: Double) -> [String: Double] {
          Dictionary(uniqueKeysWithValues: numbers.map { ($0.0, $0.1 + step) })
        }
        let difference =
          try (evaluate(entry, ahead, semantics, moved(h)).loss - evaluate(entry, behind, semantics, moved(-h)).loss)
          / (2 * h)
        #expect(
          abs(change - difference) < 1e-5 * max(1, abs(change)),
          "\(name) \(semantics?.rawValue ?? ""): \(change), expected \(difference)")
      }
    }
  }

  /// Neither the order of the examples nor, for what looks at angles and distances only, the axes of the space matter.
  @Test(arguments: names)
  func orderAndAxesDoNotMatter(name: String) throws {
    let entry = try #require(LossCatalogue[name])
    let sample = LossSample(entry)
    let loss = try evaluate(entry, sample).loss
    let reordered = try evaluate(entry, sample.reordered(entry, [3, 0, 6, 2, 5, 1, 4])).loss
    #expect(abs(reordered - loss) < 1e-11 * max(1, abs(loss)), "\(name): order matters")
    guard !["vicreg", "barlow-twins", "angle"].contains(name) else { return }
    // Two turns in planes that share no axis, and one between them.
    let turned = try evaluate(entry, sample.mapRows { $0.matrixProduct(Self.rotation) }).loss
    #expect(abs(turned - loss) < 1e-11 * max(1, abs(loss)), "\(name): axes matter")
  }

  private static var rotation: Tensor {
    func plane(_ i: Int, _ j: Int, _ cosine: Double) -> Tensor {
      let sine = (1 - cosine * cosine).squareRoot()
      var values = (0..<36).map { $0 % 7 == 0 ? 1.0 : 0 }
      (values[i * 7], values[j * 7], values[i * 6 + j], values[j * 6 + i]) = (cosine, cosine, sine, -sine)
      return Tensor(values, shape: [6, 6])
    }
    return plane(0, 3, 0.6).matrixProduct(plane(3, 5, -0.28)).matrixProduct(plane(1, 4, 0.8))
      .matrixProduct(plane(2, 4, 0.96))
  }

  /// Losses that compare rows as they are; all others scale them to unit length first.
  static let ofRowsAsTheyAre: Set<String> = [
    "contrastive", "batch-hard-triplet", "n-pair", "lifted-structure", "generalized-lifted-structure", "nca",
    "soft-nearest-neighbor", "vicreg", "barlow-twins",
  ]

  @Test(arguments: names)
  func lengthsOfRowsMatterOnlyWhereRowsAreTakenAsTheyAre(name: String) throws {
    let entry = try #require(LossCatalogue[name])
    let sample = LossSample(entry)
    let loss = try evaluate(entry, sample).loss
    let scaled = try evaluate(
      entry, sample.mapRows { $0 * Tensor((1...$0.shape[0]).map { 0.3 * Double($0) }, shape: [$0.shape[0], 1]) }
    ).loss
    let same = abs(scaled - loss) < 1e-10 * max(1, abs(loss))
    #expect(same == !Self.ofRowsAsTheyAre.contains(name), "\(name): \(loss) and, scaled, \(scaled)")
  }

  @Test(arguments: names)
  func singlePrecisionAgrees(name: String) throws {
    let entry = try #require(LossCatalogue[name])
    let sample = LossSample(entry)
    var single = sample.mapRows { $0.to(.float32) }
    single.data.pairs = single.data.pairs?.to(.float32)
    let (loss, value) = try (evaluate(entry, sample).loss, evaluate(entry, single).loss)
    #expect(abs(value - loss) < 2e-4 * max(1, abs(loss)), "\(name): \(value), in float64 \(loss)")
  }
}
