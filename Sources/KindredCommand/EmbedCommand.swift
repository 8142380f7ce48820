import Arguments
import Basics
import Kindred

/// `kindred embed MODEL SOURCE -o FILE`.
let embed = Command(
  "embed", "Write the embeddings of a source, or of texts",
  examples: [
    Example("runs/emoji emoji -o emoji.npy", "an array for NumPy"),
    Example("runs/emoji emoji -o emoji.jsonl", "titles beside numbers"),
    Example("minilm questions.txt -o questions.npy", "a text a line, by a model of sentence-transformers"),
  ],
  arguments: [modelArgument, dataArgument],
  options: [
    outputOption, splitOption, columnOption, promptOption, truncationOption, precisionOption, deviceOption,
  ],
  notes: """
    The name of the file decides the format: .npy, .safetensors (with titles), .jsonl. With a folder of \
    sentence-transformers as MODEL, SOURCE is a text file, a table (.csv, .tsv, .jsonl), or - for standard input.
    """
) { values in
  guard let path = values[outputOption] else {
    throw Misuse("no file is named for the embeddings; add one, such as -o vectors.npy")
  }
  let export = try EmbeddingExport(to: path)
  if SentenceModel.isModel(values[modelArgument]) {
    return try embedTexts(values, to: export, path)
  }
  let precision = values[precisionOption].flatMap(Precision.init(rawValue:))
  let model = try TrainedModel(
    contentsOf: values[modelArgument], on: chosenDevice(values[deviceOption]), precision: precision)
  let source = try Sources.open(values[dataArgument])
  let items = source.items(of: Part(rawValue: values[splitOption]) ?? .all)
  let broken = BrokenItems(among: items.count)
  let (embedded, vectors) = try model.embeddings(of: source, items: items, leavingOut: broken)
  try export.write(vectors, titles: embedded.map(source.title))
  Console.reportBroken(broken)
  Console.error("wrote \(embedded.count) embeddings of \(model.model.size) numbers to \(path)")
}

/// Embeds texts by a model of sentence-transformers.
private func embedTexts(_ values: Values, to export: EmbeddingExport, _ path: String) throws {
  let name = values[dataArgument]
  let table =
    try name == "-"
    ? TextTable(lines: .standardInput(), named: "standard input") : TextTable(contentsOf: name)
  var model = try SentenceModel(opening: values[modelArgument], values)
  if let length = values[truncationOption] {
    guard length <= model.encoder.size else {
      throw Misuse("--truncate \(length) is more than an embedding has (\(model.encoder.size))")
    }
    model.truncation = length
  }
  let embedding = try TextEmbedding(
    model: model, table: table, column: values[columnOption], prompt: values[promptOption])
  try embedding.write(to: export) { done in
    if Console.isTerminal { Console.live("\(done) of \(embedding.count) texts") }
  }
  Console.error("wrote \(embedding.count) embeddings of \(model.size) numbers to \(path)")
}

private let truncationOption = Option(
  "truncate", of: .integer(1...), "How many numbers of an embedding to keep", otherwise: "as the model says")
