import Basics
import Images
import Kindred
import TestSupport
import Testing

@Suite struct ObjectiveStudyTests {
  private let source = ToySource(24, test: 8)

  private func study(
    _ methods: [String] = ObjectiveStudy.methods, seeds: Int = 2, budget: ObjectiveStudy.Budget = .epochs(2),
    batch: Int = 8, on source: ToySource? = nil, in folder: String
  ) throws -> ObjectiveStudy {
    var choices = RunPlan.Choices()
    (choices.encoder, choices.imageSize, choices.batchSize, choices.precision) = ("small", 8, batch, .float32)
    (choices.threads, choices.workers) = (1, 0)
    return try ObjectiveStudy(
      methods, on: source ?? self.source, specification: "toys", seeds: seeds, budget: budget, choices: choices,
      in: folder)
  }

  private func run(_ study: ObjectiveStudy, stopAfter steps: Int = .max) throws -> (ObjectiveReport?, said: [String]) {
    var said: [String] = []
    var asked = 0
    let report = try study.run(say: { said.append($0) }, progress: { _ in }) {
      asked += 1
      return asked > steps
    }
    return (report, said)
  }

  @Test func stoppedAndBegunAgainItIsTheSameStudy() throws {
    try withTemporaryFolder { folder in
      let whole = try #require(try run(study(in: "\(folder)/whole")).0)
      var (report, said): (ObjectiveReport?, [String]) = (nil, [])
      for stop in [1, 3, 6] {
        let (result, lines) = try run(study(in: "\(folder)/stopped"), stopAfter: stop)
        #expect(result == nil)
        said += lines
      }
      let last = try run(study(in: "\(folder)/stopped"))
      (report, said) = (last.0, said + last.said)
      #expect(report == whole)
      // What is done is not done again.
      #expect(said.count { $0.contains("linear classifier") } == 6)
      #expect(try run(study(in: "\(folder)/stopped")).said.isEmpty)
    }
  }

  @Test func allHaveTheSameEncoderViewsAndBudget() throws {
    try withTemporaryFolder { folder in
      let report = try #require(try run(study(seeds: 1, in: folder)).0)
      #expect(report.rows.map(\.name) == ["crossentropy", "simclr", "supcon", "untrained"])
      let runs = try ["crossentropy-1", "simclr-1", "supcon-1"].map { try RunFolder("\(folder)/\($0)").configuration() }
      #expect(
        Set(runs.map(\.epochs)) == [2] && Set(runs.map(\.batchSize)) == [8] && Set(runs.map(\.optimizer)).count == 1)
      #expect(Set(runs.map(\.rate)).count == 1 && Set(runs.map(\.warmupEpochs)).count == 1)
      let views = runs.map { configuration -> [ViewRecipe] in
        switch configuration.method {
        case .simclr(let options): [options.view]
        case .supcon(let options): [options.view]
        case .crossentropy(let options): [options.view]
        default: []
        }
      }
      #expect(Set(views) == [[.supContrast(size: 8)]])
      #expect(report.table.text.contains("untrained"))
      #expect(report.chart().width > 100)
      #expect(report.rows.allSatisfy { (0...1).contains($0.linear.mean) && $0.linear.interval == nil })
    }
  }

  @Test func moreSeedsAndMethodsAddRuns() throws {
    try withTemporaryFolder { folder in
      let first = try #require(try run(study(["supcon"], seeds: 1, in: folder)).0)
      let more = try #require(try run(study(["supcon", "crossentropy"], seeds: 2, in: folder)).0)
      #expect(more.rows[0].runs[0] == first.rows[0].runs[0] && more.rows.map(\.runs.count) == [2, 2, 2])
    }
  }

  @Test func minutesBecomeEpochsOnce() throws {
    try withTemporaryFolder { folder in
      // Far less than an epoch takes: one epoch it is.
      let report = try #require(try run(study(["simclr"], seeds: 1, budget: .minutes(1e-9), in: folder)).0)
      #expect(report.rows[0].epochs == 1)
      #expect(try run(study(["simclr"], seeds: 1, budget: .minutes(1e-9), in: folder)).said.isEmpty)
    }
  }

  @Test func refusesWhatCannotBeCompared() throws {
    try withTemporaryFolder { folder in
      func refusal(_ body: () throws -> Void) -> String? {
        do { try body() } catch { return "\(error)" }
        return nil
      }
      #expect(
        refusal { _ = try study(["simcrl"], in: folder) }
          == "simcrl: is none of the objectives that are compared; did you mean simclr?")
      #expect(
        refusal { _ = try study(["simclr", "simclr"], in: folder) }
          == "simclr,simclr: names an objective twice; choose some of crossentropy, simclr, supcon, each once")
      #expect(
        refusal { _ = try study([], in: folder) }
          == "no objective is named to compare; choose some of crossentropy, simclr, supcon, each once")
      let remedy = "ask for the same, or name another folder by --run"
      _ = try run(study(["simclr"], seeds: 1, in: folder))
      #expect(
        refusal { _ = try run(study(["simclr"], seeds: 1, budget: .epochs(3), in: folder)) }
          == "\(folder): holds a study of 2 epochs, not 3 epochs; \(remedy)")
      // What is done would not be what was asked for, and new runs could not be compared with it.
      for methods in [["simclr"], ["supcon"]] {
        #expect(
          refusal { _ = try run(study(methods, seeds: 1, batch: 4, in: folder)) }
            == "\(folder): holds a study with another batch; \(remedy)")
        #expect(
          refusal { _ = try run(study(methods, seeds: 1, on: ToySource(26, test: 8), in: folder)) }
            == "\(folder): holds a study with another source; \(remedy)")
      }
    }
  }
}
