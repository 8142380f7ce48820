import Arguments
import Basics
import Kindred

/// `kindred evaluate similarity MODEL PAIRS`.
let similarity = pairCommand(
  "similarity", "Compare similarities of texts with what people say of them",
  examples: [
    Example("minilm stsb.csv", "columns sentence1, sentence2 and score"),
    Example("--embeddings A.npy --partners B.npy --scores scores.csv", "what any other tool has embedded"),
  ],
  options: [scoreOption], embeddings: [scoresOption],
  note: "Distances count with their sign changed. ± is half of the 95 % interval over pairs."
) { input, values in
  let scores: [Double] =
    switch input {
    case .texts(_, let pairs): try pairs.scores(values[scoreOption])
    case .rows(let context, _):
      try values[scoresOption].map { try ScoreFile($0, count: context.count).scores }
        ?? {
          throw Misuse("--embeddings need what people say of the pairs; add --scores, such as --scores scores.csv")
        }()
    }
  return try SimilarityMeasurement().measure(input.context, scores: scores)
}

/// `kindred evaluate pairs MODEL PAIRS`.
let pairClassification = pairCommand(
  "pairs", "Tell pairs of texts that belong together from others",
  examples: [
    Example("minilm quora.tsv", "columns question1, question2 and is_duplicate"),
    Example("minilm pairs.csv --first a --second b --same y", "columns of other names"),
    Example("--embeddings A.npy --partners B.npy --same same.npy", "what any other tool has embedded"),
  ],
  options: [sameColumnOption], embeddings: [], labels: sameColumnOption,
  note: """
    Accuracy and F1 stand with the threshold that is best for these pairs, precision, recall and Matthews' correlation (MCC) \
    at that of F1; AP asks no threshold. ± is half of the 95 % interval over pairs.
    """
) { input, values in
  let same: [Bool] =
    switch input {
    case .texts(_, let pairs): try pairs.areSame(values[sameColumnOption])
    case .rows(_, let pairs):
      try pairs.labels == nil
        ? {
          throw Misuse("--embeddings need to know which pairs belong together; add --same, such as --same same.npy")
        }()
        : pairs.areSame()
    }
  return try PairClassification().measure(input.context, same: same)
}

/// Pairs as a line names them.
enum PairInput {
  /// Of texts in a table.
  case texts(PairContext, TextPairs)
  /// Of rows in files.
  case rows(PairContext, EmbeddingPairs)

  /// The pairs, embedded.
  var context: PairContext {
    switch self {
    case .texts(let context, _), .rows(let context, _): context
    }
  }

  /// Opens what a line names.
  ///
  /// - Parameter labels: The option that names a file of labels of the rows, where there is one.
  fileprivate init(_ values: Values, labels: Option<String?>?) throws {
    let (model, path) = (values[optionalModelArgument], values[pairsArgument])
    guard let embeddings = values[embeddingsOption] else {
      guard let model, let path else {
        throw Misuse(
          "missing \(model == nil ? "MODEL" : "PAIRS"): measure a model on pairs, or --embeddings of any tool")
      }
      let pairs = try TextPairs(TextTable(contentsOf: path), first: values[firstOption], second: values[secondOption])
      let encoder = try SentenceModel(opening: model, values)
      self = .texts(try PairContext(encoder, pairs, prompt: values[promptOption]), pairs)
      return
    }
    if let model { throw Misuse("--embeddings stand in place of a model and pairs; leave out '\(model)'") }
    guard let partners = values[partnersOption] else {
      throw Misuse("--embeddings needs the rows they belong to; add --partners B.npy")
    }
    let pairs = try EmbeddingPairs(embeddings, partners, labels: labels.flatMap { values[$0] })
    self = .rows(PairContext(pairs), pairs)
  }
}

private func pairCommand(
  _ name: String, _ summary: String, examples: [Example], options: [any AnyOption], embeddings: [any AnyOption],
  labels: Option<String?>? = nil, note: String, _ measure: @escaping @Sendable (PairInput, Values) throws -> Table
) -> Command {
  Command(
    name, summary, examples: examples, arguments: [optionalModelArgument, pairsArgument],
    options: [firstOption, secondOption] + options
      + [promptOption, precisionOption, jsonOption, deviceOption] as [any AnyOption],
    groups: [
      OptionGroup(
        "Embeddings of any tool, in place of MODEL and PAIRS",
        [embeddingsOption, partnersOption] + embeddings as [any AnyOption])
    ],
    notes:
      "MODEL is a folder of sentence-transformers. \(note) Counts of tokens and the untrained encoder stand beside it."
  ) { values in
    let table = try measure(PairInput(values, labels: labels), values)
    Console.print(values[jsonOption] ? try Report.json(table) : table.text)
  }
}

let pairsArgument = Argument(
  optional: "PAIRS", of: .path, "a table of pairs: .csv, .tsv or .jsonl, plain or gzipped",
  otherwise: "see --embeddings")
let firstOption = Option("first", of: .string, "The column with the first of each pair", otherwise: "told by its name")
let secondOption = Option("second", of: .string, "The column with the second", otherwise: "told by its name")
let sameColumnOption = Option(
  "same", of: .string,
  "The column, or for --embeddings the file, with 1 for pairs that belong together and 0 for others",
  otherwise: "told by its name")
private let scoreOption = Option("score", of: .string, "The column with how alike they are", default: "score")
private let scoresOption = Option("scores", of: .path, "How alike each pair is: .npy, .txt, .csv, .tsv or .jsonl")
