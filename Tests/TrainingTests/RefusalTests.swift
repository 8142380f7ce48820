import Basics
import Datasets
import TestSupport
import Tensors
import Testing

@testable import Training

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// What a run does not begin with, and what makes it stop.
@Suite struct RefusalTests {
  private func refusal(_ configuration: RunConfiguration, on source: ToySource, in folder: String) -> String? {
    #expect(throws: InputError.self) { try TrainingRun(configuration, on: source, in: folder).start() }?.description
  }

  /// Stops after some steps.
  private func begin(_ configuration: RunConfiguration, on source: ToySource, in folder: String) throws {
    var hooks = RunHooks()
    hooks.shouldStop = { true }
    _ = try TrainingRun(configuration, on: source, in: folder).start(hooks)
  }

  @Test func tooLittleData() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/run"
      #expect(
        refusal(.toy(on: ToySource(3)), on: ToySource(3), in: path)
          == "toys: has 3 items to learn from, which make no batch of 4; use --batch 3 or less")
      #expect(
        refusal(.toy(on: ToySource(1)), on: ToySource(1), in: path)
          == "toys: has one item to learn from; learning by comparing takes two items or more")
      #expect(!Files.exists(path), "a refused run must leave nothing behind")
    }
  }

  @Test func dataThatHasChanged() throws {
    try withTemporaryFolder { folder in
      let source = ToySource(8)
      try begin(.toy(on: source), on: source, in: folder)
      #expect(
        refusal(.toy(on: source), on: ToySource(9), in: folder)
          == "toys: is not the data that the run began with; restore it, or begin a new run")
    }
  }

  @Test func aFolderWithAnotherRun() throws {
    try withTemporaryFolder { folder in
      let source = ToySource(8)
      let configuration = RunConfiguration.toy(on: source)
      try begin(configuration, on: source, in: folder)
      var other = configuration
      (other.rate, other.epochs) = (0.02, 5)
      #expect(
        refusal(other, on: source, in: folder)
          == "\(folder): holds a run with another number of epochs, rate; "
          + "go on with it by 'kindred resume \(folder)', or name another folder with --run")
      unlink("\(folder)/run.json")
      #expect(
        refusal(other, on: source, in: folder)
          == "\(folder): holds what a run has left, but no run.json; restore it, or name another folder with --run")
    }
  }

  /// A run that failed before its first checkpoint has left nothing: another may take its place.
  @Test func aFolderWithoutProgressIsFree() throws {
    try withTemporaryFolder { folder in
      let source = ToySource(8)
      var configuration = RunConfiguration.toy(on: source)
      configuration.rate = 1e30
      _ = refusal(configuration, on: source, in: folder)
      configuration.rate = 0.01
      let outcome = try TrainingRun(configuration, on: source, in: folder).start()
      #expect(outcome == .finished)
    }
  }

  @Test func aFolderInUse() throws {
    try withTemporaryFolder { folder in
      let source = ToySource(8)
      var first: TrainingRun? = try TrainingRun(.toy(on: source), on: source, in: folder)
      #expect(
        refusal(.toy(on: source), on: source, in: folder)
          == "\(folder): is being trained in by process \(getpid()); "
          + "wait for it or stop it, or name another folder with --run")
      #expect(try first?.start() == .finished)
      first = nil
      #expect(try TrainingRun(.toy(on: source), on: source, in: folder).isFinished)
    }
  }

  @Test func aRateThatBreaksTheWeights() throws {
    try withTemporaryFolder { folder in
      let source = ToySource(8)
      var configuration = RunConfiguration.toy(on: source)
      configuration.optimizer = .sgd(momentum: 0, nesterov: false, weightDecay: 0)
      (configuration.gradientLimit, configuration.checkpointSeconds) = (nil, 0)
      configuration.rate = 1e20  // finite weights, from which no finite loss comes
      let message = refusal(configuration, on: source, in: folder)
      #expect(message?.contains("stopped being a finite number between steps") == true, "\(message ?? "")")
      #expect(message?.contains("try a lower --rate") == true)
      let checkpoint = try CheckpointFolder(path: "\(folder)/checkpoints").newest(lastGood: false)
      for (name, tensor) in checkpoint?.tree ?? [:] { #expect(tensor.to(.float64).isFinite().all(), "\(name)") }

      configuration.rate = 1e300  // no float32: the loss of the first step is fine, the weights after it are not
      let second = refusal(configuration, on: source, in: "\(folder)/2")
      #expect(second?.contains("stopped being a finite number between steps 0 and 1;") == true, "\(second ?? "")")
      #expect(CheckpointFolder(path: "\(folder)/2/checkpoints").isEmpty)
    }
  }

  @Test func aCheckpointBeyondTheEnd() throws {
    try withTemporaryFolder { folder in
      let source = ToySource(8)
      _ = try TrainingRun(.toy(on: source), on: source, in: folder).start()
      var shorter = RunConfiguration.toy(on: source)
      shorter.epochs = 1
      try RunFolder(folder).write(shorter)
      let message = refusal(shorter, on: source, in: folder)
      #expect(message?.contains("is of step 6, which the run does not have") == true, "\(message ?? "")")
    }
  }

  @Test func brokenImagesArePassedOverUntilThereAreTooMany() throws {
    try withTemporaryFolder { folder in
      let one = ToySource(20, broken: [3])
      let run = try TrainingRun(.toy(on: one), on: one, in: "\(folder)/1")
      #expect(try run.start() == .finished)
      #expect(run.broken.all.map(\.item) == [3])
      let two = ToySource(20, broken: [3, 11])
      #expect(
        refusal(.toy(on: two), on: two, in: "\(folder)/2")
          == "toy 3: is damaged, and with it 2 of 20 items are broken, more than are passed over; repair or remove them"
      )
    }
  }

  @Test(arguments: ToyMethod.allCases) func batchesWithOneItemOrNoneLeft(method: ToyMethod) throws {
    try withTemporaryFolder { folder in
      // Of two items one is broken: every batch of two has one left. With CLIP nothing is left where there is no text.
      let source = ToySource(3, broken: [1], hasCaptions: method == .simclr)
      var configuration = RunConfiguration.toy(method, on: source)
      configuration.batchSize = 2
      let outcome = try TrainingRun(configuration, on: source, in: folder).start()
      #expect(outcome == .finished)
    }
  }
}
