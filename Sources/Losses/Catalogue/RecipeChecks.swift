import Basics

extension LossEntry.Limit {
  /// Whether a number is within the limit.
  public func allows(_ number: Double) -> Bool {
    guard number.isFinite else { return false }
    return switch self {
    case .any: true
    case .positive: number > 0
    case .notNegative: number >= 0
    case .share: (0..<1).contains(number)
    case .from0to1: (0...1).contains(number)
    case .atLeast(let bound): number >= bound
    case .below(let bound): number > 0 && number < bound
    case .count: (1...1e6).contains(number) && number == number.rounded()
    case .angle: (0...180).contains(number)
    }
  }

  /// What a number must be, after "must be".
  public var expected: String {
    switch self {
    case .any: "a number"
    case .positive: "above 0"
    case .notNegative: "0 or more"
    case .share: "from 0 to below 1"
    case .from0to1: "from 0 to 1"
    case .atLeast(let bound): "\(bound) or more"
    case .below(let bound): "above 0 and below \(bound)"
    case .count: "a whole number of at least 1"
    case .angle: "an angle from 0 to 180"
    }
  }
}

extension InputError {
  /// A name that is not among those known, with the one that was probably meant.
  static func unknown(_ name: String, _ problem: String, _ known: [String]) -> InputError {
    let meant = nearest(to: name, among: known)
    return InputError(
      in: name, problem, remedy: meant.map { "did you mean \($0)?" } ?? "choose one of \(known.joined(separator: ", "))"
    )
  }

  /// Throws unless numbers and words are ones that a loss or miner has, and within their limits.
  static func check(
    _ name: String, _ numbers: [String: Double], parameters: [String], _ limit: (String) -> LossEntry.Limit,
    _ words: [String: String], choices: [LossEntry.Choice]
  ) throws(InputError) {
    let known = parameters + choices.map(\.name)
    let given = Array(numbers.keys) + words.keys
    if let odd = given.sorted().first(where: { !known.contains($0) }) {
      throw InputError(
        in: name, "has no \(odd)",
        remedy: known.isEmpty ? "nothing about it can be chosen" : "it has \(known.joined(separator: ", "))")
    }
    for (parameter, number) in numbers.sorted(by: { $0.key < $1.key }) where !limit(parameter).allows(number) {
      throw InputError(in: name, "the \(parameter) must be \(limit(parameter).expected), not \(number)")
    }
    for choice in choices {
      guard let word = words[choice.name], !choice.words.contains(word) else { continue }
      throw InputError(
        in: name, "the \(choice.name) is not '\(word)'",
        remedy: nearest(to: word, among: choice.words).map { "did you mean \($0)?" }
          ?? "choose one of \(choice.words.joined(separator: ", "))")
    }
  }
}
