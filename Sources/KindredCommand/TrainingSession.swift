import Basics
import Kindred

/// A run as a person watches it: what it begins with, its progress, and how it ended.
struct TrainingSession {
  private let run: TrainingRun
  private let online: OnlineEvaluation?
  private let source: any ImageSource

  init(_ configuration: RunConfiguration, on source: any ImageSource, in folder: String, lastGood: Bool) throws {
    self.source = source
    online = configuration.evaluationEpochs > 0 ? OnlineEvaluation(of: source) : nil
    run = try TrainingRun(configuration, on: source, in: folder, lastGood: lastGood)
  }

  func start() throws {
    let configuration = run.configuration
    let name = configuration.method.name
    Console.error(
      "\(name) on \(configuration.source): \(source.split.train.count) items to learn from, "
        + "\(source.split.test.count) kept for measuring; \(configuration.epochs) epochs of "
        + "\(run.steps / configuration.epochs) steps; \(run.method.tree.parameterCount) parameters; in \(run.folder.path)"
    )
    if run.isFinished {
      // Its process may have been killed while it looked at what it had learned.
      if !Files.exists(run.folder.reportPath) {
        Interruption.listen()
        _ = writeReport()
      }
      return Console.error("nothing to do: all \(run.steps) steps are done, the model is in \(run.folder.modelPath)")
    }
    if run.step > 0 { Console.error("going on after step \(run.step) of \(run.steps)") }
    let line = ProgressLine()
    var hooks = RunHooks()
    hooks.report = { line.show($0) }
    hooks.shouldStop = { Interruption.isRequested }
    hooks.pictures = { [source] method in
      ["views": RunViews(method.batchRecipe, of: source, seed: configuration.seed).sheet()]
    }
    if let online {
      hooks.evaluate = { try online.figures(of: $0, configuration) }
    }
    Interruption.listen()
    let outcome = try run.start(hooks)
    Console.keepLiveLine()
    Console.reportBroken(run.broken)
    if let online { Console.reportBroken(online.broken, among: "of those kept for measuring or voting") }
    switch outcome {
    case .finished:
      let hasReport = writeReport()
      Console.error(
        "done: the model is in \(run.folder.modelPath)"
          + (hasReport ? ", and what to look at in \(run.folder.reportPath)" : ""))
    case .stopped(let step):
      throw Interrupted(
        message: "stopped after step \(step) of \(run.steps); 'kindred resume \(run.folder.path)' goes on")
    }
  }

  /// Writes the report of the run, which is no reason to lose one: what goes wrong is a warning, and Ctrl-C ends it.
  private func writeReport() -> Bool {
    do {
      let report = try RunReporter(folders: [run.folder.path]).report(of: source) { Interruption.isRequested }
      try Files.write(run.folder.reportPath, text: ReportPage(report).html)
      return true
    } catch is CancellationError {
      return false
    } catch {
      Console.error("warning: no report was written: \(error)")
      return false
    }
  }
}
