/// A part of a command line that is told by its position, such as `SOURCE`.
///
/// `Value` is what reading it gives: `String` (or another type) when it is required, optional when it may be left
/// out, an array when it takes the rest of the line.
public struct Argument<Value: Sendable>: AnyArgument {
  /// The argument without the type of its value.
  public let declaration: ArgumentDeclaration

  /// The value that the given texts stand for, all of which are of the right kind.
  let read: @Sendable ([String]) -> Value

  /// Creates an argument that must be given.
  ///
  /// - Parameters:
  ///   - name: How help and errors name it, in capitals.
  ///   - kind: What the value must be.
  ///   - summary: What it is, in a clause without a full stop.
  public init(_ name: String, of kind: Kind<Value>, _ summary: String) {
    declaration = ArgumentDeclaration(name: name, summary: summary, form: kind.form, count: .one)
    read = { texts in
      guard let value = texts.last.flatMap(kind.value) else {
        preconditionFailure("\(name) is read, but parsing did not see to it that it is given")
      }
      return value
    }
  }

  /// Creates an argument that may be left out.
  ///
  /// - Parameter otherwise: What holds when it is left out, for help.
  public init<Wrapped>(optional name: String, of kind: Kind<Wrapped>, _ summary: String, otherwise: String = "")
  where Value == Wrapped? {
    declaration = ArgumentDeclaration(
      name: name, summary: summary, form: kind.form, count: .optional, standard: otherwise)
    read = { $0.last.flatMap(kind.value) }
  }

  /// Creates an argument that takes the rest of the line; it must be the last.
  ///
  /// - Parameter minimum: How many must be given: 0 or 1.
  public init<Element>(rest name: String, of kind: Kind<Element>, _ summary: String, atLeast minimum: Int = 0)
  where Value == [Element] {
    precondition((0...1).contains(minimum), "\(name) takes at least 0 or 1 values, not \(minimum)")
    declaration = ArgumentDeclaration(
      name: name, summary: summary, form: kind.form, count: minimum == 0 ? .any : .some)
    read = { $0.compactMap(kind.value) }
  }
}

/// An argument of any type, as a command lists it.
public protocol AnyArgument: Sendable {
  /// The argument without the type of its value.
  var declaration: ArgumentDeclaration { get }
}

/// An argument as parser, help and completion see it, without the type of its value.
public struct ArgumentDeclaration: Sendable {
  /// How many texts it takes.
  enum Count: Sendable {
    case one, optional, some, any
  }

  let name: String
  let summary: String
  let form: Form
  let count: Count
  /// What holds when it is left out, for help.
  var standard = ""

  var isRequired: Bool { count == .one || count == .some }
  var isRest: Bool { count == .some || count == .any }

  /// The argument in a line of usage: `SOURCE`, `[SPLIT]`, `QUERY...`, `[QUERY...]`.
  var usage: String {
    let name = isRest ? "\(name)..." : name
    return isRequired ? name : "[\(name)]"
  }
}
