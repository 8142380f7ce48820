import Basics

extension LossEntry.Choice {
  /// What a mean over anchors does with those that it cannot use.
  static let policy = LossEntry.Choice(
    name: "policy", words: ["standard", "ignore", "zero", "error"],
    meaning: "Anchors without a positive: as the semantics have it, left out, counted as 0, or refused")

  /// The same of a loss in which no mean over anchors is taken, or all of them count.
  static let strictness = LossEntry.Choice(
    name: "policy", words: ["standard", "error"],
    meaning: "Anchors without a positive: as the formula has it, or refused")
}

extension LossCall {
  /// What becomes of anchors without a positive; nil for what the semantics have. Where they are to be refused,
  /// the entry has seen to it.
  var policy: AnchorPolicy? {
    AnchorPolicy(rawValue: word("policy")).map { $0 == .error ? .ignore : $0 }
  }
}

extension LossCall {
  /// Throws where anchors without a positive are to be refused, and there are some.
  func requirePositives(_ choices: [LossEntry.Choice], _ compared: (LossCall) -> ComparedPairs) throws {
    guard choices.contains(where: { $0.name == "policy" }), word("policy") == AnchorPolicy.error.rawValue else {
      return
    }
    let counts = compared(self).counts(data)
    guard counts.withoutPositive > 0 else { return }
    throw InputError(
      "\(counts.withoutPositive) of \(counts.anchors) anchors have no positive",
      remedy: "choose another --policy, or give them rows of their class")
  }
}
