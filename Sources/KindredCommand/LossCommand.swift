import Arguments
import Basics
import Kindred

/// `kindred loss list|plot|NAME …`: every loss of the catalogue is a command with the options that it knows.
let loss = Command(
  "loss", "Compute a loss and its gradient of given arrays",
  examples: [
    Example("list", "which losses there are for which data"),
    Example("ntxent A.npy B.npy --temperature 0.1", "two views of every row"),
    Example("supcon A.npy --labels L.npy --semantics pml", "the number of another library"),
    Example("clip A.npy B.npy --gradient G.safetensors", "and what a training step would follow"),
    Example("plot ntxent -o plot.png", "how much a hard negative weighs"),
  ],
  notes:
    "Arrays are NumPy's: embeddings [rows, columns], labels [rows]. Values are exact, however many rows there are.",
  subcommands: [list, lossPlot] + LossCatalogue.entries.map(command))

private let list = Command(
  "list", "List the losses by the data that they need", options: [jsonOption]
) { values in
  Console.print(values[jsonOption] ? try Report.json(LossListing.descriptions) : LossListing.text)
}

/// The command of one loss.
private func command(_ entry: LossEntry) -> Command {
  let options = LossOptions(entry)
  let arguments: [any AnyArgument] = entry.files.second == .none ? [firstArgument] : [firstArgument, options.second]
  return Command(
    entry.description.name, entry.description.summary, arguments: arguments,
    options: options.data + [gradientOption, precisionChoice, jsonOption] as [any AnyOption],
    groups: [OptionGroup("The loss", options.choices)], notes: options.notes
  ) { values in
    let paths = LossData.Paths(
      a: values[firstArgument], b: entry.files.second == .none ? nil : values[options.second],
      labels: options.path("labels", values), pairs: options.path("pairs", values),
      negatives: options.path("negatives", values), queue: options.path("queue", values))
    if let path = values[gradientOption] { try OutputFile.require(path) }
    let choices = try options.choices(values)
    let data = try LossData(
      paths, for: entry, semantics: choices.semantics, as: values[precisionChoice] == "float64" ? .float64 : .float32)
    let tiles: Precision = values[precisionChoice] == "bfloat16" ? .bfloat16 : .float32
    let result = try Comparison.withTiles(in: tiles) { try LossEvaluation(of: entry, data, choices) }
    if let path = values[gradientOption] {
      try result.gradientFile.write(to: path)
      Console.error("wrote \(path)")
    }
    Console.print(values[jsonOption] ? try Report.json(result) : result.text)
  }
}

private let firstArgument = Argument("A.npy", of: .path, "embeddings, a row an item")
private let gradientOption = Option("gradient", of: .path, "Write the gradients, as safetensors")
private let precisionChoice = Option(
  "precision", of: .choice(of: ["float64", "float32", "bfloat16"]),
  "What is computed in; bfloat16: float32, but the factors of products of many rows with many", default: "float64")
