/// The shells that a completion script can be written for.
enum Shell: String, CaseIterable, Sendable {
  case bash, zsh, fish
}

extension Program {
  /// The script that completes this program's lines in the given shell.
  func completion(for shell: Shell) -> String {
    let entries = CompletionEntry.all(of: root, path: [])
    return switch shell {
    case .bash: bashCompletion(entries)
    case .zsh: zshCompletion(entries)
    case .fish: fishCompletion(entries)
    }
  }
}

/// A command with the words that lead to it, the program's name left out.
struct CompletionEntry {
  let path: [String]
  let command: Command

  /// The command and all those below it.
  static func all(of command: Command, path: [String]) -> [CompletionEntry] {
    [CompletionEntry(path: path, command: command)]
      + command.subcommands.flatMap { all(of: $0, path: path + [$0.name]) }
  }

  /// The options as they are typed, in the order of the help.
  var typedOptions: [String] {
    command.options.flatMap { option in
      [option.typed] + (option.isNegatable ? ["--no-\(option.name)"] : [])
    } + ["--help"] + (path.isEmpty ? ["--version"] : [])
  }

  /// Names of an option with its dashes: `--epochs`, `-e`.
  static func names(of option: OptionDeclaration) -> [String] {
    [option.typed] + (option.short.map { ["-\($0)"] } ?? [])
  }
}

/// A text in single quotes, as shells of Bourne's family and fish's read it.
func quoted(_ text: String, escape: String = "'\\''") -> String {
  "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: escape) + "'"
}
