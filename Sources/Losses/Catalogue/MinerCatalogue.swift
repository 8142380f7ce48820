/// All miners, as `kindred train metric --miner` offers them.
public enum MinerCatalogue {
  /// The miner of a name, or nil.
  public static subscript(_ name: String) -> MinerEntry? { entries.first { $0.name == name } }

  /// The miners by name.
  public static let entries: [MinerEntry] = [
    MinerEntry(
      "angular", "triplets whose negative sees anchor and positive at a wide angle",
      parameters: [.init("degrees", standard: AngularMiner().degrees, "the angle in degrees", origin: pml)],
      limits: ["degrees": .below(90)]
    ) { call in .triplets(AngularMiner(degrees: call.number("degrees"))(call.rows)) },
    MinerEntry(
      "batch-easy-hard", "one positive and one negative an anchor",
      choices: [
        .init(name: "positives", words: ["easy", "hard", "semi-hard", "all"], meaning: "Which positives are chosen"),
        .init(name: "negatives", words: ["semi-hard", "hard", "easy", "all"], meaning: "Which negatives are chosen"),
        distances,
      ],
      problem: { _, words in
        let others = ["positives", "negatives"].compactMap { words[$0] }.filter { $0 != "semi-hard" }
        return others.count == 2 || others == ["hard"] || others == ["easy"]
          ? nil : "semi-hard goes with hard or easy of the other kind"
      }
    ) { call in
      .pairs(
        BatchEasyHardMiner(
          positives: .init(rawValue: call.word("positives"))!, negatives: .init(rawValue: call.word("negatives"))!,
          distance: call.distance)(call.rows))
    },
    MinerEntry("batch-hard", "the farthest positive and the nearest negative of every anchor", choices: [distances]) {
      .triplets(BatchHardMiner(distance: $0.distance)($0.rows))
    },
    MinerEntry(
      "distance-weighted", "a negative for every positive pair, so that all distances are drawn about equally often",
      parameters: [
        .init(
          "cutoff", standard: DistanceWeightedMiner().cutoff, "the distance below which none is drawn more often",
          origin: "the authors'"),
        .init(
          "reach", standard: DistanceWeightedMiner().reach, "the distance from which none is drawn",
          origin: "the authors'"),
      ], limits: ["cutoff": .positive, "reach": .positive],
      problem: { numbers, _ in numbers["reach"]! > numbers["cutoff"]! ? nil : "the reach must be beyond the cutoff" }
    ) { call in
      var random = call.random
      return .triplets(
        DistanceWeightedMiner(cutoff: call.number("cutoff"), reach: call.number("reach"))(call.rows, random: &random))
    },
    MinerEntry(
      "multi-similarity", "pairs that are hard in the light of the anchor's pairs of the other kind",
      parameters: [
        .init("epsilon", standard: MultiSimilarityMiner().epsilon, "the margin of similarity", origin: "the paper")
      ]
    ) { .pairs(MultiSimilarityMiner(epsilon: $0.number("epsilon"))($0.rows)) },
    MinerEntry(
      "pair-margin", "positives farther apart than a margin, negatives nearer than another",
      parameters: [
        .init(
          "positive-margin", standard: PairMarginMiner().positiveMargin, "positives must be farther apart", origin: pml),
        .init("negative-margin", standard: PairMarginMiner().negativeMargin, "negatives must be nearer", origin: pml),
      ], choices: [distances]
    ) { call in
      .pairs(
        PairMarginMiner(
          positiveMargin: call.number("positive-margin"), negativeMargin: call.number("negative-margin"),
          distance: call.distance)(call.rows))
    },
    MinerEntry(
      "triplet-margin", "all triplets of a kind",
      parameters: [
        .init(
          "margin", standard: TripletMarginMiner().margin, "by how much positives are to be nearer than negatives",
          origin: pml)
      ],
      choices: [
        .init(
          name: "kind", words: TripletKind.allCases.map(\.rawValue),
          meaning: "Triplets that violate the margin, of them the hard or semi-hard ones, or those that keep it"),
        distances,
      ]
    ) { call in
      .triplets(
        TripletMarginMiner(
          margin: call.number("margin"), kind: .init(rawValue: call.word("kind"))!, distance: call.distance)(call.rows))
    },
    MinerEntry(
      "uniform-histogram", "as many pairs of every distance",
      parameters: [
        .init("bins", standard: Double(UniformHistogramMiner().bins), "into how many distances are cut", origin: pml),
        .init(
          "per-bin", standard: Double(UniformHistogramMiner().positivesPerBin),
          "how many pairs of either kind a bin gives", origin: pml),
      ], choices: [distances], limits: ["bins": .count, "per-bin": .count]
    ) { call in
      var random = call.random
      let perBin = Int(call.number("per-bin"))
      return .pairs(
        UniformHistogramMiner(
          bins: Int(call.number("bins")), positivesPerBin: perBin, negativesPerBin: perBin, distance: call.distance)(
            call.rows, random: &random))
    },
  ]

  private static let pml = "pytorch-metric-learning"

  /// All but that of Manhattan, which is for pairs of rows alone.
  private static let distances = LossEntry.Choice(
    name: "distance", words: ["standard"] + PairDistance.allCases.map(\.rawValue).filter { $0 != "manhattan" },
    meaning: "How far apart rows are; of unit length unless chosen otherwise")
}
