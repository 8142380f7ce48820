/// What is wrong with a command line, for the person who typed it.
public struct UsageError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kinds of mistakes that a line can have. A name includes its dashes; `nearest` is what was probably meant.
  public enum Problem: Hashable, Sendable {
    case unknownCommand(String, nearest: String?)
    case missingCommand(choices: [String])
    case unknownOption(String, nearest: String?)
    case missingValue(option: String, expected: String)
    case unexpectedValue(option: String, value: String)
    case wrongValue(name: String, expected: String, value: String, nearest: String?)
    case repeatedOption(String)
    case missingArgument(String, summary: String)
    /// A word too many; whether the shell may have made it, by expanding braces or a star.
    case surplusArgument(String, takes: String, isExpanded: Bool)
    /// A file of options has an entry of an unknown name.
    case unknownEntry(String, file: String, nearest: String?)
    /// A file of options has an entry with a wrong value.
    case wrongEntry(String, file: String, expected: String, value: String)
  }

  /// What is wrong.
  public let problem: Problem

  /// The command's words, such as `kindred train clip`.
  public let command: String

  /// What is wrong, on one line without a full stop.
  public var message: String {
    switch problem {
    case .unknownCommand(let name, let nearest):
      "unknown command '\(name)'" + Self.suggestion(nearest.map { "'\($0)'" })
    case .missingCommand(let choices):
      "'\(command)' needs one of: \(choices.joined(separator: ", "))"
    case .unknownOption(let name, let nearest):
      "unknown option \(name)" + Self.suggestion(nearest)
    case .missingValue(let option, let expected):
      "\(option) needs \(expected) after it"
    case .unexpectedValue(let option, let value):
      "\(option) takes no value, but has '\(value)'"
    case .wrongValue(let name, let expected, let value, let nearest):
      "\(name) takes \(expected), not '\(value)'" + Self.suggestion(nearest.map { "'\($0)'" })
    case .repeatedOption(let option):
      "\(option) is given twice"
    case .missingArgument(let name, let summary):
      "missing \(name): \(summary)"
    case .surplusArgument(let word, let takes, let isExpanded):
      "unexpected '\(word)': '\(command)' takes \(takes)"
        + (isExpanded ? "; quote a name with braces, or the shell makes several of it" : "")
    case .unknownEntry(let name, let file, let nearest):
      "\(file): unknown entry '\(name)'" + Self.suggestion(nearest.map { "'\($0)'" })
    case .wrongEntry(let name, let file, let expected, let value):
      "\(file): '\(name)' takes \(expected), not '\(value)'"
    }
  }

  /// Where to read on.
  public var hint: String { "see '\(command) --help'" }

  /// The message and the hint, on one line.
  public var description: String {
    "\(message) (\(hint))".split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  private static func suggestion(_ nearest: String?) -> String {
    nearest.map { "; did you mean \($0)?" } ?? ""
  }
}
