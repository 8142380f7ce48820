import Arguments
import Basics
import Kindred

/// `kindred evaluate knn|linear|fewshot|finetune|clusters|ranking|verification|retrieval|copies|invariance|geometry`,
/// `kindred evaluate similarity`.
let evaluate = Command(
  "evaluate", "Measure a model, beside what needs no training",
  examples: [
    Example("retrieval runs/emoji emoji", "texts to images and back, on what it never saw"),
    Example("knn runs/photos photos/", "classify by neighbours"),
    Example("copies runs/photos photos/", "find the original of a distorted copy"),
    Example("invariance runs/photos photos/ -o bars.png", "what it has learned to pass over"),
    Example("ranking --embeddings X.npy --labels y.npy", "what any other tool has embedded"),
  ],
  subcommands: [
    retrieval, knn, linear, fewshot, finetune, ranking, clusters, verification, copies, invariance, geometry,
    similarity,
  ])

private let retrieval = measurement(
  "retrieval", "Find images by their texts and texts by their images", on: .pairs(.groups),
  note:
    "Recall@k: how often what belongs to the query is among the k nearest. Chance and the untrained model stand beside it. Of --partners row i belongs to row i, and with --labels all rows of one label belong together."
) { input, _ in
  switch input {
  case .images(let context): try RetrievalMeasurement().measure(context)
  case .pairs(let pairs): try RetrievalMeasurement().measure(pairs)
  case .rows: preconditionFailure("pairs are taken alone")
  }
}

private let knn = measurement(
  "knn", "Classify by the labels of the nearest neighbours", on: .rows(beside: .train),
  options: [neighborsOption, votesTemperatureOption, measuredLabelOption, variantOption],
  note: "Raw pixels and the untrained encoder stand beside the model."
) { context, values in
  try NeighborMeasurement(
    neighbors: values[neighborsOption], temperature: values[votesTemperatureOption], label: values[measuredLabelOption],
    variant: values[variantOption]
  ).measure(context)
}

private let linear = measurement(
  "linear", "Train a linear classifier on the embeddings", on: .rows(beside: .train, required: true),
  options: [protocolOption, regularizationOption, measuredLabelOption, measuredSeedOption],
  note: "Raw pixels and the untrained encoder stand beside the model."
) { context, values in
  try LinearMeasurement(
    values[protocolOption], inverseRegularization: values[regularizationOption], label: values[measuredLabelOption],
    seed: UInt64(values[measuredSeedOption])
  ).measure(context)
}

private let copies = imageMeasurement(
  "copies", "Find the original of a cropped, recoloured, blurred copy", options: [measuredSeedOption],
  note:
    "Copies of the test items are looked for among all of them. Raw pixels and the untrained encoder stand beside the model."
) { context, values in try CopyMeasurement(seed: UInt64(values[measuredSeedOption])).measure(context) }

private let invariance = imageMeasurement(
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

private let geometry = measurement(
  "geometry", "How embeddings spread, and whether views of an image agree",
  on: .rows(labelled: false, orPairs: .groups), options: [countOption, measuredLabelOption, measuredSeedOption],
  note: """
    alignment: the mean squared distance of two views of an image, or of partners: 0 they agree, 2 unrelated. of classes: the \
    same for two items of a class. uniformity: the lower, the more evenly items spread; 0 all in one point. rank: how many \
    directions are used. spread: 0 all in one point, 1 evenly. Raw pixels and the untrained encoder stand beside the model.
    """
) { input, values in
  let measurement = GeometryMeasurement(
    count: values[countOption], label: values[measuredLabelOption], seed: UInt64(values[measuredSeedOption]))
  return switch input {
  case .images(let context): try measurement.measure(context)
  case .rows(let rows): try measurement.measure(rows)
  case .pairs(let pairs): try measurement.measure(pairs)
  }
}

private let ranking = measurement(
  "ranking", "Find the items of the same class", on: .rows(beside: .gallery), options: [measuredLabelOption, inOption],
  note:
    "Every item searches among all others, or in the items to learn from. ± is half of the 95 % interval over items. Raw pixels and the untrained encoder stand beside the model."
) { input, values in
  let gallery = values[inOption].flatMap(RankingMeasurement.Gallery.init) ?? (input.hasOthers ? .train : .others)
  return try RankingMeasurement(label: values[measuredLabelOption], in: gallery).measure(input.context)
}

private let clusters = measurement(
  "clusters", "Cluster without labels, and compare with the classes", on: .rows(),
  options: [clustersOption, measuredLabelOption, measuredSeedOption],
  note: "K-means on directions, best of 10. Raw pixels and the untrained encoder stand beside the model."
) { context, values in
  try ClusterMeasurement(
    clusters: values[clustersOption], label: values[measuredLabelOption], seed: UInt64(values[measuredSeedOption])
  ).measure(context)
}

private let verification = measurement(
  "verification", "Tell whether two items are of one class", on: .rows(beside: .train, orPairs: .same),
  options: [pairsOption, measuredLabelOption, measuredSeedOption],
  note:
    "Cosine similarities of drawn pairs, or of those that are given; the threshold is chosen on the items to learn from, or on the other pairs in turn. Raw pixels and the untrained encoder stand beside the model."
) { input, values in
  if case .pairs(let pairs) = input { return try VerificationMeasurement.measure(pairs) }
  return try VerificationMeasurement(
    pairs: values[pairsOption], label: values[measuredLabelOption], seed: UInt64(values[measuredSeedOption])
  ).measure(input.context)
}

private let countOption = Option("count", of: .integer(2...), "How many items at most", default: 1000)
private let protocolOption = Option(
  "protocol", of: .choice(of: LinearMeasurement.protocols), "How it is fitted: to the minimum, or by SGD as others do",
  default: "lbfgs")
private let regularizationOption = Option(
  "inverse-regularization", "c", of: .number(above: 0), "scikit-learn's C, of lbfgs", default: 1)
private let clustersOption = Option(
  "clusters", "k", of: .integer(1...), "How many clusters", otherwise: "as many as classes")
private let pairsOption = Option("pairs", of: .integer(1...), "How many pairs of each kind", default: 5000)
private let inOption = Option(
  "in", of: .choice(of: RankingMeasurement.Gallery.allCases.map(\.rawValue)), "What is searched in",
  otherwise: "others, or the gallery that is given")
private let variantOption = Option(
  "weights", of: .choice(of: NeighborMeasurement.variants), "How a neighbour's vote is weighed", default: "cosine")

/// A subcommand that measures what a line names, and prints a table.
func measurement(
  _ name: String, _ summary: String, on inputs: InputOptions, options: [any AnyOption] = [], note: String,
  _ measure: @escaping @Sendable (MeasuredInput, Values) throws -> Table
) -> Command {
  Command(
    name, summary, arguments: [optionalModelArgument, optionalDataArgument],
    options: options + [jsonOption, deviceOption, cacheOption] as [any AnyOption], groups: [inputs.group], notes: note
  ) { values in
    let input = try inputs.open(values)
    let table = try measure(input, values)
    if case .images(let context) = input { Console.reportBroken(context.broken) }
    Console.print(values[jsonOption] ? try Report.json(table) : table.text)
  }
}

/// The same for a measurement of rows alone.
private func measurement(
  _ name: String, _ summary: String, on inputs: InputOptions, options: [any AnyOption] = [], note: String,
  _ measure: @escaping @Sendable (MeasurementContext, Values) throws -> Table
) -> Command {
  measurement(name, summary, on: inputs, options: options, note: note) { input, values in
    try measure(input.context, values)
  }
}

/// The same for a measurement that looks at images.
func imageMeasurement(
  _ name: String, _ summary: String, options: [any AnyOption] = [], note: String,
  _ measure: @escaping @Sendable (ImageContext, Values) throws -> Table
) -> Command {
  Command(
    name, summary, arguments: [modelArgument, dataArgument],
    options: options + [jsonOption, deviceOption, cacheOption] as [any AnyOption], notes: note
  ) { values in
    let context = try ImageContext(opening: values[modelArgument], values[dataArgument], values)
    let table = try measure(context, values)
    Console.reportBroken(context.broken)
    Console.print(values[jsonOption] ? try Report.json(table) : table.text)
  }
}
