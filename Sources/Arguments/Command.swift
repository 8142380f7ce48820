/// What a person can ask a program to do: a name, how to use it, and what happens then.
///
///     let knn = Command(
///       "knn", "Classify by the nearest neighbours",
///       examples: [Example("runs/emoji emoji --k 20", "twenty neighbours")],
///       arguments: [model, source], options: [k, json]
///     ) { values in
///       try evaluate(values[model], on: values[source], k: values[k])
///     }
///     let evaluate = Command("evaluate", "Measure a model", subcommands: [knn, linear])
public struct Command: Sendable {
  /// What a command does once its line is parsed.
  enum Body: Sendable {
    case group([Command])
    case run(@Sendable (Values) throws -> Void)
    /// A text about the program itself, such as help.
    case show(@Sendable (Program, Values) throws -> String)
  }

  let name: String
  let summary: String
  let examples: [Example]
  let arguments: [ArgumentDeclaration]
  let groups: [OptionGroup]
  let notes: String
  let overlay: Overlay?
  let body: Body

  /// Creates a command that does something.
  ///
  /// - Parameters:
  ///   - name: The word that calls it.
  ///   - summary: What it does, in one clause without a full stop.
  ///   - examples: Lines to copy, the most common first.
  ///   - arguments: What is told by position, in order.
  ///   - options: What is told by name, in the order of the help.
  ///   - groups: More options, under headings of their own.
  ///   - overlay: Where options come from that the line does not give.
  ///   - notes: What else a person should know; a paragraph at the end of the help.
  ///   - run: What it does.
  public init(
    _ name: String, _ summary: String, examples: [Example] = [], arguments: [any AnyArgument] = [],
    options: [any AnyOption] = [], groups: [OptionGroup] = [], overlay: Overlay? = nil, notes: String = "",
    run: @escaping @Sendable (Values) throws -> Void
  ) {
    self.init(
      name, summary, examples, arguments.map(\.declaration), [OptionGroup("Options", options)] + groups, overlay, notes,
      .run(run))
  }

  /// Creates a command that only holds others.
  public init(
    _ name: String, _ summary: String, examples: [Example] = [], notes: String = "", subcommands: [Command]
  ) {
    self.init(name, summary, examples, [], [], nil, notes, .group(subcommands))
  }

  init(
    _ name: String, _ summary: String, _ examples: [Example], _ arguments: [ArgumentDeclaration],
    _ groups: [OptionGroup], _ overlay: Overlay?, _ notes: String, _ body: Body
  ) {
    self.name = name
    self.summary = summary
    self.examples = examples
    self.arguments = arguments
    self.groups = groups
    self.overlay = overlay
    self.notes = notes
    self.body = body
    checkDeclarations()
  }

  /// The commands that it holds.
  var subcommands: [Command] {
    if case .group(let commands) = body { commands } else { [] }
  }

  /// Its options, those of all groups.
  var options: [OptionDeclaration] { groups.flatMap { $0.options.map(\.declaration) } }

  /// The command with the given name among those it holds.
  func subcommand(_ name: some StringProtocol) -> Command? {
    subcommands.first { $0.name == name }
  }

  /// Traps when a line could mean two things.
  private func checkDeclarations() {
    var seen: Set = ["help", "no-help"]
    var letters: Set<Character> = ["h"]
    for option in options {
      precondition(seen.insert(option.name).inserted, "command '\(name)' declares --\(option.name) twice")
      if option.form == nil {
        let negated = "no-\(option.name)"
        precondition(seen.insert(negated).inserted, "command '\(name)' declares --\(negated) twice")
      }
      if let short = option.short {
        precondition(letters.insert(short).inserted, "command '\(name)' declares -\(short) twice")
      }
    }
    for (argument, next) in zip(arguments, arguments.dropFirst()) {
      precondition(!argument.isRest, "command '\(name)': nothing can follow \(argument.usage)")
      precondition(
        argument.isRequired || !next.isRequired, "command '\(name)': \(next.name) cannot follow \(argument.usage)")
    }
    let names = arguments.map(\.name)
    precondition(Set(names).count == names.count, "command '\(name)' declares an argument twice: \(names)")
    let commands = subcommands.map(\.name)
    precondition(Set(commands).count == commands.count, "command '\(name)' holds a command twice: \(commands)")
  }
}

/// A line to copy, and what it does.
public struct Example: Hashable, Sendable {
  let line: String
  let meaning: String

  /// Creates an example.
  ///
  /// - Parameters:
  ///   - line: What is typed after the command's own words, such as `emoji --epochs 10`.
  ///   - meaning: What comes of it, in a clause without a full stop.
  public init(_ line: String, _ meaning: String = "") {
    self.line = line
    self.meaning = meaning
  }
}

/// Where the options and arguments come from that a line does not give: a file that an option names.
public struct Overlay: Sendable {
  let option: Option<String?>
  let read: @Sendable (_ path: String) throws -> [String: String]

  /// Creates an overlay.
  ///
  /// - Parameters:
  ///   - option: The option that names the file; the command must list it as well.
  ///   - read: The texts in the file, by the option's name without dashes or the argument's name in capitals. A flag
  ///     is `true` or `false`; the values of what may be repeated stand on a line each. `Values.texts` writes them so.
  public init(from option: Option<String?>, read: @escaping @Sendable (_ path: String) throws -> [String: String]) {
    self.option = option
    self.read = read
  }
}
