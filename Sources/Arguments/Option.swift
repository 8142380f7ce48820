/// A named part of a command line: `--epochs 10`, `--epochs=10`, `-e 10`, `--json`, `--no-json`.
///
/// `Value` is what reading it gives: `Int` when there is a default, `Int?` when there is none, `[Int]` when it may be
/// repeated, `Bool` for a flag. Declare it once, list it in a `Command`, and read it from the `Values`:
///
///     let epochs = Option("epochs", "e", of: .integer(1...), "Passes over the data", otherwise: "from the data")
///     let json = Option("json", "Print one JSON object")
///     …
///     let count: Int? = values[epochs]
public struct Option<Value: Sendable>: AnyOption {
  /// The option without the type of its value.
  public let declaration: OptionDeclaration

  /// The value that the given texts stand for, all of which are of the right kind; nil when the option is not given.
  let read: @Sendable ([String]?) -> Value

  /// Creates an option that is nil when it is not given.
  ///
  /// - Parameters:
  ///   - name: The name without dashes.
  ///   - short: A letter that stands for the name.
  ///   - kind: What the value must be.
  ///   - summary: What it is for, in a clause without a full stop.
  ///   - unit: What a number counts, such as `pixels`.
  ///   - otherwise: Where the value comes from when the option is not given, for help.
  public init<Wrapped>(
    _ name: String, _ short: Character? = nil, of kind: Kind<Wrapped>, _ summary: String, unit: String = "",
    otherwise: String = ""
  ) where Value == Wrapped? {
    declaration = OptionDeclaration(
      name: name, short: short, summary: summary, form: kind.form, unit: unit, standard: otherwise)
    read = { $0?.last.flatMap(kind.value) }
  }

  /// Creates an option with a default.
  public init(
    _ name: String, _ short: Character? = nil, of kind: Kind<Value>, _ summary: String, unit: String = "",
    default standard: Value
  ) {
    declaration = OptionDeclaration(
      name: name, short: short, summary: summary, form: kind.form, unit: unit, standard: kind.text(standard))
    read = { $0?.last.flatMap(kind.value) ?? standard }
  }

  /// Creates an option that may be given several times; reading gives all values, in order.
  public init<Element>(
    repeated name: String, _ short: Character? = nil, of kind: Kind<Element>, _ summary: String, unit: String = ""
  ) where Value == [Element] {
    declaration = OptionDeclaration(
      name: name, short: short, summary: summary, form: kind.form, unit: unit, isRepeated: true)
    read = { ($0 ?? []).compactMap(kind.value) }
  }

  /// Creates a flag: `--name` and `--no-name`.
  public init(_ name: String, _ summary: String, default standard: Bool = false) where Value == Bool {
    self.init(flag: name, nil, summary, standard)
  }

  /// Creates a flag with a letter that stands for its name.
  public init(_ name: String, _ short: Character, _ summary: String, default standard: Bool = false)
  where Value == Bool {
    self.init(flag: name, short, summary, standard)
  }

  /// Creates a flag that is nil when neither `--name` nor `--no-name` is given.
  ///
  /// - Parameter otherwise: What holds then, for help.
  public init(_ name: String, _ summary: String, otherwise: String) where Value == Bool? {
    declaration = OptionDeclaration(name: name, short: nil, summary: summary, form: nil, standard: otherwise)
    read = { $0?.last.flatMap(OptionDeclaration.flag) }
  }

  private init(flag name: String, _ short: Character?, _ summary: String, _ standard: Bool) where Value == Bool {
    declaration = OptionDeclaration(
      name: name, short: short, summary: summary, form: nil, standard: standard ? "yes" : "")
    read = { $0?.last.flatMap(OptionDeclaration.flag) ?? standard }
  }
}

/// An option of any type, as a command lists it.
public protocol AnyOption: Sendable {
  /// The option without the type of its value.
  var declaration: OptionDeclaration { get }
}

/// An option as parser, help and completion see it, without the type of its value.
public struct OptionDeclaration: Sendable {
  let name: String
  let short: Character?
  let summary: String
  /// What a value must be; nil for a flag.
  let form: Form?
  var unit = ""
  /// What holds when the option is not given, for help.
  var standard = ""
  var isRepeated = false

  /// The name as it is typed.
  var typed: String { "--\(name)" }

  /// Whether help should offer `--no-name`: the flag is on by itself, or undecided.
  var isNegatable: Bool { form == nil && !standard.isEmpty }

  /// The meaning of the text of a flag.
  static func flag(_ text: String) -> Bool? {
    ["true": true, "yes": true, "false": false, "no": false][text]
  }

  /// Whether a text may be the value.
  func accepts(_ text: String) -> Bool { form?.accepts(text) ?? (Self.flag(text) != nil) }

  /// What a value must be, after the word "takes".
  var expected: String { form?.expected ?? "true or false" }
}

/// Options that belong together under a heading of the help.
public struct OptionGroup: Sendable {
  let title: String
  let options: [any AnyOption]

  /// Creates a group; several commands may list it.
  public init(_ title: String, _ options: [any AnyOption]) {
    self.title = title
    self.options = options
  }
}
