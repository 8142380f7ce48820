import Basics
import Tensors

extension LossCatalogue {
  static let pairs: [LossEntry] = [
    LossEntry(
      ContrastiveLoss.description, .labeledPairsOrClasses,
      comparing: { $0.data.pairs == nil ? .rows : .labeledPairs }, defaults: [.sentenceTransformers: ["margin": 0.5]],
      choices: [distances], limits: ["margin": .positive], takesMiner: true
    ) { call in
      let margin = call.number("margin")
      let chosen = PairDistance(rawValue: call.word("distance"))
      if call.semantics == .pml {
        let loss = UnsquaredContrastiveLoss(negativeMargin: margin, distance: chosen ?? .normalizedEuclidean)
        guard let pairs = call.data.pairs else { return loss(call.labeledRows) }
        return loss(call.data.a, call.data.b!, labels: pairs)
      }
      let loss = ContrastiveLoss(
        margin: margin, distance: chosen ?? (call.semantics == .sentenceTransformers ? .cosine : .euclidean))
      guard let pairs = call.data.pairs else { return loss(call.labeledRows) }
      return loss(call.data.a, call.data.b!, labels: pairs)
    },
    LossEntry(
      OnlineContrastiveLoss.description, .labeledPairs, comparing: { _ in .labeledPairs }, limits: ["margin": .positive]
    ) { call in
      OnlineContrastiveLoss(margin: call.number("margin"))(call.data.a, call.data.b!, labels: call.data.pairs!)
    },
  ]

  static let triplets: [LossEntry] = [
    LossEntry(
      TripletLoss.description, .tripletsOrClasses, comparing: { $0.data.labels == nil ? .triplets : .rows },
      defaults: [.sentenceTransformers: ["margin": 5], .pml: ["margin": 0.05]],
      choices: [
        distances, .init(name: "hinge", words: ["hard", "soft"], meaning: "max(0, x), or log(1 + exp x)"),
        .init(
          name: "miner", words: ["none"] + TripletKind.allCases.map(\.rawValue) + ["batch-hard"],
          meaning: "Which triplets of rows with classes count"),
        .init(
          name: "swap", words: ["no", "yes"], meaning: "Whether the positive may be the anchor, where it is nearer"),
      ], limits: ["margin": .notNegative], takesMiner: true
    ) { call in
      let loss = triplet(call)
      guard call.data.labels != nil else { return loss(call.data.a, call.data.b!, call.data.negatives!) }
      if let triplets = call.triplets { return loss(call.data.rows, triplets: triplets) }
      if call.word("miner") == "batch-hard" {
        guard !loss.swap else {
          throw InputError("--swap yes needs all triplets", remedy: "leave out --miner batch-hard")
        }
        return BatchHardTripletLoss(loss)(call.labeledRows)
      }
      return BatchAllTripletLoss(loss, selecting: TripletKind(rawValue: call.word("miner")))(call.labeledRows)
    },
    LossEntry(
      BatchAllTripletLoss.description, .classes, comparing: { _ in .rows },
      defaults: [.sentenceTransformers: ["margin": 5]], choices: [.strictness], limits: ["margin": .notNegative],
      takesMiner: true
    ) { call in
      let distance: PairDistance = call.semantics == .sentenceTransformers ? .euclidean : .normalizedEuclidean
      return BatchAllTripletLoss(TripletLoss(margin: call.number("margin"), distance: distance, averaging: .nonZero))(
        call.labeledRows)
    },
    LossEntry(
      BatchHardTripletLoss.description, .classes, comparing: { _ in .rows },
      defaults: [.sentenceTransformers: ["margin": 5]], choices: [.policy], limits: ["margin": .notNegative],
      takesMiner: true
    ) { call in
      BatchHardTripletLoss(
        TripletLoss(margin: call.number("margin"), distance: .euclidean), policy: call.policy ?? .ignore)(
          call.labeledRows)
    },
    LossEntry(
      BatchSemiHardTripletLoss.description, .classes, comparing: { _ in .rows },
      defaults: [.sentenceTransformers: ["margin": 5]], choices: [.strictness], limits: ["margin": .notNegative],
      takesMiner: true
    ) { call in
      BatchSemiHardTripletLoss(
        margin: call.number("margin"),
        distance: call.semantics == .sentenceTransformers ? .euclidean : .normalizedSquaredEuclidean)(
          call.labeledRows)
    },
    LossEntry(
      QuadrupletLoss.description, .triplets, comparing: { _ in .triplets },
      limits: ["margin": .notNegative, "weak-margin": .notNegative], check: twoNegatives
    ) { call in
      let blocks = call.data.negativeBlocks
      return QuadrupletLoss(margin: call.number("margin"), weakMargin: call.optional("weak-margin"))(
        call.data.a, call.data.b!, blocks[0], blocks[1])
    },
  ]

  @Sendable private static func twoNegatives(_ data: LossData, _ paths: LossData.Paths) throws {
    guard let negatives = data.negatives, negatives.shape[0] != 2 * data.a.shape[0] else { return }
    throw InputError(
      in: paths.negatives ?? "negatives", "has \(negatives.shape[0]) rows",
      remedy: "two for each of the \(data.a.shape[0]) anchors expected: all first ones, then all second ones")
  }

  private static let distances = LossEntry.Choice(
    name: "distance", words: ["standard"] + PairDistance.allCases.map(\.rawValue),
    meaning: "How far apart rows are: as the semantics have it, or otherwise")

  /// The triplet loss of a call, with the distance and averaging of its semantics.
  private static func triplet(_ call: LossCall) -> TripletLoss {
    let (distance, averaging): (PairDistance, LossAveraging) =
      switch call.semantics {
      case .pml: (.normalizedEuclidean, .nonZero)
      case .sentenceTransformers: (.euclidean, call.data.labels == nil ? .all : .nonZero)
      default: (.normalizedSquaredEuclidean, .all)
      }
    return TripletLoss(
      margin: call.number("margin"), distance: PairDistance(rawValue: call.word("distance")) ?? distance,
      hinge: call.word("hinge") == "soft" ? .soft : .hard,
      swap: call.word("swap") == "yes", averaging: averaging)
  }
}
