import Arguments
import Basics
import Kindred

/// `kindred evaluate knn|linear|fewshot|finetune|clusters|ranking|verification|retrieval|copies|invariance|geometry`,
/// `kindred evaluate similarity|pairs|reranking|paraphrases`.
let evaluate = Command(
  "evaluate", "Measure a model, beside what needs no training",
  examples: [
    Example("retrieval runs/emoji emoji", "texts to images and back, on what it never saw"),
    Example("knn runs/photos photos/", "classify by neighbours"),
    Example("copies runs/photos photos/", "find the original of a distorted copy"),
    Example("invariance runs/photos photos/ -o bars.png", "what it has learned to pass over"),
    Example("retrieval minilm cranfield/", "search documents, in the form of BEIR"),
    Example("ranking --embeddings X.npy --labels y.npy", "what any other tool has embedded"),
  ],
  subcommands: [
    retrieval, knn, linear, fewshot, finetune, ranking, clusters, verification, copies, invariance, geometry,
    similarity, pairClassification, reranking, paraphraseMeasurement,
  ])

private let retrieval = measurement(
  "retrieval", "Find images by their texts, texts by their images, documents by queries", on: .pairs(.groups),
  note: """
    Recall@k of images: how often what belongs to the query is among the k nearest. With a folder of sentence-transformers as \
    MODEL, SOURCE is a folder in the form of BEIR (corpus.jsonl, queries.jsonl, qrels/test.tsv), or a table of pairs of a query \
    and a document that is relevant to it. Chance and the untrained model stand beside it. Of --partners row i belongs to row \
    i, and with --labels all rows of one label belong together.
    """
) { input, values in
  switch input {
  case .search(let model, let set):
    Findings(
      try SearchMeasurement(
        queryPrompt: values[queryPromptOption], documentPrompt: values[documentPromptOption]
      ).measure(model, on: set) { done in
        if Console.isTerminal { Console.live("\(done) of \(set.documentCount) documents") }
      })
  case .images(let context): try RetrievalMeasurement().findings(context)
  case .pairs(let pairs): Findings(try RetrievalMeasurement().measure(pairs))
  case .rows, .texts: preconditionFailure("pairs are taken alone")
  }
}

private let knn = measurement(
  "knn", "Classify by the labels of the nearest neighbours", on: .rows(beside: .train),
  options: [neighborsOption, votesTemperatureOption, measuredLabelOption, variantOption],
  note: "Raw pixels, or counts of tokens, and the untrained encoder stand beside the model."
) { context, values in
  try NeighborMeasurement(
    neighbors: values[neighborsOption], temperature: values[votesTemperatureOption], label: values[measuredLabelOption],
    variant: values[variantOption]
  ).findings(context)
}

private let linear = measurement(
  "linear", "Train a linear classifier on the embeddings", on: .rows(beside: .train, required: true),
  options: [protocolOption, regularizationOption, measuredLabelOption, measuredSeedOption],
  note: "Raw pixels, or counts of tokens, and the untrained encoder stand beside the model."
) { context, values in
  try LinearMeasurement(
    values[protocolOption], inverseRegularization: values[regularizationOption], label: values[measuredLabelOption],
    seed: UInt64(values[measuredSeedOption])
  ).findings(context)
}

private let copies = imageMeasurement(
  "copies", "Find the original of a cropped, recoloured, blurred copy", options: [measuredSeedOption],
  note:
    "Copies of the test items are looked for among all of them. Raw pixels and the untrained encoder stand beside the model."
) { context, values in try CopyMeasurement(seed: UInt64(values[measuredSeedOption])).findings(context) }

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
  return Findings(report.table)
}

private let geometry = measurement(
  "geometry", "How embeddings spread, and whether views of an image agree",
  on: .rows(labelled: false, orPairs: .groups), options: [countOption, measuredLabelOption, measuredSeedOption],
  note: """
    alignment: the mean squared distance of two views of an image, or of partners: 0 they agree, 2 unrelated. of classes: the \
    same for two items of a class. uniformity: the lower, the more evenly items spread; 0 all in one point. rank: how many \
    directions are used. spread: 0 all in one point, 1 evenly. Raw pixels, or counts of tokens, and the untrained encoder stand beside the model.
    """
) { input, values in
  let measurement = GeometryMeasurement(
    count: values[countOption], label: values[measuredLabelOption], seed: UInt64(values[measuredSeedOption]))
  return switch input {
  case .images(let context): Findings(try measurement.measure(context))
  case .texts(let context): Findings(try measurement.measure(context))
  case .rows(let rows): Findings(try measurement.measure(rows))
  case .pairs(let pairs): Findings(try measurement.measure(pairs))
  case .search: preconditionFailure("queries and documents have no geometry")
  }
}

private let ranking = measurement(
  "ranking", "Find the items of the same class", on: .rows(beside: .gallery), options: [measuredLabelOption, inOption],
  note:
    "Every item searches among all others, or in the items to learn from. ± is half of the 95 % interval over items. Raw pixels, or counts of tokens, and the untrained encoder stand beside the model."
) { input, values in
  let gallery = values[inOption].flatMap(RankingMeasurement.Gallery.init) ?? (input.hasOthers ? .train : .others)
  return try RankingMeasurement(label: values[measuredLabelOption], in: gallery).findings(input.context)
}

private let clusters = measurement(
  "clusters", "Cluster without labels, and compare with the classes", on: .rows(),
  options: [clustersOption, measuredLabelOption, measuredSeedOption],
  note:
    "K-means on directions, best of 10. Raw pixels, or counts of tokens, and the untrained encoder stand beside the model."
) { context, values in
  try ClusterMeasurement(
    clusters: values[clustersOption], label: values[measuredLabelOption], seed: UInt64(values[measuredSeedOption])
  ).findings(context)
}

private let verification = measurement(
  "verification", "Tell whether two items are of one class", on: .rows(beside: .train, orPairs: .same),
  options: [pairsOption, measuredLabelOption, measuredSeedOption],
  note:
    "Cosine similarities of drawn pairs, or of those that are given; the threshold is chosen on the items to learn from, or on the other pairs in turn. Raw pixels, or counts of tokens, and the untrained encoder stand beside the model."
) { input, values in
  if case .pairs(let pairs) = input { return Findings(try VerificationMeasurement.measure(pairs)) }
  return try VerificationMeasurement(
    pairs: values[pairsOption], label: values[measuredLabelOption], seed: UInt64(values[measuredSeedOption])
  ).findings(input.context)
}

private let pageOption = Option(
  "report", of: .path, "A page to write (.html): the figures, and where the model errs, with pictures")
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

/// A subcommand that measures what a line names, prints a table, and writes a page where one is asked for.
func measurement(
  _ name: String, _ summary: String, on inputs: InputOptions, options: [any AnyOption] = [], note: String,
  _ measure: @escaping @Sendable (MeasuredInput, Values) throws -> Findings
) -> Command {
  Command(
    name, summary, arguments: [optionalModelArgument, optionalDataArgument],
    options: options + [pageOption, jsonOption, deviceOption, cacheOption] as [any AnyOption],
    groups: inputs.groups, notes: note
  ) { values in
    try requirePage(values)
    let input = try inputs.open(values)
    let findings = try measure(input, values)
    try show(findings, "\(name): \(values[optionalModelArgument] ?? "embeddings")", input, values)
  }
}

/// The same for a measurement of rows alone.
private func measurement(
  _ name: String, _ summary: String, on inputs: InputOptions, options: [any AnyOption] = [], note: String,
  _ measure: @escaping @Sendable (MeasurementContext, Values) throws -> Findings
) -> Command {
  measurement(name, summary, on: inputs, options: options, note: note) { input, values in
    try measure(input.context, values)
  }
}

/// The same for a measurement that looks at images.
func imageMeasurement(
  _ name: String, _ summary: String, options: [any AnyOption] = [], note: String,
  _ measure: @escaping @Sendable (ImageContext, Values) throws -> Findings
) -> Command {
  Command(
    name, summary, arguments: [modelArgument, dataArgument],
    options: options + [pageOption, jsonOption, deviceOption, cacheOption] as [any AnyOption], notes: note
  ) { values in
    try requirePage(values)
    let context = try ImageContext(opening: values[modelArgument], values[dataArgument], values)
    try show(try measure(context, values), "\(name): \(values[modelArgument])", .images(context), values)
  }
}

/// Refuses a page that could not be written, before the work.
private func requirePage(_ values: Values) throws {
  if let path = values[pageOption] { try OutputFile.require(path, endingIn: ".html") }
}

/// Prints what was found, and writes the page where one is asked for: of rows from files with figures alone.
private func show(_ findings: Findings, _ title: String, _ input: MeasuredInput, _ values: Values) throws {
  if case .images(let images) = input { Console.reportBroken(images.broken) }
  Console.print(values[jsonOption] ? try Report.json(findings.table) : findings.table.text)
  guard let path = values[pageOption] else { return }
  try Files.write(path, text: ReportPage(try findings.report(title: title, of: input.shownSource)).html)
  Console.error("wrote \(path)")
}
