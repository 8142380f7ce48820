/// Makes the report of one or several runs: reads their folders, and looks at their models and data again.
public struct RunReporter {
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
  ///   - shouldStop: Asked now and then; when true the work ends.
  /// - Throws: `InputError` when a model cannot be read or too many images cannot be decoded, `CancellationError` after
  ///   a stop.
  public func report(
    of source: (any ImageSource)? = nil, unless shouldStop: () -> Bool = { false }
  ) throws -> RunReport {
    let names = Self.names(of: records.map(\.folder.path))
    var runs = try zip(records, names).map { try $0.report(named: $1) }
    for (i, record) in records.enumerated() {
      if shouldStop() { throw CancellationError() }
      guard let source = source ?? (try? Sources.open(record.configuration.source)),
        source.identity == record.configuration.sourceIdentity
      else { continue }
      let method = record.configuration.method.make(in: ParameterTree(seed: 0, on: .cpu))
      runs[i].views = RunViews(method.batchRecipe, of: source, seed: record.configuration.seed).reportRows
    }
    return RunReport(
      title: names.count == 1 ? names[0] : names.count <= 4 ? names.joined(separator: ", ") : "\(names.count) runs",
      runs: runs)
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
        title: row.title, caption: row.caption, original: Picture(row.original, atMost: 128),
        views: row.views.map { ViewRow.View(Picture($0.image, atMost: 128), words: $0.words) })
    }
  }
}
