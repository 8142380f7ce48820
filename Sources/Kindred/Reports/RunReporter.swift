/// Makes the report of one or several runs: reads their folders, and looks at their models and data again.
public struct RunReporter {
  /// The bytes that thumbnails may take in a report, which keep it below 5 MB.
  private static let pictureBytes = 3_000_000

  private let records: [RunRecord]

  /// Reads the folders of runs.
  ///
  /// - Throws: `InputError` when a folder holds no run, or one without figures.
  public init(folders: [String]) throws {
    precondition(!folders.isEmpty, "a report is of one run at least")
    records = try folders.map { try RunRecord(in: $0) }
  }

  /// Makes the report.
  ///
  /// A run is shown without pictures when its data cannot be opened, or is not what it was when the run began.
  ///
  /// - Parameters:
  ///   - source: The data of the runs, where it is open already.
  ///   - device: Where models compute; unless told, where they were trained.
  ///   - shouldStop: Asked now and then; when true the work ends.
  /// - Throws: `InputError` when a model cannot be read or too many images cannot be decoded, `CancellationError` after
  ///   a stop.
  public func report(
    of source: (any ImageSource)? = nil, on device: String? = nil, unless shouldStop: () -> Bool = { false }
  ) throws -> RunReport {
    let names = Self.names(of: records.map(\.folder.path))
    var runs = try zip(records, names).map { try $0.report(named: $1) }
    var makers: [GalleryMaker] = []
    for (i, record) in records.enumerated() {
      let configuration = record.configuration
      guard let source = source ?? (try? Sources.open(configuration.source)),
        source.identity == configuration.sourceIdentity
      else { continue }
      let recipe = configuration.method.make(in: ParameterTree(seed: 0, on: .cpu)).batchRecipe
      runs[i].views = RunViews(recipe, of: source, seed: configuration.seed).reportRows
      guard record.folder.hasModel else { continue }
      // As many threads as the run had: with others the last digits differ, and so would the map.
      Engine.threads = configuration.threads
      let model = try TrainedModel(
        contentsOf: record.folder.path, on: Device(device ?? configuration.device), precision: configuration.precision)
      let known = makers.firstIndex { $0.sample.source.identity == source.identity }
      let sample = known.map { makers[$0].sample } ?? ReportSample(of: source, side: recipe.side)
      let examination = try RunExamination(model, on: sample, unless: shouldStop)
      // Of few items all that are asked may be broken: then there is nothing to show.
      guard !examination.mapped.isEmpty else { continue }
      let place = known ?? makers.count
      if known == nil { makers.append(GalleryMaker(sample, mapped: examination.mapped)) }
      runs[i].gallery = place
      runs[i].map = examination.map
      runs[i].classes = examination.classes
      runs[i].neighbors = examination.rows.map { makers[place].row($0) }
    }
    return RunReport(
      title: names.count == 1 ? names[0] : names.count <= 4 ? names.joined(separator: ", ") : "\(names.count) runs",
      runs: runs, galleries: try makers.map { try $0.gallery(budget: Self.pictureBytes / makers.count) })
  }

  /// What to call runs: the last parts of their paths, as many as it takes to tell them apart.
  static func names(of paths: [String]) -> [String] {
    let parts = paths.map { $0.split(separator: "/").filter { $0 != "." }.map(String.init) }
    let longest = parts.map(\.count).max() ?? 0
    for count in 1...max(1, longest) {
      let names = parts.map { $0.suffix(count).joined(separator: "/") }
      if Set(names).count == names.count { return names.map { $0.isEmpty ? "run" : $0 } }
    }
    return paths
  }
}

extension RunViews {
  /// The rows as a report shows them.
  var reportRows: [ViewRow] {
    rows.map { row in
      ViewRow(
        title: row.title, caption: row.caption, original: PagePicture(row.original, atMost: 128),
        views: row.views.map { ViewRow.View(PagePicture($0.image, atMost: 128), words: $0.words) })
    }
  }
}
