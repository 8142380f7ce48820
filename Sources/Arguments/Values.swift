/// What a person asked for: the parsed command line, read by the declarations themselves.
///
///     let count = values[epochs]     // Int?, if epochs is Option<Int?>
///     let folder = values[source]    // String, if source is Argument<String>
public struct Values: Sendable {
  /// The command's words, such as `kindred train clip`.
  public let command: String

  private let declared: Set<String>
  /// The texts given for every option (by name) and argument (by its name in capitals): all of the right kind.
  private let given: [String: [String]]

  init(command: String, declared: Set<String>, given: [String: [String]]) {
    self.command = command
    self.declared = declared
    self.given = given
  }

  /// The value of an option.
  public subscript<Value>(option: Option<Value>) -> Value {
    option.read(texts(of: option.declaration.name))
  }

  /// The value of an argument.
  public subscript<Value>(argument: Argument<Value>) -> Value {
    argument.read(texts(of: argument.declaration.name) ?? [])
  }

  /// Whether the line (or the file of the overlay) gives the option, rather than its default.
  public func isGiven(_ option: some AnyOption) -> Bool {
    texts(of: option.declaration.name) != nil
  }

  /// All that is given, as an `Overlay` reads it: by the option's name without dashes or the argument's in capitals.
  public var texts: [String: String] {
    given.mapValues { $0.joined(separator: "\n") }
  }

  private func texts(of name: String) -> [String]? {
    precondition(declared.contains(name), "'\(name)' is read, but '\(command)' does not declare it")
    return given[name]
  }
}
