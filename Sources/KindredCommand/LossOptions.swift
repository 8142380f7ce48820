import Arguments
import Kindred

/// The options of one loss, from what it tells about itself.
struct LossOptions {
  private let entry: LossEntry
  private let files: [(name: String, option: Option<String?>)]
  private let numbers: [(parameter: String, option: Option<Double?>)]
  private let inverse: (parameter: String, option: Option<Double?>)?
  private let words: [Option<String>]
  private let semantics: Option<String?>

  init(_ entry: LossEntry) {
    self.entry = entry
    let needed: [(String, LossFiles.Need, String)] = [
      (
        "labels", entry.files.pairs == .required ? .optional : entry.files.labels,
        entry.files.pairs == .required
          ? "The same as --pairs" : "Classes of the rows: one each, or one an example of two views"
      ),
      (
        "pairs", entry.files.pairs,
        entry.description.needs.contains(.gradedPairs) ? "A grade for every pair" : "1 or 0 for every pair"
      ),
      ("negatives", entry.files.negatives, "Negatives: one or more rows for each of A.npy, in blocks"),
      ("queue", entry.files.queue, "Embeddings of earlier batches"),
    ]
    files = needed.filter { $0.1 != .none }.map { name, need, meaning in
      (name, Option(name, of: .path, meaning, otherwise: need == .required ? "must be given" : "none"))
    }
    let parameters = entry.description.parameters
    numbers = parameters.map { parameter in
      (
        parameter.name,
        Option(
          parameter.name, of: entry.limit(of: parameter.name).kind,
          parameter.meaning.prefix(1).uppercased()
            + parameter.meaning.dropFirst(),
          otherwise: parameter.standard.map(Self.short) ?? "see above")
      )
    }
    let names = parameters.map(\.name)
    inverse =
      names.contains("temperature") && !names.contains("scale")
      ? ("temperature", Option("scale", of: .number(above: 0), "One over the temperature"))
      : names.contains("scale") && !names.contains("temperature")
        ? ("scale", Option("temperature", of: .number(above: 0), "One over the scale")) : nil
    words = entry.choices.map { choice in
      Option(choice.name, of: .choice(of: choice.words), choice.meaning, default: choice.words[0])
    }
    semantics = Option(
      "semantics", of: .choice(of: entry.description.variants.keys.map(\.rawValue).sorted()),
      "Whose numbers are computed",
      otherwise: entry.semantics?.rawValue ?? "")
  }

  /// The second array.
  var second: Arguments.Argument<String?> {
    switch entry.files.second {
    case .proxies: Arguments.Argument(optional: "B.npy", of: .path, "the proxies of the classes, in their order")
    case .optionalView: Arguments.Argument(optional: "B.npy", of: .path, "another view of each row")
    case .partner, .optionalPartner, .none: Arguments.Argument(optional: "B.npy", of: .path, "what belongs to each row")
    }
  }

  /// The options that name files.
  var data: [any AnyOption] { files.map(\.option) }

  /// The options that are about the loss itself.
  var choices: [any AnyOption] {
    let all: [any AnyOption] = numbers.map(\.option) + (inverse.map { [$0.option] } ?? []) + words as [any AnyOption]
    return entry.description.variants.isEmpty ? all : all + [semantics]
  }

  var notes: String { "Computes \(entry.description.formula). Source: \(entry.description.source)" }

  /// The path that an option of the loss names.
  func path(_ name: String, _ values: Values) -> String? {
    files.first { $0.name == name }.flatMap { values[$0.option] }
  }

  /// What was chosen.
  func choices(_ values: Values) throws -> LossEvaluation.Choices {
    var choices = LossEvaluation.Choices()
    for (parameter, option) in numbers { choices.numbers[parameter] = values[option] }
    if let (parameter, option) = inverse, let value = values[option] {
      guard choices.numbers[parameter] == nil else {
        throw Misuse("--temperature and --scale are one over each other; give one of them")
      }
      choices.numbers[parameter] = 1 / value
    }
    for (choice, option) in zip(entry.choices, words) { choices.words[choice.name] = values[option] }
    if !entry.description.variants.isEmpty { choices.semantics = values[semantics].flatMap(Semantics.init) }
    return choices
  }

  private static func short(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e9 ? "\(Int(number))" : Figures.short(number)
  }
}

extension LossEntry.Limit {
  /// What the text of an option must be.
  fileprivate var kind: Kind<Double> {
    switch self {
    case .any: .number
    case .positive: .number(above: 0)
    case .notNegative: .number(0...)
    case .share: .number(0..<1)
    case .atLeast(let bound): .number(bound...)
    case .angle: .number(0...180)
    case .from0to1: .number(0...1)
    case .below(let bound): .number(0.001..<bound)
    case .count:
      Kind(placeholder: "N", expected: "a whole number from 1 to 1000000") {
        Int($0).flatMap { 1...1_000_000 ~= $0 ? Double($0) : nil }
      } text: {
        "\(Int($0))"
      }
    }
  }
}
