import Arguments
import Basics
import Kindred

/// `kindred evaluate similarity MODEL PAIRS`.
let similarity = Command(
  "similarity", "Compare similarities of texts with what people say of them",
  examples: [Example("minilm stsb.csv", "columns sentence1, sentence2 and score")],
  arguments: [modelArgument, pairsArgument],
  options: [firstOption, secondOption, scoreOption, precisionOption, jsonOption, deviceOption],
  notes: "MODEL is a folder of sentence-transformers. Euclidean distances count with their sign changed."
) { values in
  let model = try SentenceModel(
    contentsOf: values[modelArgument], on: chosenDevice(values[deviceOption]),
    precision: values[precisionOption].flatMap(Precision.init(rawValue:)))
  let measurement = SimilarityMeasurement(
    first: values[firstOption], second: values[secondOption], score: values[scoreOption])
  let table = try measurement.measure(model, on: TextTable(contentsOf: values[pairsArgument]))
  Console.print(values[jsonOption] ? try Report.json(table) : table.text)
}

private let pairsArgument = Argument("PAIRS", of: .path, "a table of pairs: .csv, .tsv or .jsonl, plain or gzipped")
private let firstOption = Option("first", of: .string, "The column with the first of each pair", default: "sentence1")
private let secondOption = Option("second", of: .string, "The column with the second", default: "sentence2")
private let scoreOption = Option("score", of: .string, "The column with how alike they are", default: "score")
