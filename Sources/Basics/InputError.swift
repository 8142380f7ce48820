/// What is wrong with something that came from outside: a file, an image, a text, weights, a flag, a device.
///
/// A person reads it on one line: *where: what; remedy*. A programmer's mistake is not an `InputError`: it traps.
public struct InputError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file, record or flag at fault, such as `photos/cat.jpg` or `pairs.csv, line 12`; empty when there is none.
  public let place: String

  /// What was wrong, with what was expected and what was found, in a clause without a full stop.
  public let problem: String

  /// What to do about it, in a clause without a full stop; empty when nothing can be said.
  public let remedy: String

  /// Creates an error from its three parts.
  public init(in place: String = "", _ problem: String, remedy: String = "") {
    self.place = place
    self.problem = problem
    self.remedy = remedy
  }

  /// The error on one line, for a person.
  public var description: String {
    var line = place.isEmpty ? problem : "\(place): \(problem)"
    if !remedy.isEmpty { line += "; \(remedy)" }
    return line.split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}
