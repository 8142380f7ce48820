import Arguments
import Kindred

/// What a measurement is made on.
enum MeasuredInput {
  /// A model and the images of a source.
  case images(ImageContext)
  /// A sentence encoder and the texts of a table.
  case texts(TextContext)
  /// A sentence encoder, and queries with documents to search in.
  case search(SentenceModel, SearchSet)
  /// Embeddings of any tool with their labels.
  case rows(EmbeddingSource)
  /// Embeddings of any tool whose rows belong to each other.
  case pairs(EmbeddingPairs)

  /// Whether a second array of rows was given.
  var hasOthers: Bool { if case .rows(let rows) = self { !rows.split.train.isEmpty } else { false } }

  /// Where what is measured can be shown from: images or texts.
  var shownSource: (any ItemSource)? {
    switch self {
    case .images(let images): images.source
    case .texts(let texts): texts.source
    case .search, .rows, .pairs: nil
    }
  }

  /// The rows with their labels; pairs are none.
  var context: MeasurementContext {
    switch self {
    case .images(let images): MeasurementContext(images)
    case .texts(let texts): MeasurementContext(texts)
    case .rows(let rows): MeasurementContext(rows)
    case .search, .pairs: preconditionFailure("pairs have no rows of their own")
    }
  }
}

extension ImageContext {
  /// Opens what a line names.
  init(opening model: String, _ source: String, _ values: Values) throws {
    self.init(
      model: try TrainedModel(contentsOf: model, on: chosenDevice(values[deviceOption])),
      source: try Sources.open(source),
      cache: values[cacheOption] ? .standard : nil)
  }
}

extension SentenceModel {
  /// Opens what a line names.
  init(opening path: String, _ values: Values) throws {
    try self.init(
      contentsOf: path, on: chosenDevice(values[deviceOption]),
      precision: values[precisionOption].flatMap(Precision.init(rawValue:)))
  }
}

extension TextContext {
  /// Opens what a line names.
  init(opening model: String, _ source: String, _ values: Values) throws {
    let source = try LabelledTexts(TextTable(contentsOf: source), column: values[columnOption])
    try self.init(
      model: SentenceModel(opening: model, values), source: source,
      prompt: values[promptOption])
  }
}

/// How texts are read, where SOURCE is a table of them.
private let textOptions = OptionGroup(textTitle, [columnOption, promptOption, precisionOption])

/// How queries and documents are read, where SOURCE is a folder in the form of BEIR or a table of pairs.
private let searchOptions = OptionGroup(
  textTitle, [judgementsOption, firstOption, secondOption, queryPromptOption, documentPromptOption, precisionOption])
private let textTitle = "Texts, with a folder of sentence-transformers as MODEL"

/// How a command line names what is measured: MODEL and SOURCE, or files with embeddings in their place.
struct InputOptions: Sendable {
  /// What embeddings in files are measured beside, where rows with labels can be.
  enum Others: String { case none, train, gallery }

  /// What is said of pairs, where pairs can be measured.
  enum PairLabels { case groups, same }

  private let others: Others?
  private let needsOthers, needsLabels: Bool
  private let pairLabels: PairLabels?
  private let otherEmbeddings, otherLabels: Option<String?>

  /// Rows with labels, beside others of which the labels are known.
  ///
  /// - Parameters:
  ///   - required: Whether there must be others.
  ///   - labelled: Whether there must be labels.
  ///   - labels: What is said of pairs, where these are taken as well.
  static func rows(
    beside others: Others = .none, required: Bool = false, labelled: Bool = true, orPairs labels: PairLabels? = nil
  ) -> Self {
    Self(others: others, needsOthers: required, needsLabels: labelled, pairLabels: labels)
  }

  /// Two arrays, row by row.
  static func pairs(_ labels: PairLabels) -> Self {
    Self(others: nil, needsOthers: false, needsLabels: false, pairLabels: labels)
  }

  private init(others: Others?, needsOthers: Bool, needsLabels: Bool, pairLabels: PairLabels?) {
    (self.others, self.pairLabels) = (others, pairLabels)
    (self.needsOthers, self.needsLabels) = (needsOthers, needsLabels)
    let name = (others ?? .none).rawValue
    otherEmbeddings = Option(
      "\(name)-embeddings", of: .path,
      others == .gallery ? "Embeddings to search in" : "Embeddings to learn from, or that vote",
      otherwise: needsOthers ? "must be given with --embeddings" : "all others of --embeddings")
    otherLabels = Option("\(name)-labels", of: .path, "Their labels")
  }

  /// The options that say how texts are read and that name files.
  var groups: [OptionGroup] { [others == nil ? searchOptions : textOptions, group] }

  private var group: OptionGroup {
    var options: [any AnyOption] = [embeddingsOption]
    if others != nil || pairLabels == .groups { options.append(labelsOption) }
    if hasOthers { options += [otherEmbeddings, otherLabels] as [any AnyOption] }
    if let pairLabels {
      options += pairLabels == .same ? [partnersOption, sameOption] : [partnersOption]
    }
    return OptionGroup("Embeddings of any tool, in place of MODEL and SOURCE", options)
  }

  private var hasOthers: Bool { others == .train || others == .gallery }

  /// Opens what a line names.
  ///
  /// - Throws: `Misuse` when the parts do not go together, and what is wrong with the files.
  func open(_ values: Values) throws -> MeasuredInput {
    let model = values[optionalModelArgument]
    guard let path = values[embeddingsOption] else {
      guard let model, let source = values[optionalDataArgument] else {
        throw Misuse(
          "missing \(model == nil ? "MODEL" : "SOURCE"): measure a model on a source, or --embeddings of any tool")
      }
      guard SentenceModel.isModel(model) else {
        return .images(try ImageContext(opening: model, source, values))
      }
      guard others != nil else { return try Self.search(model, source, values) }
      return .texts(try TextContext(opening: model, source, values))
    }
    if let model { throw Misuse("--embeddings stand in place of a model and a source; leave out '\(model)'") }
    if let pairLabels, let partners = values[partnersOption] {
      let labels = pairLabels == .same ? values[sameOption] : values[labelsOption]
      if pairLabels == .same, labels == nil {
        throw Misuse("--partners needs to know which pairs belong together; add --same, such as --same same.npy")
      }
      return .pairs(try EmbeddingPairs(path, partners, labels: labels))
    }
    guard others != nil else { throw Misuse("--embeddings needs the rows they belong to; add --partners B.npy") }
    return .rows(try rows(path, values))
  }

  /// Queries and documents: a folder in the form of BEIR, or a table of pairs.
  private static func search(_ model: String, _ source: String, _ values: Values) throws -> MeasuredInput {
    let set =
      try Files.isFolder(source)
      ? SearchSet(folder: source, part: values[judgementsOption])
      : SearchSet(
        TextPairs(TextTable(contentsOf: source), first: values[firstOption], second: values[secondOption]))
    for note in set.notes { Console.error("kindred: \(source): \(note)") }
    return .search(try SentenceModel(opening: model, values), set)
  }

  private func rows(_ path: String, _ values: Values) throws -> EmbeddingSource {
    let labels = values[labelsOption]
    if needsLabels, labels == nil {
      throw Misuse("--embeddings needs the labels of its rows; add --labels, such as --labels y.npy")
    }
    let measured = EmbeddingSource.Paths(path, labels: labels)
    guard hasOthers else { return try EmbeddingSource(measured) }
    switch (values[otherEmbeddings], values[otherLabels]) {
    case (let embeddings?, let labels?):
      return try EmbeddingSource(measured, learned: .init(embeddings, labels: labels))
    case (nil, nil):
      if needsOthers {
        throw Misuse("there is nothing to learn from; add --train-embeddings and --train-labels")
      }
      return try EmbeddingSource(measured)
    default:
      let name = (others ?? .none).rawValue
      throw Misuse("--\(name)-embeddings and --\(name)-labels go together; give both")
    }
  }
}

let optionalModelArgument = Argument(
  optional: "MODEL", of: .path, "the folder of a run or of a model: ours, timm's or sentence-transformers'",
  otherwise: "see --embeddings")
let optionalDataArgument = Argument(
  optional: "SOURCE", of: .string, "what to look at: a folder, files, a table of texts, or emoji",
  otherwise: "see --embeddings")
let embeddingsOption = Option("embeddings", of: .path, "Rows to measure on: .npy [N, D], or .safetensors")
private let judgementsOption = Option(
  "qrels", of: .string, "Which judgements of a folder in the form of BEIR", otherwise: "test")
let queryPromptOption = Option(
  "query-prompt", of: .string, "The model's prompt before queries, by name", otherwise: "query, if it has one")
let documentPromptOption = Option(
  "document-prompt", of: .string, "The one before documents", otherwise: "document, if it has one")
private let labelsOption = Option(
  "labels", of: .path, "A label a row: .npy of whole numbers or texts, .txt, .csv, .tsv or .jsonl")
let partnersOption = Option("partners", of: .path, "What belongs to each row of --embeddings")
private let sameOption = Option("same", of: .path, "1 for each pair that belongs together, 0 for others")
