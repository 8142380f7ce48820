import Basics
import Tensors

extension LossCatalogue {
  static let softmax: [LossEntry] = [
    LossEntry(InfoNCELoss.description, .pairsAndNegatives, comparing: { _ in .candidates }, choices: [similarities]) {
      call in
      let similarity: RowSimilarity = call.word("similarity") == "dot" ? .dot : .cosine
      return InfoNCELoss(temperature: call.number("temperature"), comparing: similarity)(
        call.data.a, call.data.b!, negatives: call.data.negatives)
    },
    LossEntry(NTXentLoss.description, .classesOrViews, comparing: { _ in .rows }) { call in
      let loss = NTXentLoss(temperature: call.number("temperature"), semantics: call.semantics)
      if call.data.labels != nil { return loss(call.data.rows, labels: call.data.rowLabels) }
      return loss(call.data.a, call.data.b!)
    },
    LossEntry(
      // solo-learn means the other objective by this name.
      SupConLoss.description.adding(.soloLearn, formula: SupConInsideLoss.description.formula(.soloLearn)!),
      .classesOrViews,
      comparing: { $0.word("anchors") == "one" && $0.data.b != nil ? .firstView : .rows },
      choices: [
        .init(name: "anchors", words: ["all", "one"], meaning: "Which views look for positives: all, or the first"),
        .policy,
      ]
    ) { call in
      if call.semantics == .soloLearn {
        return SupConInsideLoss(
          temperature: call.number("temperature"), semantics: .soloLearn, policy: call.policy ?? .ignore)(
            call.data.rows, labels: call.data.rowLabels)
      }
      let loss = SupConLoss(
        temperature: call.number("temperature"), semantics: call.semantics,
        baseTemperature: call.semantics == .supcontrast
          ? call.number("base-temperature") : SupConLoss.authorsBaseTemperature, policy: call.policy)
      guard let second = call.data.b, call.data.labels?.count ?? call.data.a.shape[0] == call.data.a.shape[0] else {
        return loss(call.data.rows, labels: call.data.rowLabels)
      }
      return loss(
        [call.data.a, second], labels: call.data.labels, anchors: .init(rawValue: call.word("anchors")) ?? .all)
    },
    LossEntry(SupConInsideLoss.description, .classes, comparing: { _ in .rows }, choices: [.policy]) { call in
      SupConInsideLoss(
        temperature: call.number("temperature"), semantics: call.semantics, policy: call.policy ?? .ignore)(
          call.data.rows, labels: call.data.rowLabels)
    },
    LossEntry(CLIPLoss.description, .pairs, comparing: { _ in .bothWays }) { call in
      CLIPLoss()(call.data.a, call.data.b!, logScale: call.learned("scale").log())
    },
    LossEntry(
      MultipleNegativesRankingLoss.description, .pairsAndNegatives,
      comparing: { $0.word("directions") == "both" ? .bothWays : .candidates },
      choices: [
        .init(
          name: "directions", words: ["forward", "both", "all", "queries"],
          meaning:
            "Queries look for documents; and documents for queries; and both among themselves; queries look among queries too"
        ),
        .init(
          name: "partition", words: RankingPartition.allCases.map(\.rawValue),
          meaning: "One denominator for all directions, or one each"),
        .init(
          name: "hardness", words: ["none", "in-batch", "hard-negatives", "all"],
          meaning: "Which negatives weigh more the harder they are"),
      ]
    ) { try ranking($0) },
    LossEntry(MoCoLoss.description, .queue, comparing: { _ in .queue }) { call in
      MoCoLoss(temperature: call.number("temperature"))(
        call.data.a, call.data.b!.detached(), queue: call.data.queue!)
    },
    LossEntry(DCLLoss.description, .pairs, comparing: { _ in .rows }) { call in
      DCLLoss(temperature: call.number("temperature"))(call.data.a, call.data.b!)
    },
    LossEntry(DCLWLoss.description, .pairs, comparing: { _ in .rows }) { call in
      DCLWLoss(temperature: call.number("temperature"), sigma: call.number("sigma"))(call.data.a, call.data.b!)
    },
    LossEntry(DebiasedContrastiveLoss.description, .pairs, comparing: { _ in .rows }) { call in
      DebiasedContrastiveLoss(temperature: call.number("temperature"), prior: call.number("prior"))(
        call.data.a, call.data.b!)
    },
    LossEntry(HardNegativeLoss.description, .pairs, comparing: { _ in .rows }) { call in
      HardNegativeLoss(
        temperature: call.number("temperature"), prior: call.number("prior"),
        concentration: call.number("concentration"))(call.data.a, call.data.b!)
    },
    LossEntry(SoftNearestNeighborLoss.description, .classes, comparing: { _ in .rows }, choices: [.policy]) { call in
      SoftNearestNeighborLoss(temperature: call.number("temperature"), policy: call.policy ?? .ignore)(
        call.data.rows, labels: call.data.rowLabels)
    },
  ]

  private static let similarities = LossEntry.Choice(
    name: "similarity", words: ["cosine", "dot"], meaning: "What rows are compared by")

  private static func ranking(_ call: LossCall) throws -> Tensor {
    let directions: RankingDirections =
      switch call.word("directions") {
      case "both": .both
      case "all": .all
      case "queries": [.queryToDocument, .queryToQuery]
      default: .forward
      }
    let partition = RankingPartition(rawValue: call.word("partition")) ?? .joint
    guard partition == .joint || directions.isSubset(of: .both) else {
      throw InputError(
        "--partition per-direction goes with --directions forward or both",
        remedy: "queries among queries have no positive to be normalised with")
    }
    let hardness: RankingHardness =
      switch call.word("hardness") {
      case "in-batch": .inBatch(call.number("alpha"))
      case "hard-negatives": .hardNegatives(call.number("alpha"))
      case "all": .all(call.number("alpha"))
      default: .none
      }
    return MultipleNegativesRankingLoss(
      scale: call.number("scale"), directions: directions, partition: partition, hardness: hardness)(
        call.data.a, call.data.b!, hardNegatives: call.data.negativeBlocks)
  }
}
