import Basics
import Datasets
import Evaluation
import Inference
import Methods
import Synchronization
import TestSupport
import Tensors
import Testing

@testable import Training

@Suite struct TrainingRunTests {
  /// Trains from the beginning, or goes on, until a step.
  @discardableResult private func train(
    _ configuration: RunConfiguration, on source: ToySource, in folder: String, until last: Int = .max,
    lastGood: Bool = false
  ) throws -> (outcome: TrainingRun.Outcome, run: TrainingRun) {
    let run = try TrainingRun(configuration, on: source, in: folder, lastGood: lastGood)
    var hooks = RunHooks()
    hooks.shouldStop = { run.step >= last }
    return (try run.start(hooks), run)
  }

  @Test(arguments: ToyMethod.allCases, [0, 1, 3])
  func stoppedAndGoneOnWithItIsTheSameRun(method: ToyMethod, workers: Int) throws {
    try withTemporaryFolder { folder in
      let source = ToySource(14, test: 2)
      var whole = RunConfiguration.toy(method, on: source)
      whole.precision = method == .clip ? .bfloat16 : .float32
      let expected = try train(whole, on: source, in: "\(folder)/whole").run.modelBytes()

      var configuration = whole
      configuration.workers = workers
      let path = "\(folder)/stopped"
      for stop in [1, 2, 3, 5, 8] {
        let (outcome, run) = try train(configuration, on: source, in: path, until: stop)
        #expect(outcome == .stopped(step: stop))
        #expect(!run.folder.hasModel)
      }
      let (outcome, run) = try train(configuration, on: source, in: path)
      #expect(outcome == .finished && run.isFinished && run.steps == 9)
      #expect(try run.modelBytes() == expected)
    }
  }

  /// Micro-batches are part of the run: their dropout, too, is the same after a stop.
  @Test(arguments: ToyMethod.allCases)
  func microBatchesGoOnAsTheSameRun(method: ToyMethod) throws {
    try withTemporaryFolder { folder in
      let source = ToySource(14, test: 2)
      var configuration = RunConfiguration.toy(method, on: source)
      configuration.microBatchSize = 2
      let whole = try train(configuration, on: source, in: "\(folder)/whole").run
      #expect(try Files.text(of: whole.folder.metricsPath).contains("\"passes\":\(method == .clip ? 8 : 4)"))
      configuration.workers = 2
      #expect(try train(configuration, on: source, in: "\(folder)/stopped", until: 4).outcome == .stopped(step: 4))
      let run = try train(configuration, on: source, in: "\(folder)/stopped").run
      #expect(try run.modelBytes() == whole.modelBytes())
      configuration.microBatchSize = nil
      #expect(throws: InputError.self) { try train(configuration, on: source, in: "\(folder)/stopped") }
    }
  }

  @Test func anotherSeedIsAnotherRun() throws {
    try withTemporaryFolder { folder in
      let source = ToySource(8)
      var configuration = RunConfiguration.toy(on: source)
      let first = try train(configuration, on: source, in: "\(folder)/1").run.modelBytes()
      configuration.seed = 2
      #expect(try train(configuration, on: source, in: "\(folder)/2").run.modelBytes() != first)
    }
  }

  @Test func goesOnFromTheLastGoodCheckpoint() throws {
    try withTemporaryFolder { folder in
      let source = ToySource(12)
      let configuration = RunConfiguration.toy(on: source)
      let expected = try train(configuration, on: source, in: "\(folder)/whole").run.modelBytes()
      let path = "\(folder)/run"
      for stop in [2, 4] { try train(configuration, on: source, in: path, until: stop) }
      let newest = "\(path)/checkpoints/step-00000004.safetensors"
      try Files.write(newest, bytes: Files.bytes(of: newest).dropLast())
      let error = #expect(throws: InputError.self) { try train(configuration, on: source, in: path) }
      #expect(error?.place == newest)
      let run = try TrainingRun(configuration, on: source, in: path, lastGood: true)
      #expect(run.step == 2)
      #expect(try run.start() == .finished)
      #expect(try run.modelBytes() == expected)
    }
  }

  @Test func whatIsWrittenEmbedsAsTheMethodDid() throws {
    try withTemporaryFolder { folder in
      for method in ToyMethod.allCases {
        let source = ToySource(10, test: 2)
        let run = try train(.toy(method, on: source), on: source, in: "\(folder)/\(method)").run
        let inside = TrainedModel(run.method.model, in: run.method.tree, precision: .float32)
        for path in [run.folder.path, run.folder.modelPath] {
          let outside = try TrainedModel(contentsOf: path, precision: .float32)
          let (a, b) = (try inside.embeddings(of: source), try outside.embeddings(of: source))
          #expect(a.values(as: Float.self) == b.values(as: Float.self))
          if method == .clip {
            let (a, b) = (try inside.embeddings(of: ["red"]), try outside.embeddings(of: ["red"]))
            #expect(a.values(as: Float.self) == b.values(as: Float.self))
          }
        }
      }
    }
  }

  @Test func aFinishedRunStaysAsItIs() throws {
    try withTemporaryFolder { folder in
      let source = ToySource(8)
      let bytes = try train(.toy(on: source), on: source, in: folder).run.modelBytes()
      let metrics = try Files.text(of: "\(folder)/metrics.jsonl")
      let (outcome, run) = try train(.toy(on: source), on: source, in: folder)
      #expect(outcome == .finished && run.isFinished)
      #expect(try run.modelBytes() == bytes)
      #expect(try Files.text(of: "\(folder)/metrics.jsonl") == metrics)
    }
  }

  @Test func reportsAndLogsHowFarItIs() throws {
    try withTemporaryFolder { folder in
      let source = ToySource(10, test: 2)
      let run = try TrainingRun(.toy(.clip, on: source), on: source, in: folder)
      var reports: [Progress] = []
      var hooks = RunHooks()
      hooks.report = { reports.append($0) }
      hooks.evaluate = { _ in ["recall": Double(run.step)] }
      _ = try run.start(hooks)
      #expect(reports.map(\.epoch).max() == 3)
      let last = try #require(reports.last)
      #expect(last.step == 6 && last.steps == 6 && last.secondsLeft == 0)
      #expect(last.figures["recall"] == 6)
      #expect((last.figures["scale"] ?? 0) > 1)
      #expect((0...1).contains(last.waitShare))
      let lines = try Files.text(of: "\(folder)/metrics.jsonl").split(separator: "\n")
      #expect(lines.count == reports.count)
      #expect(lines.last?.contains("\"recall\":6") == true)
    }
  }
}
