import Tensors

extension LossCatalogue {
  /// Losses over all pairs of rows with classes.
  static let classes: [LossEntry] = [
    byClass(MultiSimilarityLoss.description, limits: ["alpha": .positive, "beta": .positive]) { call in
      MultiSimilarityLoss(alpha: call.number("alpha"), beta: call.number("beta"), base: call.number("base"))
    },
    byClass(CircleLoss.description, policy: .policy) { call in
      CircleLoss(margin: call.number("margin"), scale: call.number("scale"), policy: call.policy ?? .ignore)
    },
    LossEntry(
      NPairLoss.description, .classesOrViews, comparing: { $0.data.labels == nil ? .candidates : .rows }
    ) { call in
      let loss = NPairLoss(regularization: call.number("regularization"), normalizing: call.semantics == .pml)
      guard call.data.labels != nil else { return loss(call.data.a, call.data.b!) }
      return loss(call.data.rows, labels: call.data.rowLabels)
    },
    byClass(LiftedStructureLoss.description) { call in
      LiftedStructureLoss(
        negativeMargin: call.number("negative-margin"), positiveMargin: call.number("positive-margin"),
        distance: call.semantics == .pml ? .normalizedEuclidean : .euclidean)
    },
    byClass(GeneralizedLiftedStructureLoss.description, policy: .policy) { call in
      GeneralizedLiftedStructureLoss(
        negativeMargin: call.number("negative-margin"), positiveMargin: call.number("positive-margin"),
        distance: call.semantics == .pml ? .normalizedEuclidean : .euclidean, countsEmptySides: call.semantics == .pml,
        policy: call.policy ?? .ignore)
    },
    LossEntry(
      agreeing(MarginLoss.description), .classes, comparing: { _ in .rows }, choices: [.strictness],
      limits: ["margin": .notNegative], takesMiner: true, learned: ["boundary"]
    ) { call in
      let loss = MarginLoss(margin: call.number("margin"), regularization: call.number("regularization"))
      let boundary = call.learned("boundary")
      if let triplets = call.triplets { return loss(call.data.rows, triplets: triplets, boundary: boundary) }
      return loss(call.labeledRows, boundary: boundary)
    },
    byClass(AngularLoss.description, limits: ["degrees": .below(90)]) { call in
      AngularLoss(degrees: call.number("degrees"), normalizesNegatives: call.semantics != .pml)
    },
    byClass(NCALoss.description, policy: .policy) { call in
      NCALoss(
        scale: call.number("scale"),
        distance: call.semantics == .pml ? .normalizedSquaredEuclidean : .squaredEuclidean,
        policy: call.policy ?? .ignore)
    },
    byClass(TupletMarginLoss.description) { call in
      TupletMarginLoss(degrees: call.number("degrees"), scale: call.number("scale"))
    },
    byClass(IntraPairVarianceLoss.description) { call in
      IntraPairVarianceLoss(
        positiveTolerance: call.number("positive-tolerance"), negativeTolerance: call.number("negative-tolerance"))
    },
    byClass(RankedListLoss.description, limits: ["margin": .notNegative, "balance": .from0to1]) { call in
      RankedListLoss(
        margin: call.number("margin"), radius: call.optional("radius"),
        positiveTemperature: call.number("positive-temperature"),
        negativeTemperature: call.number("negative-temperature"), balance: call.number("balance"),
        epsilon: call.semantics == .pml ? 1e-5 : 0)
    },
    byClass(FastAPLoss.description, limits: ["bins": .count], policy: .policy) { call in
      FastAPLoss(bins: Int(call.number("bins")), policy: call.policy ?? .ignore)
    },
    byClass(HistogramLoss.description, limits: ["bins": .count]) { HistogramLoss(bins: Int($0.number("bins"))) },
  ]

  private static func byClass<Loss: ClassLoss>(
    _ description: LossDescription, limits: [String: LossEntry.Limit] = [:],
    policy: LossEntry.Choice = .strictness, _ make: @escaping @Sendable (LossCall) -> Loss
  ) -> LossEntry {
    LossEntry(
      agreeing(description), .classes, comparing: { _ in .rows }, choices: [policy], limits: limits, takesMiner: true
    ) { call in
      make(call)(call.labeledRows)
    }
  }

  /// The description of a loss whose one definition is pytorch-metric-learning's too, so that it may be asked for.
  private static func agreeing(_ description: LossDescription) -> LossDescription {
    description.variants.isEmpty ? description.adding(.pml, formula: description.formula) : description
  }
}
