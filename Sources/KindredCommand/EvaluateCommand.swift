import Arguments
import Basics
import Kindred

/// `kindred evaluate knn|linear|fewshot|clusters|ranking|verification|retrieval|copies|invariance`.
let evaluate = Command(
  "evaluate", "Measure a model, beside what needs no training",
  examples: [
    Example("retrieval runs/emoji emoji", "texts to images and back, on what it never saw"),
    Example("knn runs/photos photos/", "classify by neighbours"),
    Example("copies runs/photos photos/", "find the original of a distorted copy"),
    Example("invariance runs/photos photos/ -o bars.png", "what it has learned to pass over"),
  ],
  subcommands: [retrieval, knn, linear, fewshot, ranking, clusters, verification, copies, invariance])

private let retrieval = measurement(
  "retrieval", "Find images by their texts and texts by their images",
  note:
    "Recall@k: how often what belongs to the query is among the k nearest. Chance and the untrained model stand beside it."
) { context, _ in try RetrievalMeasurement().measure(context) }

private let knn = measurement(
  "knn", "Classify by the labels of the nearest neighbours",
  options: [neighborsOption, votesTemperatureOption, measuredLabelOption, variantOption],
  note: "Raw pixels and the untrained encoder stand beside the model."
) { context, values in
  try NeighborMeasurement(
    neighbors: values[neighborsOption], temperature: values[votesTemperatureOption], label: values[measuredLabelOption],
    variant: values[variantOption]
  ).measure(context)
}

private let linear = measurement(
  "linear", "Train a linear classifier on the embeddings", options: [measuredLabelOption],
  note: "Raw pixels and the untrained encoder stand beside the model."
) { context, values in try LinearMeasurement(label: values[measuredLabelOption]).measure(context) }

private let copies = measurement(
  "copies", "Find the original of a cropped, recoloured, blurred copy", options: [measuredSeedOption],
  note:
    "Copies of the test items are looked for among all of them. Raw pixels and the untrained encoder stand beside the model."
) { context, values in try CopyMeasurement(seed: UInt64(values[measuredSeedOption])).measure(context) }

private let invariance = measurement(
  "invariance", "How far each augmentation moves the embedding",
  options: [outputOption, countOption, measuredSeedOption],
  note:
    "0: not at all; 1: as far as another image. ± is half of the 95 % interval over items. -o draws bars. Raw pixels and the untrained encoder stand beside the model."
) { context, values in
  if let path = values[outputOption] { try OutputFile.require(path, endingIn: ".png") }
  let report = try InvarianceMeasurement(count: values[countOption], seed: UInt64(values[measuredSeedOption])).measure(
    context)
  if let path = values[outputOption] {
    try Files.write(path, bytes: report.chart().png())
    Console.error("wrote \(path)")
  }
  return report.table
}

private let ranking = measurement(
  "ranking", "Find the items of the same class", options: [measuredLabelOption],
  note:
    "Every item searches among all others. ± is half of the 95 % interval over items. Raw pixels and the untrained encoder stand beside the model."
) { context, values in try RankingMeasurement(label: values[measuredLabelOption]).measure(context) }

private let clusters = measurement(
  "clusters", "Cluster without labels, and compare with the classes",
  options: [clustersOption, measuredLabelOption, measuredSeedOption],
  note: "K-means on directions, best of 10. Raw pixels and the untrained encoder stand beside the model."
) { context, values in
  try ClusterMeasurement(
    clusters: values[clustersOption], label: values[measuredLabelOption], seed: UInt64(values[measuredSeedOption])
  ).measure(context)
}

private let verification = measurement(
  "verification", "Tell whether two items are of one class",
  options: [pairsOption, measuredLabelOption, measuredSeedOption],
  note:
    "Cosine similarities of drawn pairs; the threshold is chosen on the items to learn from. Raw pixels and the untrained encoder stand beside the model."
) { context, values in
  try VerificationMeasurement(
    pairs: values[pairsOption], label: values[measuredLabelOption], seed: UInt64(values[measuredSeedOption])
  ).measure(context)
}

private let countOption = Option("count", of: .integer(2...), "How many items at most", default: 1000)
private let clustersOption = Option(
  "clusters", "k", of: .integer(1...), "How many clusters", otherwise: "as many as classes")
private let pairsOption = Option("pairs", of: .integer(1...), "How many pairs of each kind", default: 5000)
private let variantOption = Option(
  "weights", of: .choice(of: NeighborMeasurement.variants), "How a neighbour's vote is weighed", default: "cosine")

/// A subcommand that measures a model on a source and prints a table.
func measurement(
  _ name: String, _ summary: String, options: [any AnyOption] = [], note: String,
  _ measure: @escaping @Sendable (MeasurementContext, Values) throws -> Table
) -> Command {
  Command(
    name, summary, arguments: [modelArgument, dataArgument],
    options: options + [jsonOption, deviceOption] as [any AnyOption],
    notes: note
  ) { values in
    let model = try TrainedModel(contentsOf: values[modelArgument], on: chosenDevice(values[deviceOption]))
    let source = try Sources.open(values[dataArgument])
    let context = MeasurementContext(model: model, source: source)
    let table = try measure(context, values)
    Console.reportBroken(context.broken)
    Console.print(values[jsonOption] ? try Report.json(table) : table.text)
  }
}
