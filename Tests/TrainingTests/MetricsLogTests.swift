import Basics
import TestSupport
import Testing

@testable import Training

@Suite struct MetricsLogTests {
  @Test func dropsLinesOfLaterSteps() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/metrics.jsonl"
      let log = try MetricsLog(path: path, keepingUpTo: 0)
      for step in 1...4 { try log.add(["step": Double(step), "loss": 0.5]) }
      try MetricsLog(path: path, keepingUpTo: 2).add(["step": 3, "loss": 0.25])
      #expect(
        try Files.text(of: path) == """
          {"loss":0.5,"step":1}
          {"loss":0.5,"step":2}
          {"loss":0.25,"step":3}

          """)
    }
  }

  @Test(arguments: [
    "{\"loss\":0.5,\"st", "{\"loss\":0.5,\"step\":9}", "{\"loss\":0.5}\n", "nonsense\n\n", "{\"step\":1}\u{1}\n",
  ])
  func dropsWhatAKilledProcessLeft(rest: String) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/metrics.jsonl"
      try Files.write(path, text: "{\"step\":1}\n" + rest)
      try MetricsLog(path: path, keepingUpTo: 5).add(["step": 2])
      #expect(try Files.text(of: path) == "{\"step\":1}\n{\"step\":2}\n")
    }
  }

  @Test func aWholeLineWithoutItsEndIsKept() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/metrics.jsonl"
      try Files.write(path, text: "{\"step\":1}")
      try MetricsLog(path: path, keepingUpTo: 5).add(["step": 2])
      #expect(try Files.text(of: path) == "{\"step\":1}\n{\"step\":2}\n")
    }
  }

  @Test func keepsWhatIsNoNumber() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/metrics.jsonl"
      try MetricsLog(path: path, keepingUpTo: 0).add(["step": 1, "effective_rank": .nan, "scale": -.infinity])
      let before = try Files.text(of: path)
      _ = try MetricsLog(path: path, keepingUpTo: 1)
      #expect(try Files.text(of: path) == before)
      #expect(before == "{\"effective_rank\":\"nan\",\"scale\":\"-inf\",\"step\":1}\n")
    }
  }
}
