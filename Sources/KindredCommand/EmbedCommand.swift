import Arguments
import Basics
import Kindred

/// `kindred embed MODEL SOURCE -o FILE`.
let embed = Command(
  "embed", "Write the embeddings of a source",
  examples: [
    Example("runs/emoji emoji -o emoji.npy", "an array for NumPy"),
    Example("runs/emoji emoji -o emoji.jsonl", "titles beside numbers"),
  ],
  arguments: [modelArgument, dataArgument], options: [outputOption, splitOption, precisionOption, deviceOption],
  notes: "The name of the file decides the format: .npy, .safetensors (with titles), .jsonl."
) { values in
  guard let path = values[outputOption] else {
    throw Misuse("no file is named for the embeddings; add one, such as -o vectors.npy")
  }
  let export = try EmbeddingExport(to: path)
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
