import Basics
import Kindred
import Tensors
import TestSupport
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What `kindred loss NAME --json` prints.
private struct Output: Decodable {
  struct Gradient: Decodable { let norm: Double }
  let loss: Double
  let gradients: [String: Gradient]
}

@Suite struct LossCommandTests {
  /// The values of other libraries in `float64`: a line, the loss, and the norms of the gradients of A and B.
  ///
  /// Their versions are those that Tests/Goldens/losses_softmax.py names.
  static let goldens: [(line: String, loss: Double, a: Double, b: Double?)] = [
    ("ntxent a.npy b.npy --temperature 0.5", 1.5716225436, 0.2867082421, 0.3211301740),
    ("ntxent a.npy b.npy --semantics lightly", 1.5716225436, 0.2867082421, 0.3211301740),
    ("ntxent a.npy b.npy --scale 2 --semantics solo-learn", 1.5716225436, 0.2867082421, 0.3211301740),
    ("ntxent a.npy b.npy --labels alone.npy --semantics pml", 1.5716225436, 0.2867082421, 0.3211301740),
    ("ntxent a.npy b.npy --semantics simclr-tf", 3.1432450871, 0.5734164842, 0.6422603479),
    ("ntxent a.npy b.npy --temperature 0.1 --semantics lightly", 2.3211155029, 1.3218554138, 1.4552721383),
    ("ntxent a.npy b.npy --temperature 0.07 --semantics pml", 2.9424536365, 1.9313889460, 2.1156331565),
    ("ntxent a.npy b.npy --labels labels.npy --semantics pml", 2.9044488246, 0.3725572417, 0.3633323522),
    ("ntxent a.npy b.npy --semantics supcontrast", 11.2258753111, 2.0479160151, 2.2937869569),
    ("supcon a.npy b.npy --labels labels.npy --semantics pml", 10.0758027623, 2.0094798282, 1.4492322543),
    (
      "supcon a.npy b.npy --labels labels.npy --semantics supcontrast --base-temperature 0.1", 10.0758027623,
      2.0094798282, 1.4492322543
    ),
    ("supcon a.npy b.npy --labels labels.npy --semantics supcontrast", 14.3940039462, 2.8706854688, 2.0703317918),
    (
      "supcon a.npy b.npy --labels labels.npy --semantics supcontrast --temperature 0.07", 14.0205782928, 2.8404807293,
      2.0696118550
    ),
    (
      "supcon a.npy b.npy --labels labels.npy --semantics supcontrast --base-temperature 0.1 --anchors one",
      9.5627258047, 3.2804148641, 0.7876287851
    ),
    (
      "supcon a.npy b.npy --semantics supcontrast --temperature 0.5", 11.2258753111, 2.0479160151, 2.2937869569
    ),
    ("supcon a.npy b.npy --labels labels.npy --semantics solo-learn", 2.2145874125, 1.0434386458, 0.9634820855),
    ("supcon-in a.npy b.npy --labels labels.npy --semantics solo-learn", 2.2145874125, 1.0434386458, 0.9634820855),
    ("dcl a.npy b.npy", 2.0353983098, 1.4396829124, 1.5823110065),
    ("dclw a.npy b.npy", 2.7701900648, 1.8896154548, 2.1922323400),
    ("clip a.npy b.npy", 2.1759535316, 1.8372795785, 1.4494286009),
    (
      "mnrl a.npy b.npy --directions both --partition per-direction --temperature 0.07", 2.1759535316, 1.8372795785,
      1.4494286009
    ),
    ("siglip a.npy b.npy --scale 10 --bias -10 --semantics open_clip", 2.8549852240, 1.4548897779, 1.4896085636),
    ("infonce a.npy b.npy --similarity dot --temperature 1", 1.1656781486, 0.4048999942, 0.4037341688),
    ("mnrl a.npy b.npy", 2.4330036623, 2.8443918826, 2.2706814624),
    ("mnrl a.npy b.npy --directions both --partition per-direction", 2.8965053151, 2.5550824503, 1.9728715171),
    ("mnrl a.npy b.npy --directions all", 4.9950605964, 2.9466575761, 3.3644243498),
    ("mnrl a.npy b.npy --hardness in-batch", 9.4099159003, 2.9185412169, 2.8062714230),
    ("mnrl a.npy b.npy --negatives hard.npy", 4.4697285400, 2.8600709118, 2.6728740009),
    ("cosent a.npy b.npy --pairs grades.npy", 10.9508782257, 12.0408877605, 15.6514128879),
    ("cosent a.npy b.npy --labels grades.npy", 10.9508782257, 12.0408877605, 15.6514128879),
    ("vicreg a.npy b.npy", 12.9012996424, 4.2029092523, 4.2211307804),
    ("barlow-twins a.npy b.npy", 0.2922534745, 0.3459222155, 0.3605026064),
    ("negative-cosine a.npy b.npy", -0.7707970928, 0.1659866450, 0.1726514963),
    ("moco a.npy b.npy --queue queue.npy", 2.8122940428, 2.1546156321, nil),
    (
      "contrastive a.npy b.npy --labels same.npy --margin 0.5 --semantics sentence-transformers", 0.0620132773,
      0.0717803624, 0.0910491754
    ),
    ("online-contrastive a.npy b.npy --pairs same.npy", 0.7397946350, 0.8610318148, 1.0922504377),
    // b and its rolled rows are one array there, and two here: of the gradients only that of a is the same.
    ("triplet a.npy b.npy --negatives rolled.npy --semantics sentence-transformers", 3.8414726731, 0.6781473938, .nan),
    (
      "batch-all-triplet a.npy b.npy --labels labels.npy --semantics sentence-transformers", 4.9221471047, 0.2150790692,
      0.2415840374
    ),
    (
      "batch-hard-triplet a.npy b.npy --labels labels.npy --semantics sentence-transformers", 7.4640348285,
      0.4521339820, 0.6452831203
    ),
    ("contrastive a.npy --labels labels.npy --semantics pml", 2.0041313346, 0.4711965170, nil),
    ("triplet a.npy --labels labels.npy --semantics pml", 0.7252390303, 0.4557081691, nil),
    (
      "triplet a.npy b.npy --labels labels.npy --semantics pml --margin 0.2 --miner semi-hard", 0.1176675037,
      0.1240871009, 0.1523979095
    ),
    (
      "triplet a.npy b.npy --labels labels.npy --semantics pml --margin 0.2 --miner batch-hard", 1.6910103983,
      0.2418738595, 0.2478290074
    ),
    ("multisimilarity a.npy b.npy --labels labels.npy", 1.8154155033, 0.2320738330, 0.1772770819),
    ("circle a.npy b.npy --labels labels.npy --semantics pml", 264.0324807970, 31.5252286470, 31.9755025668),
    ("nca a.npy b.npy --labels labels.npy --semantics pml", 1.3171382430, 0.1681107316, 0.2042900133),
    ("lifted-structure a.npy b.npy --labels labels.npy --semantics pml", 7.8598562641, 0.6066099001, 0.6625303298),
    (
      "generalized-lifted-structure a.npy b.npy --labels labels.npy --semantics pml", 4.4520805006, 0.1834969955,
      0.1772066803
    ),
    ("margin a.npy b.npy --labels labels.npy", 0.6484980903, 0.1319763551, 0.0955558070),
    ("angular a.npy b.npy --labels labels.npy --semantics pml", 5.7976641661, 0.9817433984, 0.8544600240),
    ("fast-ap a.npy b.npy --labels labels.npy", 0.6502410525, 0.0467950938, 0.0577987398),
    ("tuplet-margin a.npy b.npy --labels labels.npy", 56.1611114953, 12.9677758832, 9.2674762746),
    ("intra-pair-variance a.npy b.npy --labels labels.npy", 0.4911016444, 0.0907160175, 0.0484511158),
    (
      "contrastive a.npy b.npy --labels labels.npy --distance signal-to-noise --semantics pml", 5.2301603280,
      6.2005879482, 4.5714971216
    ),
  ]

  @Test(arguments: goldens.indices)
  func otherLibrariesNumbersComeOut(index: Int) throws {
    try withTemporaryFolder { folder in
      try writeLossArrays(to: folder)
      let golden = Self.goldens[index]
      let (ending, run) = try runKindred(
        ["loss"] + golden.line.split(separator: " ").map(String.init) + ["--json"], in: folder)
      #expect(ending == .exited(0), "\(golden.line): \(run.errors)")
      let output = try JSONDecoder().decode(Output.self, from: Data(run.output.utf8))
      #expect(abs(output.loss - golden.loss) < 1e-9, "\(golden.line): \(output.loss), expected \(golden.loss)")
      let norms = [("a", golden.a), ("b", golden.b)]
      for (name, expected) in norms {
        guard let expected else {
          #expect(output.gradients[name] == nil, "\(golden.line): \(name) is not differentiated")
          continue
        }
        guard !expected.isNaN else { continue }
        let norm = output.gradients[name]?.norm ?? .nan
        #expect(abs(norm - expected) < 1e-9, "\(golden.line): |∂\(name)| is \(norm), expected \(expected)")
      }
    }
  }

  @Test(arguments: LossCatalogue.entries.indices)
  func everyLossIsComputedOfTheDataItNeeds(index: Int) throws {
    try withTemporaryFolder { folder in
      try writeLossArrays(to: folder)
      let entry = LossCatalogue.entries[index]
      let name = entry.description.name
      let line = Self.line(for: entry)
      var values: [String: Double] = [:]
      for precision in ["float64", "float32", "bfloat16"] {
        let (ending, run) = try runKindred(["loss", name] + line + ["--json", "--precision", precision], in: folder)
        #expect(ending == .exited(0), "\(name): \(run.errors)")
        let output = try? JSONDecoder().decode(Output.self, from: Data(run.output.utf8))
        #expect(output?.loss.isFinite == true, "\(name): \(run.output)")
        values[precision] = output?.loss
      }
      if name == "ntxent", let single = values["float32"], let half = values["bfloat16"] {
        #expect(half != single && abs(half - single) <= 1e-3 * single, "\(half) and \(single)")
      }
      let (ending, run) = try kindred("loss", name, "--help")
      #expect(ending == .exited(0) && run.output.contains(entry.description.source.prefix { $0 != " " }), "\(name)")
    }
  }

  /// The words after the name that give a loss everything it needs.
  static func line(for entry: LossEntry) -> [String] {
    var words = ["a.npy"]
    switch entry.files.second {
    case .partner: words.append("b.npy")
    case .proxies:
      words.append(entry.description.parameters.contains { $0.name == "centers" } ? "centres.npy" : "proxies.npy")
    case .none, .optionalView, .optionalPartner: break
    }
    if entry.files.labels != .none { words += ["--labels", "labels.npy"] }
    if entry.files.pairs == .required {
      words += ["--pairs", entry.description.needs.contains(.gradedPairs) ? "grades.npy" : "same.npy"]
    }
    if entry.files.negatives == .required {
      words += ["--negatives", entry.description.name == "quadruplet" ? "noise.npy" : "hard.npy"]
    }
    if entry.files.queue == .required { words += ["--queue", "queue.npy"] }
    if entry.description.parameters.contains(where: { $0.name == "centers" }) { words += ["--centers", "2"] }
    return words
  }

  @Test func aPersonReadsWhatWasCompared() throws {
    try withTemporaryFolder { folder in
      try writeLossArrays(to: folder)
      let (_, run) = try kindred("loss", "supcon", "a.npy", "--labels", "labels.npy", in: folder)
      #expect(run.output.hasPrefix("loss "))
      #expect(run.output.contains("formula    1/N · Σᵢ 1/|P(i)|"))
      #expect(run.output.contains("compared   6 anchors; positives each: 1; negatives each: 4\n"))
      let (_, alone) = try kindred("loss", "supcon", "a.npy", "--labels", "alone.npy", in: folder)
      #expect(alone.output.hasPrefix("loss       0.0\n"))
      #expect(alone.output.contains("6 without a positive"))
      // One number of supcon has an effect with one semantics only.
      #expect(run.output.contains("with       temperature 0.1\n"))
    }
  }

  @Test func policiesCountAnchorsWithoutAPositive() throws {
    try withTemporaryFolder { folder in
      try writeLossArrays(to: folder)
      // Four of six rows have a positive.
      try NumPyFile.write(Tensor([0, 0, 1, 1, 2, 3]), to: "\(folder)/some.npy")
      let policies = LossCatalogue.entries.filter { $0.choices.contains { $0.words.contains("zero") } }
      #expect(policies.count == 8)
      for name in policies.map(\.description.name) {
        func loss(_ policy: String) throws -> Double {
          let (_, run) = try kindred(
            "loss", name, "a.npy", "--labels", "some.npy", "--policy", policy, "--json", in: folder)
          return try JSONDecoder().decode(Output.self, from: Data(run.output.utf8)).loss
        }
        let (standard, ignore, zero) = try (loss("standard"), loss("ignore"), loss("zero"))
        #expect(abs(zero - ignore * 4 / 6) < 1e-12 && standard == ignore, "\(name): \(standard), \(ignore), \(zero)")
      }
    }
  }

  @Test func gradientsAreWritten() throws {
    try withTemporaryFolder { folder in
      try writeLossArrays(to: folder)
      let (ending, _) = try kindred(
        "loss", "clip", "a.npy", "b.npy", "--gradient", "g.safetensors", in: folder)
      #expect(ending == .exited(0))
      let file = try SafeTensors(contentsOf: "\(folder)/g.safetensors")
      #expect(file.tensors.keys.sorted() == ["a", "b", "scale"])
      expectClose(file.tensors["a"]!.norm(), [1.8372795785], relative: 0, absolute: 1e-9)
      #expect(file.tensors["a"]!.shape == [6, 5])
    }
  }

  @Test func formulasNameTheirNumbersAndDoNotRepeatDefaults() throws {
    for entry in LossCatalogue.entries {
      let description = entry.description
      for formula in [description.formula] + description.variants.values {
        #expect(formula.firstMatch(of: /[a-zα-ωνλτ] = [0-9.]+(,|$)/) == nil, "\(description.name): \(formula)")
      }
      if let semantics = entry.semantics {
        #expect(description.formula(semantics) == description.formula, "\(description.name) computes another formula")
      }
    }
    try withTemporaryFolder { folder in
      try writeLossArrays(to: folder)
      let (_, run) = try kindred(
        "loss", "triplet", "a.npy", "--labels", "labels.npy", "--semantics", "pml", "--margin", "0.2", in: folder)
      #expect(run.output.contains("with       margin 0.2\n") && !run.output.contains("0.05"), "\(run.output)")
    }
  }

  @Test func summariesSayWhatALossDoes() {
    let summaries = LossCatalogue.entries.map(\.description.summary)
    #expect(Set(summaries).count == summaries.count)
    for summary in summaries {
      #expect(summary.count <= 80 && !summary.hasSuffix(".") && !summary.contains("20"), "\(summary)")
    }
  }

  @Test func theListSaysWhatEachNeeds() throws {
    let (ending, run) = try kindred("loss", "list")
    #expect(ending == .exited(0))
    for entry in LossCatalogue.entries { #expect(run.output.contains("  \(entry.description.name)  ")) }
    let (_, json) = try kindred("loss", "list", "--json")
    let descriptions = try JSONDecoder().decode([LossDescription].self, from: Data(json.output.utf8))
    #expect(descriptions.count == LossCatalogue.entries.count)
    #expect(Set(descriptions.map(\.name)).count == descriptions.count, "a name occurs twice")
  }
}
