import Basics

/// A program of commands: it finds the command that a line asks for and parses the rest of the line.
///
///     let kindred = Program("kindred", version: "0.1.0", "Learn by comparing", commands: [train, evaluate])
///     switch try kindred.action(for: CommandLine.arguments.dropFirst()) {
///     case .show(let text): print(text)
///     case .run(let work): try work()
///     }
///
/// It adds the commands `help` and `completion`, and the options `--help` (anywhere) and `--version`.
public struct Program: Sendable {
  /// What a line asks for.
  public enum Action: Sendable {
    /// To show a text on standard output.
    case show(String)
    /// To do the work of a command.
    case run(@Sendable () throws -> Void)
  }

  let root: Command
  let version: String

  /// The name that calls it.
  public var name: String { root.name }

  /// Creates a program.
  ///
  /// - Parameters:
  ///   - name: The name that calls it.
  ///   - version: What `--version` shows after the name.
  ///   - summary: What it is for, in a clause without a full stop.
  ///   - examples: Lines to copy, without the program's name.
  ///   - notes: A paragraph at the end of the help.
  ///   - commands: What it can do, in the order of the help.
  public init(
    _ name: String, version: String, _ summary: String, examples: [Example] = [], notes: String = "",
    commands: [Command]
  ) {
    self.version = version
    root = Command(
      name, summary, examples: examples, notes: notes, subcommands: commands + [Self.completion(of: name), Self.help])
  }

  /// Returns what a line asks for.
  ///
  /// - Parameter words: The line without the program's name.
  /// - Throws: `UsageError`, and what reading the file of an `Overlay` throws.
  public func action(for words: some Sequence<String>) throws -> Action {
    var words = Array(words)[...]
    let wantsHelp = words.prefix { $0 != "--" }.contains { $0 == "--help" || $0 == "-h" }
    var trail = [root]
    while !trail[trail.count - 1].subcommands.isEmpty, let word = words.first {
      if word.hasPrefix("-") {
        if wantsHelp { break }
        if word == "--version", trail.count == 1 { return .show("\(name) \(version)") }
        let guess = nearest(to: word, among: trail.count == 1 ? ["--help", "--version"] : ["--help"])
        throw error(.unknownOption(word, nearest: guess), trail)
      }
      trail.append(try subcommand(word, of: trail))
      words.removeFirst()
    }
    let command = trail[trail.count - 1]
    if wantsHelp { return .show(help(for: trail)) }
    switch command.body {
    case .group:
      if trail.count == 1 { return .show(help(for: trail)) }
      throw error(.missingCommand(choices: command.subcommands.map(\.name)), trail)
    case .run(let run):
      let values = try values(words, trail)
      return .run { try run(values) }
    case .show(let text):
      return .show(try text(self, values(words, trail)))
    }
  }

  /// Returns the help of the command with the given words; of the program when there are none.
  ///
  /// - Throws: `UsageError` when there is no such command.
  public func help(for words: [String]) throws -> String {
    var trail = [root]
    for word in words { trail.append(try subcommand(word, of: trail)) }
    return help(for: trail)
  }

  private func help(for trail: [Command]) -> String {
    HelpText(command: trail[trail.count - 1], path: path(trail), isProgram: trail.count == 1).text
  }

  private func values(_ words: ArraySlice<String>, _ trail: [Command]) throws -> Values {
    var parser = Parser(trail[trail.count - 1], path: path(trail))
    return try parser.parse(words)
  }

  private func subcommand(_ word: String, of trail: [Command]) throws -> Command {
    let parent = trail[trail.count - 1]
    if let command = parent.subcommand(word) { return command }
    let guess = nearest(to: word, among: parent.subcommands.map(\.name))
    throw error(.unknownCommand(word, nearest: guess), trail)
  }

  private func error(_ problem: UsageError.Problem, _ trail: [Command]) -> UsageError {
    UsageError(problem: problem, command: path(trail))
  }

  private func path(_ trail: [Command]) -> String {
    trail.map(\.name).joined(separator: " ")
  }
}

extension Program {
  private static var help: Command {
    let words = Argument(rest: "COMMAND", of: .string, "The command, such as: train clip")
    return Command(
      "help", "Show how to use a command", [Example("", "what there is")], [words.declaration], [], nil, "",
      .show { program, values in try program.help(for: values[words]) })
  }

  private static func completion(of name: String) -> Command {
    let shell = Argument("SHELL", of: Kind<Shell>.choice, "The shell to write it for")
    return Command(
      "completion", "Write a script that completes command lines",
      [
        Example("bash > ~/.local/share/bash-completion/completions/\(name)"),
        Example("zsh > ~/.zfunc/_\(name)"),
        Example("fish > ~/.config/fish/completions/\(name).fish"),
      ], [shell.declaration], [], nil,
      "zsh looks in ~/.zfunc when ~/.zshrc says: fpath+=~/.zfunc; autoload -U compinit; compinit",
      .show { program, values in program.completion(for: values[shell]) })
  }
}
