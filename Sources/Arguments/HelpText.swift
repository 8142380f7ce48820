/// The help of a command, for a person in a hurry: examples first, then arguments, then options, in 80 columns.
struct HelpText {
  let command: Command
  /// The command's words, such as `kindred train clip`.
  let path: String
  /// Whether the command is the program itself.
  let isProgram: Bool

  private static let width = 80

  var text: String {
    var parts = [wrapped(command.summary + ".", indent: 0), examples, usage, commands, arguments]
    parts += command.groups.filter { !$0.options.isEmpty }.dropLast().map(options)
    parts.append(lastOptions)
    if !command.notes.isEmpty { parts.append(wrapped(command.notes, indent: 0)) }
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  // MARK: Parts

  private var examples: String {
    let lines = command.examples.map { example in
      (example.line.isEmpty ? path : "\(path) \(example.line)", example.meaning)
    }
    return section("Examples", lines, widest: 50)
  }

  private var usage: String {
    let words =
      command.subcommands.isEmpty
      ? command.arguments.map(\.usage) + (command.options.isEmpty ? [] : ["[options]"]) : ["COMMAND"]
    return "Usage: " + ([path] + words).joined(separator: " ")
  }

  private var commands: String {
    section("Commands", command.subcommands.map { ($0.name, $0.summary) })
  }

  private var arguments: String {
    section(
      "Arguments",
      command.arguments.map {
        ($0.usage, $0.summary + note([$0.form.range, $0.standard.isEmpty ? "" : "default: \($0.standard)"]))
      })
  }

  /// The last group of options, with what every command has.
  private var lastOptions: String {
    var help = [("-h, --help", "Show this help")]
    if isProgram { help.append(("    --version", "Show the version")) }
    guard let group = command.groups.last(where: { !$0.options.isEmpty }) else { return section("Options", help) }
    return section(group.title, group.options.map { line($0.declaration) } + help)
  }

  private func options(_ group: OptionGroup) -> String {
    section(group.title, group.options.map { line($0.declaration) })
  }

  private func line(_ option: OptionDeclaration) -> (String, String) {
    var left = option.short.map { "-\($0), --" } ?? "    --"
    left += (option.isNegatable ? "[no-]" : "") + option.name + (option.form.map { " \($0.placeholder)" } ?? "")
    let notes = [
      option.unit.isEmpty ? "" : "in \(option.unit)", option.form?.range ?? "",
      option.standard.isEmpty ? "" : "default: \(option.standard)", option.isRepeated ? "may be repeated" : "",
    ]
    return (left, option.summary + note(notes))
  }

  private func note(_ notes: [String]) -> String {
    let notes = notes.filter { !$0.isEmpty }
    return notes.isEmpty ? "" : " (\(notes.joined(separator: "; ")))"
  }

  // MARK: Columns

  /// A heading, and lines in two columns; what is wider than the left column has its meaning on the next line.
  private func section(_ title: String, _ lines: [(String, String)], widest: Int = 26) -> String {
    guard !lines.isEmpty else { return "" }
    let fitting = lines.map(\.0.count).filter { $0 <= widest }
    let column = 2 + (fitting.max() ?? 0) + 2
    let body = lines.map { left, right in
      guard !right.isEmpty else { return "  \(left)" }
      let text = wrapped(right, indent: column)
      guard left.count <= widest else { return "  \(left)\n\(text)" }
      return "  \(left)" + text.dropFirst(2 + left.count)
    }
    return "\(title):\n" + body.joined(separator: "\n")
  }

  /// The words of a text in lines that fit, each indented; a word longer than a line stands alone.
  private func wrapped(_ text: String, indent: Int) -> String {
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, last.count + 1 + word.count <= Self.width {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(margin + word)
      }
    }
    return lines.joined(separator: "\n")
  }
}
