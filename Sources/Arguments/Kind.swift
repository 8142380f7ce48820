/// What the text of an option or argument must be, and how it becomes a value.
///
/// A kind is a value: `.integer(1...)` is a whole number of at least 1, `.choice(of: ["npy", "jsonl"])` one of two words.
public struct Kind<Value: Sendable>: Sendable {
  /// What help, error messages and completion need to know, whatever the type of the value.
  private(set) var form: Form

  /// The value that a text stands for, or nil when the text is not of this kind.
  let value: @Sendable (String) -> Value?

  /// The text that stands for a value, as help shows a default.
  let text: @Sendable (Value) -> String

  /// Creates a kind of one's own.
  ///
  /// - Parameters:
  ///   - placeholder: How help writes the value, such as `WIDTHxHEIGHT`.
  ///   - expected: What a value must be, after "takes": `a size such as 32x32`.
  ///   - value: The value that a text stands for, or nil when there is none.
  ///   - text: The text that stands for a value.
  public init(
    placeholder: String, expected: String, value: @escaping @Sendable (String) -> Value?,
    text: @escaping @Sendable (Value) -> String
  ) {
    self.init(form: Form(placeholder: placeholder, expected: expected), value: value, text: text)
  }

  init(
    form: Form, value: @escaping @Sendable (String) -> Value?,
    text: @escaping @Sendable (Value) -> String = { "\($0)" }
  ) {
    self.form = form
    self.form.accepts = { value($0) != nil }
    self.value = value
    self.text = text
  }
}

/// How a value looks from outside, without its Swift type.
struct Form: Sendable {
  /// How help writes the value, such as `N`.
  var placeholder: String
  /// What a value must be, after the word "takes".
  var expected: String
  /// The values allowed, in a clause for help, such as `at least 1`; empty when the placeholder says it all.
  var range = ""
  /// The only words allowed; empty when there are others.
  var choices: [String] = []
  /// Whether a shell should offer the names of files.
  var isPath = false
  /// Whether a text may be the value.
  var accepts: @Sendable (String) -> Bool = { _ in true }
}

extension Kind where Value == String {
  /// Any text.
  public static var string: Kind {
    Kind(form: Form(placeholder: "TEXT", expected: "a text"), value: { $0 })
  }

  /// The path of a file or folder, or a name that stands for one; shells complete the names of files.
  public static var path: Kind {
    Kind(form: Form(placeholder: "PATH", expected: "a path", isPath: true), value: { $0.isEmpty ? nil : $0 })
  }

  /// One of the given words.
  public static func choice(of words: [String]) -> Kind {
    Kind(form: Form(choices: words), value: { words.contains($0) ? $0 : nil })
  }
}

extension Kind where Value: CaseIterable & RawRepresentable, Value.RawValue == String {
  /// One of the cases of an enumeration, by its raw value.
  public static var choice: Kind {
    Kind(form: Form(choices: Value.allCases.map(\.rawValue)), value: Value.init, text: \.rawValue)
  }
}

extension Form {
  /// The form of a word among few: they are the placeholder when that is short.
  init(choices: [String]) {
    let bars = choices.joined(separator: "|")
    let isShort = bars.count <= 16
    self.init(
      placeholder: isShort ? bars : "NAME", expected: "one of \(choices.joined(separator: ", "))",
      range: isShort ? "" : "one of \(choices.joined(separator: ", "))", choices: choices)
  }
}
