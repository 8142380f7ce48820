/// What is wrong in a JSON file that a person wrote, and where, in words for one line.
package struct DecodingProblem: Hashable, Sendable, CustomStringConvertible {
  /// The way to the value at fault, such as `steps[2].probability`; empty for the file as a whole.
  package let place: String

  /// What is wrong with it, in a clause.
  package let problem: String

  /// Reads a decoder's error.
  package init(_ error: DecodingError) {
    func words(_ type: Any.Type) -> String {
      switch type {
      case is Bool.Type: "true or false"
      case is String.Type: "a text"
      case is any BinaryInteger.Type: "a whole number"
      case is any BinaryFloatingPoint.Type: "a number"
      case is [Any].Type: "a list in […]"
      default: "settings in {…}"
      }
    }
    switch error {
    case .keyNotFound(let key, let context):
      (place, problem) = (Self.place(context.codingPath + [key]), "is missing")
    case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
      (place, problem) = (Self.place(context.codingPath), "is not \(words(type))")
    case .dataCorrupted(let context):
      place = Self.place(context.codingPath)
      let isUnreadable = context.debugDescription.hasPrefix("The given data was not valid JSON")
      problem = isUnreadable ? "is not valid JSON" : context.debugDescription
    @unknown default:
      (place, problem) = ("", "is not valid JSON")
    }
  }

  /// Place and problem in one clause, such as `steps[2].bits is not a whole number`.
  package var description: String {
    if place.isEmpty { return problem }
    return problem.hasPrefix("is ") ? "\(place) \(problem)" : "\(place): \(problem)"
  }

  private static func place(_ path: [any CodingKey]) -> String {
    path.reduce("") { place, key in
      if let index = key.intValue { return "\(place)[\(index)]" }
      return place.isEmpty ? key.stringValue : "\(place).\(key.stringValue)"
    }
  }
}

extension DecodingError {
  /// The same error seen from a place above the one where decoding began.
  package func prefixed(by path: [any CodingKey]) -> DecodingError {
    func longer(_ context: Context) -> Context {
      Context(
        codingPath: path + context.codingPath, debugDescription: context.debugDescription,
        underlyingError: context.underlyingError)
    }
    switch self {
    case .keyNotFound(let key, let context): return .keyNotFound(key, longer(context))
    case .typeMismatch(let type, let context): return .typeMismatch(type, longer(context))
    case .valueNotFound(let type, let context): return .valueNotFound(type, longer(context))
    case .dataCorrupted(let context): return .dataCorrupted(longer(context))
    @unknown default: return self
    }
  }
}
