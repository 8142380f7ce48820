import Arguments
import Basics
import Kindred

/// `kindred paraphrases MODEL SOURCE`.
let paraphrases = Command(
  "paraphrases", "Find the most similar pairs among texts",
  examples: [
    Example("minilm questions.txt", "the hundred most similar pairs"),
    Example("minilm support.csv -k 100000 --above 0.8 -o pairs.csv", "a table of all pairs from 0.8 on"),
    Example("minilm support.csv --no-equal", "without rows of the same text"),
  ],
  arguments: [textModelArgument, textsArgument],
  options: [
    countOption, floorOption, equalOption, outputOption, columnOption, promptOption, precisionOption, jsonOption,
    deviceOption,
  ],
  notes: """
    The search is exact: every text is compared with every other. Rows are counted from 0, as in what 'kindred embed' writes. \
    The name of the file decides the format: .csv, .tsv, .jsonl.
    """
) { values in
  let export = try values[outputOption].map { try TableExport(to: $0) }
  let model = try SentenceModel(opening: values[textModelArgument], values)
  let texts = try TextEmbedding(
    model: model, table: TextTable(contentsOf: values[textsArgument]), column: values[columnOption],
    prompt: values[promptOption])
  let mining = ParaphraseMining(count: values[countOption], above: values[floorOption], equal: values[equalOption])
  let pairs = try mining.pairs(of: texts) { done, isCompared in
    if Console.isTerminal { Console.live("\(done) of \(texts.count) texts \(isCompared ? "compared" : "embedded")") }
  }
  if let export, let path = values[outputOption] {
    try ParaphraseMining.write(pairs, to: export)
    Console.error("wrote \(pairs.count) pairs to \(path)")
  }
  if values[jsonOption] {
    Console.print(try Report.json(pairs))
  } else if export == nil {
    Console.print(pairs.isEmpty ? "no pair is that similar" : ParaphraseMining.text(of: pairs))
  }
}

/// `kindred evaluate paraphrases MODEL PAIRS`.
let paraphraseMeasurement = Command(
  "paraphrases", "Find pairs that belong together among all texts",
  examples: [
    Example("minilm quora.tsv", "columns question1, question2 and is_duplicate"),
    Example("minilm quora.tsv --transitive", "what belongs to the same text belongs together"),
  ],
  arguments: [textModelArgument, tableArgument],
  options: [
    firstOption, secondOption, sameColumnOption, mostOption, transitiveOption, promptOption, precisionOption,
    jsonOption,
    deviceOption,
  ],
  notes: """
    Every text of the table is compared with every other. AP is of the most similar pairs; F1 stands with the threshold that is \
    best for these texts, and its precision and recall. ± is half of the 95 % interval over texts. Counts of tokens and the \
    untrained encoder stand beside the model.
    """
) { values in
  let pairs = try TextPairs(
    TextTable(contentsOf: values[tableArgument]), first: values[firstOption], second: values[secondOption])
  let same = try pairs.areSame(values[sameColumnOption])
  let model = try SentenceModel(opening: values[textModelArgument], values)
  let table = try ParaphraseMeasurement(most: values[mostOption], transitive: values[transitiveOption]).measure(
    model, on: pairs, same: same, prompt: values[promptOption])
  Console.print(values[jsonOption] ? try Report.json(table) : table.text)
}

private let textsArgument = Argument("SOURCE", of: .path, "texts: a text a line, or a table (.csv, .tsv, .jsonl)")
private let tableArgument = Argument("PAIRS", of: .path, "a table of pairs: .csv, .tsv or .jsonl, plain or gzipped")
private let countOption = Option("count", "k", of: .integer(1...100_000_000), "How many pairs at most", default: 100)
private let floorOption = Option("above", of: .number(-1...1), "The lowest similarity", otherwise: "any")
private let equalOption = Option("equal", "Take two rows of the same text for a pair", default: true)
private let mostOption = Option("most", of: .integer(1...100_000_000), "How many pairs are looked at", default: 500_000)
private let transitiveOption = Option("transitive", "What belongs together with the same text belongs together")
