import Arguments

/// A program with one of everything, as the tests use it; its commands record what they read.
enum Sample {
  enum Precision: String, CaseIterable, Sendable {
    case float32, bfloat16
  }

  static let source = Argument("SOURCE", of: .path, "Images to learn from: a folder, a file or a built-in name")
  static let epochs = Option("epochs", "e", of: .integer(1...), "Passes over the data", otherwise: "from the data")
  static let batch = Option("batch", "b", of: .integer(2...65536), "Size of a step", unit: "examples", default: 256)
  static let temperature = Option("temperature", of: .number(above: 0), "Divisor of the similarities", default: 0.5)
  static let precision = Option("precision", of: .choice, "Numbers to compute with", default: Precision.float32)
  static let tag = Option(repeated: "tag", "t", of: .string, "A word to find the run by")
  static let json = Option("json", "j", "Print one JSON object")
  static let flip = Option("flip", "Mirror half of the images", default: true)
  static let color = Option("color", "Colour the lines", otherwise: "on a terminal")
  static let config = Option("config", of: .path, "Options of an earlier run")

  static let model = Argument("MODEL", of: .path, "A run or model folder")
  static let split = Argument(
    optional: "SPLIT", of: .choice(of: ["train", "test"]), "Which part", otherwise: "all of it")
  static let query = Argument(rest: "QUERY", of: .string, "What to look for, in words", atLeast: 1)
  static let shift = Argument("SHIFT", of: .number, "How far to move")

  /// The entries of the file that `--config` names.
  static let file = ["epochs": "7", "json": "true", "tag": "a\nb", "SOURCE": "emoji"]

  static func clip(
    file: [String: String] = file, run: @escaping @Sendable (Values) throws -> Void = { _ in }
  ) -> Command {
    Command(
      "clip", "Train an image and a text encoder on pairs",
      examples: [
        Example("emoji", "train on the machine's own emoji"),
        Example("photos/ --epochs 10 --batch 512 --precision bfloat16", "a longer line, explained below it"),
      ],
      arguments: [source], options: [epochs, batch, temperature, precision],
      groups: [OptionGroup("Output", [tag, json, flip, color, config])],
      overlay: Overlay(from: config) { _ in file }, notes: "A run that is interrupted goes on with 'kindred resume'.",
      run: run)
  }

  static func program(
    file: [String: String] = file, run: @escaping @Sendable (Values) throws -> Void = { _ in }
  ) -> Program {
    Program(
      "kindred", version: "0.1.0", "Learn by comparing",
      examples: [Example("train clip emoji", "train on emoji")],
      commands: [
        Command("train", "Train a model", subcommands: [clip(file: file, run: run)]),
        Command("search", "Find images by words", arguments: [model, query], options: [json], run: run),
        Command("list", "Count what is there", arguments: [source, split], run: run),
        Command("move", "Move by a number", arguments: [shift], run: run),
      ])
  }
}

/// Keeps the values that a command was run with.
///
/// Unchecked because a test runs its command on its own thread, before it reads.
final class Recorder: @unchecked Sendable {
  private(set) var values: Values?

  /// Runs a line of words between spaces, and returns what the command was given.
  static func values(_ line: String, file: [String: String] = Sample.file) throws -> Values {
    let recorder = Recorder()
    let program = Sample.program(file: file) { recorder.values = $0 }
    guard case .run(let work) = try program.action(for: line.split(separator: " ").map(String.init)) else {
      throw Unexpected.text
    }
    try work()
    return try recorder.values ?? { throw Unexpected.silence }()
  }

  enum Unexpected: Error {
    case text, silence
  }
}

/// The text that a line shows.
func shown(_ line: String) throws -> String {
  switch try Sample.program().action(for: line.split(separator: " ").map(String.init)) {
  case .show(let text): return text
  case .run: throw Recorder.Unexpected.silence
  }
}
