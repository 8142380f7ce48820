import Basics
import Methods
import TestSupport
import Testing

@testable import Training

@Suite struct RunConfigurationTests {
  @Test(arguments: ToyMethod.allCases) func comesBackFromItsFile(method: ToyMethod) throws {
    try withTemporaryFolder { folder in
      let configuration = RunConfiguration.toy(method, on: ToySource(8))
      try RunFolder(folder).write(configuration)
      #expect(try RunFolder(folder).configuration() == configuration)
      var plain = configuration
      plain.gradientLimit = nil
      plain.optimizer = .sgd(momentum: 0.9, nesterov: true, weightDecay: 1e-4)
      plain.rate = 0.1 + 0.2  // a number that needs all of its digits
      plain.seed = .max
      try RunFolder(folder).write(plain)
      #expect(try RunFolder(folder).configuration() == plain)
    }
  }

  @Test func saysWhatIsWrongWithAFile() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/run.json"
      let missing = #expect(throws: InputError.self) { try RunFolder(folder).configuration() }
      #expect(missing?.description == "\(path): is not there; 'kindred train' begins a run")

      try RunFolder(folder).write(.toy(on: ToySource(8)))
      let text = try Files.text(of: path)
      func problem(_ old: String, _ new: String) throws -> String? {
        let parts = text.split(separator: old, maxSplits: 1, omittingEmptySubsequences: false)
        try #require(parts.count == 2, "'\(old)' is not in \(text)")
        try Files.write(path, text: parts.joined(separator: new))
        return #expect(throws: InputError.self) { try RunFolder(folder).configuration() }?.problem
      }
      #expect(try problem("{", "") == "cannot be understood: it is not valid JSON")
      #expect(try problem("\"epochs\" : 3,", "") == "cannot be understood: epochs is missing")
      #expect(try problem("\"epochs\" : 3", "\"epochs\" : \"3\"") == "cannot be understood: epochs has a wrong value")
      #expect(try problem("\"epochs\" : 3", "\"epochs\" : 0") == "epochs is 0, not from 1 to a billion")
      #expect(try problem("\"batchSize\" : 4", "\"batchSize\" : -4") == "batchSize is -4, not 2 or more")
      #expect(try problem("\"rate\" : 0.01", "\"rate\" : 0") == "rate is 0.0, not a positive number")
      #expect(try problem("\"workers\" : 0", "\"workers\" : -1") == "workers is -1, not from 0 to 1024")
      #expect(
        try problem("\"warmupEpochs\" : 0.5", "\"warmupEpochs\" : -0.5") == "warmupEpochs is -0.5, not 0 or more")
      #expect(
        try problem("\"momentum\" : 0.9", "\"momentum\" : 1") == "momentum is 1.0, not at least 0 and below 1")
      #expect(try problem("\"temperature\" : 0.1", "\"temperature\" : 0")?.hasPrefix("temperature is 0") == true)
    }
  }

  @Test func aFileWithoutAScheduleIsOfACosine() throws {
    try withTemporaryFolder { folder in
      var configuration = RunConfiguration.toy(on: ToySource(8))
      configuration.decay = .constant
      try RunFolder(folder).write(configuration)
      #expect(try RunFolder(folder).configuration().decay == .constant)
      let path = "\(folder)/run.json"
      let lines = try Files.text(of: path).split(separator: "\n")
      try Files.write(path, text: lines.filter { !$0.contains("\"decay\"") }.joined(separator: "\n"))
      #expect(try RunFolder(folder).configuration().decay == .cosine)
      #expect(configuration.differences(from: try RunFolder(folder).configuration()) == ["schedule"])
    }
  }

  @Test func onlyWhatChangesTheResultMakesADifference() {
    let configuration = RunConfiguration.toy(on: ToySource(8))
    var other = configuration
    (other.workers, other.checkpointSeconds, other.evaluationEpochs, other.source) = (3, 1, 0, "elsewhere/toys")
    #expect(configuration.differences(from: other).isEmpty)
    (other.rate, other.seed) = (0.02, 2)
    #expect(configuration.differences(from: other) == ["rate", "seed"])
    #expect(configuration.differences(from: .toy(.clip, on: ToySource(8))) == ["method"])
  }
}
