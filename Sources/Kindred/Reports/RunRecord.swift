/// What a run's folder tells of it.
struct RunRecord {
  let folder: RunFolder
  let configuration: RunConfiguration
  let metrics: [[String: Double]]

  /// Reads what a run has left.
  ///
  /// - Throws: `InputError` when the folder holds no run, or nothing was measured yet.
  init(in path: String) throws {
    folder = RunFolder(path)
    configuration = try folder.configuration()
    guard Files.exists("\(path)/metrics.jsonl") else {
      throw InputError(in: path, "has no metrics.jsonl", remedy: "let the run make a few steps first")
    }
    metrics = try folder.metrics()
  }

  /// The last finite value of a figure.
  func last(_ name: String) -> Double? { metrics.last { $0[name]?.isFinite == true }?[name] }

  /// The run with its figures and curves, without pictures.
  ///
  /// - Parameter name: What to call it.
  func report(named name: String) throws -> RunReport.Run {
    let steps = Int(last("step") ?? 0)
    let epoch = Int(last("epoch") ?? 0)
    var figures: [RunReport.Run.Figure] = []
    func add(_ name: String, _ title: String, note: String = "", _ text: (Double) -> String = Figures.short) {
      if let value = last(name) { figures.append(.init(title, text(value), note: note)) }
    }
    add("loss", "loss")
    add("knn", "kNN accuracy", note: "during training", Figures.percent)
    add("recall@10", "recall@10", note: "names → images", Figures.percent)
    add("effective_rank", "effective rank", note: "dimensions that a batch uses")
    figures.append(.init("steps", "\(steps)", note: "\(epoch) of \(configuration.epochs) epochs"))
    let speeds = metrics.compactMap { $0["examples_per_second"] }.filter(\.isFinite).sorted()
    if !speeds.isEmpty { figures.append(.init("images a second", "\(Int(speeds[speeds.count / 2]))", note: "median")) }
    let names = Set(metrics.flatMap(\.keys)).subtracting(["step", "epoch"]).sorted()
    return RunReport.Run(
      name: name, summary: "\(configuration.method.name) on \(configuration.source)", figures: figures,
      stepsPerEpoch: max(1, (steps + epoch - 1) / max(1, epoch)),
      curves: names.map { name in
        Curve(name: name, points: metrics.compactMap { line in line[name].map { (Int(line["step"]!), $0) } })
      },
      command: command, configuration: try Files.text(of: folder.configurationPath))
  }

  /// The command that repeats the run.
  private var command: String {
    func quoted(_ word: String) -> String {
      let isPlain = word.utf8.allSatisfy {
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:,=+@%".utf8.contains($0)
      }
      return isPlain && !word.isEmpty
        ? word : "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
    return "kindred train \(configuration.method.name) --config \(quoted(folder.configurationPath)) --run "
      + quoted("\(folder.path)-again")
  }
}
