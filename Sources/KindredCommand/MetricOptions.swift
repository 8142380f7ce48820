import Arguments
import Basics
import Kindred

/// The options of `kindred train metric`: a loss and a miner of the catalogue with all that can be chosen about them.
///
/// Every number and word of any loss is an option; one that the chosen loss does not have is refused.
struct MetricOptions {
  private let loss = Option(
    "loss", of: .choice(of: Self.losses.map(\.description.name)), "What is learned by", otherwise: "multisimilarity")
  private let miner = Option(
    "miner", of: .choice(of: ["none"] + MinerCatalogue.entries.map(\.name)), "Which pairs or triplets are compared",
    otherwise: "that of the loss's publication, if any")
  private let semantics = Option(
    "semantics", of: .choice(of: Semantics.allCases.map(\.rawValue)), "Whose definition of the loss is computed",
    otherwise: "from the loss")
  private let perClass = Option(
    "per-class", of: .integer(0...), "Items of a class in a batch, 0 for all items in turn", otherwise: "from the data")
  private let size = Option(
    "embedding", of: .integer(0...65536), "Length of the embeddings, 0 for the encoder's own", otherwise: "128")
  private let lossRate = Option(
    "loss-rate", of: .number(above: 0), "The rate of what the loss learns, such as proxies", otherwise: "0.01")
  private let lossNumbers: [(name: String, option: Option<Double?>)]
  private let lossWords: [(name: String, option: Option<String?>)]
  private let minerNumbers: [(name: String, option: Option<Double?>)]
  private let minerWords: [(name: String, option: Option<String?>)]

  private static let losses = LossCatalogue.entries.filter(\.learnsFromClasses)

  init() {
    func owners(_ names: [String]) -> String {
      names.count <= 3 ? names.joined(separator: ", ") : "\(names[0]), \(names[1]) and \(names.count - 2) more"
    }
    let numbers = Self.names(Self.losses.map { ($0.description.name, $0.description.parameters.map(\.name)) })
    lossNumbers = numbers.map { name, owned in
      (name, Option(name.hyphenated, of: .number, "Of \(owners(owned))", otherwise: "from the loss"))
    }
    // The loss catalogue's own choice of a miner is one of all miners here.
    let choices = Self.names(Self.losses.map { ($0.description.name, $0.choices.map(\.name).filter { $0 != "miner" }) })
    lossWords = choices.map { name, owned in
      let words = Self.losses.flatMap(\.choices).filter { $0.name == name }.flatMap(\.words).unique
      return (name, Option(name, of: .choice(of: words), "Of \(owners(owned))", otherwise: "from the loss"))
    }
    let miners = MinerCatalogue.entries
    minerNumbers = Self.names(miners.map { ($0.name, $0.parameters.map(\.name)) }).map { name, owned in
      (name, Option("miner-\(name)", of: .number, "Of \(owners(owned))", otherwise: "from the miner"))
    }
    minerWords = Self.names(miners.map { ($0.name, $0.choices.map(\.name)) }).map { name, owned in
      let words = miners.flatMap(\.choices).filter { $0.name == name }.flatMap(\.words).unique
      return (name, Option("miner-\(name)", of: .choice(of: words), "Of \(owners(owned))", otherwise: "from the miner"))
    }
  }

  /// Names with who has them, in the order in which they first occur.
  private static func names(_ all: [(owner: String, names: [String])]) -> [(name: String, owners: [String])] {
    all.flatMap(\.names).unique.map { name in (name, all.filter { $0.names.contains(name) }.map(\.owner)) }
  }

  /// The options beside those of every training.
  var main: [any AnyOption] { [loss, miner, semantics, perClass, size, lossRate] }

  /// What can be chosen about losses and miners.
  var groups: [OptionGroup] {
    [
      OptionGroup(
        "The loss ('kindred loss NAME --help' says more)", lossNumbers.map(\.option) + lossWords.map(\.option)),
      OptionGroup("The miner", minerNumbers.map(\.option) + minerWords.map(\.option)),
    ]
  }

  /// Takes over what was chosen.
  ///
  /// - Throws: `Misuse` when a loss or miner has no such number or word, or does not allow its value.
  func apply(_ values: Values, to choices: inout RunPlan.Choices) throws {
    choices.perClass = values[perClass]
    choices.embeddingSize = values[size]
    choices.lossRate = values[lossRate]
    let numbers = Self.given(lossNumbers, values)
    let words = Self.given(lossWords, values)
    let semantics = values[semantics].flatMap(Semantics.init(rawValue:))
    let name = values[loss] ?? "multisimilarity"
    if values[loss] != nil || !numbers.isEmpty || !words.isEmpty || semantics != nil {
      choices.loss = LossRecipe(name, numbers: numbers, words: words, semantics: semantics)
      try Self.misuse { _ = try choices.loss?.entry() }
    }
    choices.isWithoutMiner = values[miner] == "none"
    var minerWords = Self.given(minerWords, values)
    let minerNumbers = Self.given(minerNumbers, values)
    guard let chosen = values[miner], chosen != "none" else {
      if let odd = (Array(minerWords.keys) + minerNumbers.keys).min() {
        throw Misuse("--miner-\(odd) needs a miner; add --miner NAME")
      }
      return
    }
    // Miner and loss mean the same distance unless told otherwise.
    if minerWords["distance"] == nil, let distance = words["distance"],
      MinerCatalogue[chosen]!.choices.contains(where: { $0.name == "distance" && $0.words.contains(distance) })
    {
      minerWords["distance"] = distance
    }
    choices.miner = MinerRecipe(chosen, numbers: minerNumbers, words: minerWords)
    try Self.misuse { _ = try choices.miner?.entry() }
  }

  private static func given<Value>(
    _ options: [(name: String, option: Option<Value?>)], _ values: Values
  ) -> [String: Value] {
    options.reduce(into: [:]) { $0[$1.name] = values[$1.option] }
  }

  /// Runs a check of what the command line says.
  private static func misuse(_ check: () throws -> Void) throws {
    do { try check() } catch let error as InputError { throw Misuse("\(error)") }
  }
}

extension Array where Element: Hashable {
  /// The elements without those that were there before.
  fileprivate var unique: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}

extension String {
  /// `negativeMargin` as a command line has it: `negative-margin`.
  fileprivate var hyphenated: String {
    reduce(into: "") { $0 += $1.isUppercase ? "-" + $1.lowercased() : String($1) }
  }
}
