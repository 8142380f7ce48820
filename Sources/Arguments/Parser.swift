import Basics

/// Reads the words after a command's name into texts by option and argument, each checked.
struct Parser {
  let command: Command
  /// The command's words, such as `kindred train clip`.
  let path: String

  private var given: [String: [String]] = [:]
  private var positional: [String] = []

  init(_ command: Command, path: String) {
    self.command = command
    self.path = path
  }

  /// Returns the values of a line.
  ///
  /// - Throws: `UsageError` for the first mistake from the left, then for what is missing; and what the overlay throws.
  mutating func parse(_ words: some Sequence<String>) throws -> Values {
    try scan(Array(words)[...])
    try place()
    if let overlay = command.overlay, let file = given[overlay.option.declaration.name]?.last {
      try fill(from: overlay.read(file), file: file)
    }
    for argument in command.arguments where argument.isRequired && given[argument.name] == nil {
      throw error(.missingArgument(argument.name, summary: argument.summary))
    }
    let declared = Set(command.options.map(\.name) + command.arguments.map(\.name))
    return Values(command: path, declared: declared, given: given)
  }

  // MARK: Words

  private mutating func scan(_ words: ArraySlice<String>) throws {
    var words = words
    while let word = words.popFirst() {
      if word == "--" {
        positional += words
        return
      } else if word.hasPrefix("--") {
        try takeLong(word, &words)
      } else if word.hasPrefix("-"), word != "-", !isNumber(word) {
        try takeShort(word, &words)
      } else {
        positional.append(word)
      }
    }
  }

  private mutating func takeLong(_ word: String, _ rest: inout ArraySlice<String>) throws {
    let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    let value = parts.count > 1 ? String(parts[1]) : nil
    if let option = command.options.first(where: { $0.name == name }) {
      try take(option, named: option.typed, value, &rest)
    } else if let option = command.options.first(where: { $0.form == nil && "no-\($0.name)" == name }) {
      if let value { throw error(.unexpectedValue(option: "--\(name)", value: value)) }
      try add("false", to: option, named: "--\(name)")
    } else {
      var names = command.options.map(\.name) + ["help"]
      if name.hasPrefix("no-") { names += command.options.filter { $0.form == nil }.map { "no-\($0.name)" } }
      throw error(.unknownOption("--\(name)", nearest: nearest(to: name, among: names).map { "--\($0)" }))
    }
  }

  /// Takes `-e 5`, `-e5`, `-e=5`, and flags in one word: `-jv`.
  private mutating func takeShort(_ word: String, _ rest: inout ArraySlice<String>) throws {
    var letters = word.dropFirst()
    while let letter = letters.popFirst() {
      guard let option = command.options.first(where: { $0.short == letter }) else {
        throw error(.unknownOption("-\(letter)", nearest: nil))
      }
      let hasValue = letters.first == "=" || option.form != nil && !letters.isEmpty
      let value = hasValue ? String(letters.first == "=" ? letters.dropFirst() : letters) : nil
      try take(option, named: "-\(letter)", value, &rest)
      if hasValue { return }
    }
  }

  private mutating func take(
    _ option: OptionDeclaration, named name: String, _ value: String?, _ rest: inout ArraySlice<String>
  ) throws {
    guard let form = option.form else { return try add(value ?? "true", to: option, named: name) }
    if let value { return try add(value, to: option, named: name) }
    guard let next = rest.first, !next.hasPrefix("-") || next == "-" || isNumber(next) else {
      throw error(.missingValue(option: name, expected: form.expected))
    }
    rest.removeFirst()
    try add(next, to: option, named: name)
  }

  private mutating func add(_ value: String, to option: OptionDeclaration, named name: String) throws {
    guard option.accepts(value) else { throw wrong(value, name, option.expected, option.form) }
    if given[option.name] != nil, !option.isRepeated { throw error(.repeatedOption(name)) }
    given[option.name, default: []].append(value)
  }

  // MARK: Positions

  private mutating func place() throws {
    var words = positional[...]
    for argument in command.arguments where !words.isEmpty {
      let taken = argument.isRest ? words : words.prefix(1)
      for word in taken where !argument.form.accepts(word) {
        throw wrong(word, argument.name, argument.form.expected, argument.form)
      }
      given[argument.name] = Array(taken)
      words = words.dropFirst(taken.count)
    }
    if let surplus = words.first {
      let takes = command.arguments.map(\.usage).joined(separator: " ")
      throw error(
        .surplusArgument(surplus, takes: takes.isEmpty ? "options only" : takes, isExpanded: looksExpanded(surplus)))
    }
  }

  // MARK: Overlay

  /// Adds the entries of a file for what the line does not give.
  private mutating func fill(from entries: [String: String], file: String) throws {
    let options = command.options.filter { $0.name != command.overlay?.option.declaration.name }
    let known = options.map(\.name) + command.arguments.map(\.name)
    for (name, text) in entries.sorted(by: { $0.key < $1.key }) {
      let option = options.first { $0.name == name }
      let argument = command.arguments.first { $0.name == name }
      guard option != nil || argument != nil else {
        throw error(.unknownEntry(name, file: file, nearest: nearest(to: name, among: known)))
      }
      let hasMany = option?.isRepeated ?? argument?.isRest ?? false
      let values = hasMany ? text.split(separator: "\n").map(String.init) : [text]
      for value in values where !(option?.accepts(value) ?? argument?.form.accepts(value) ?? true) {
        let expected = option?.expected ?? argument?.form.expected ?? ""
        throw error(.wrongEntry(name, file: file, expected: expected, value: value))
      }
      if given[name] == nil { given[name] = values }
    }
  }

  // MARK: Helpers

  /// Whether a word and those before it may have been one that a shell expanded: names of files of one kind.
  private func looksExpanded(_ word: String) -> Bool {
    func ending(_ word: String) -> Substring? { word.lastIndex(of: ".").map { word[$0...] } }
    return ending(word) != nil && positional.count { ending($0) == ending(word) } > 1
  }

  /// Whether a word that begins with a dash is a negative number rather than an option.
  private func isNumber(_ word: String) -> Bool {
    Double(word) != nil && word.dropFirst().first.map { $0.isNumber || $0 == "." } == true
  }

  private func wrong(_ value: String, _ name: String, _ expected: String, _ form: Form?) -> UsageError {
    let guess = nearest(to: value, among: form?.choices ?? [])
    return error(.wrongValue(name: name, expected: expected, value: value, nearest: guess))
  }

  private func error(_ problem: UsageError.Problem) -> UsageError {
    UsageError(problem: problem, command: path)
  }
}
