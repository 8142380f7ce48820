import Basics
import TestSupport
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Real processes, ended in all the ways that processes end.
///
/// One after the other: the moments at which they are ended are counted from the clock.
@Suite(.serialized) struct InterruptionTests {
  private let train = ["train", "simclr", "photos", "--epochs", "60"] + smallRun

  private func weights(_ run: String) throws -> [UInt8] { try Files.bytes(of: "\(run)/model/model.safetensors") }

  /// The weights that the run gives when nobody disturbs it.
  private func undisturbed(in folder: String) throws -> [UInt8] {
    let run = try startKindred(train + ["--run", "whole"], in: folder)
    #expect(run.wait() == .exited(0), "\(run.errors)")
    return try weights("\(folder)/whole")
  }

  /// Killed at moments drawn from a seed, over and over, wherever it then is: the same weights, bit for bit.
  @Test func killedAtAnyMomentItGivesTheSameWeights() throws {
    try withTemporaryFolder { folder in
      try writeImages(16, to: "\(folder)/photos")
      let expected = try undisturbed(in: folder)

      var random = RandomStream(seed: 9)
      let options = ["--run", "killed", "--checkpoint-every", "0.05", "--workers", "2"]
      var kills = 0
      var run = try startKindred(train + options, in: folder)
      for _ in 0..<12 {
        // At first within the start, too; later ones give it time for a few checkpoints.
        pause(seconds: random.uniform(in: 0.02...1.2))
        run.send(SIGKILL)
        guard run.wait() == .killed(SIGKILL) else { break }
        kills += 1
        let hasBegun = Files.exists("\(folder)/killed/run.json")
        run = try startKindred(hasBegun ? ["resume", "killed"] : train + options, in: folder)
      }
      #expect(run.wait() == .exited(0), "\(run.errors)")
      #expect(kills >= 3, "the run was over too soon to be killed often")
      #expect(try weights("\(folder)/killed") == expected)
      let left = try Files.names(in: "\(folder)/killed/checkpoints")
      #expect(left.count <= 2 && left.allSatisfy { $0.hasSuffix(".safetensors") }, "\(left)")
      let lines = try Files.text(of: "\(folder)/killed/metrics.jsonl").split(separator: "\n")
      #expect(lines.allSatisfy { $0.hasPrefix("{") && $0.hasSuffix("}") })
    }
  }

  @Test(arguments: [SIGINT, SIGTERM]) func askedToStopItWritesACheckpointAndGoesOn(signal: Int32) throws {
    try withTemporaryFolder { folder in
      try writeImages(16, to: "\(folder)/photos")
      let expected = try undisturbed(in: folder)
      let run = try startKindred(train + ["--run", "stopped"], in: folder)
      // Its first line of progress stands in the log before anything is written: the run is under way.
      for _ in 0..<400 where !Files.exists("\(folder)/stopped/metrics.jsonl") { pause(seconds: 0.02) }
      run.send(signal)
      #expect(run.wait() == .exited(128 + signal), "\(run.errors)")
      #expect(run.lastError.hasPrefix("kindred: stopped after step "), "\(run.errors)")
      #expect(run.lastError.hasSuffix("; 'kindred resume stopped' goes on"), "\(run.errors)")
      #expect(try Files.names(in: "\(folder)/stopped/checkpoints").count == 1)

      let (ending, again) = try kindred("resume", "stopped", in: folder)
      #expect(ending == .exited(0), "\(again.errors)")
      #expect(again.errors.contains("going on after step "))
      #expect(try weights("\(folder)/stopped") == expected)
    }
  }

  /// Files that may not grow stand for a disk that is full.
  @Test func aFullDiskLosesNoEarlierCheckpoint() throws {
    try withTemporaryFolder { folder in
      try writeImages(16, to: "\(folder)/photos")
      let expected = try undisturbed(in: folder)
      let run = try startKindred(train + ["--run", "full"], in: folder)
      for _ in 0..<400 where !Files.exists("\(folder)/full/metrics.jsonl") { pause(seconds: 0.02) }
      run.send(SIGINT)
      run.wait()
      let checkpoints = "\(folder)/full/checkpoints"
      let before = try Files.names(in: checkpoints)
      try #require(before.count == 1, "\(run.errors)")
      let bytes = try Files.bytes(of: "\(checkpoints)/\(before[0])")

      let (ending, full) = try shell("ulimit -f 64; exec $KINDRED resume full", in: folder)
      #expect(ending == .exited(1), "\(full.errors)")
      #expect(full.lastError.contains("cannot be written (file too large)"), "\(full.errors)")
      #expect(try Files.names(in: checkpoints) == before)
      #expect(try Files.bytes(of: "\(checkpoints)/\(before[0])") == bytes)

      let (end, again) = try kindred("resume", "full", in: folder)
      #expect(end == .exited(0), "\(again.errors)")
      #expect(try weights("\(folder)/full") == expected)
    }
  }

  @Test func twoInOneFolderAreRefused() throws {
    try withTemporaryFolder { folder in
      try writeImages(16, to: "\(folder)/photos")
      let options = ["train", "simclr", "photos", "--epochs", "100000", "--run", "run"] + smallRun
      let first = try startKindred(options, in: folder)
      for _ in 0..<400 where !Files.exists("\(folder)/run/metrics.jsonl") { pause(seconds: 0.02) }
      let second = try startKindred(options, in: folder)
      #expect(second.wait() == .exited(1))
      #expect(second.lastError.hasPrefix("kindred: run: is being trained in by process "), "\(second.errors)")
      first.send(SIGKILL)
      first.wait()
      // A killed process leaves no lock behind.
      let third = try startKindred(["resume", "run"], in: folder)
      for _ in 0..<400 where !third.errors.contains("epochs of") { pause(seconds: 0.02) }
      third.send(SIGTERM)
      #expect([.exited(143), .killed(SIGTERM)].contains(third.wait()), "\(third.errors)")
    }
  }

  @Test func aReaderThatGoesEndsItQuietly() throws {
    try withTemporaryFolder { folder in
      try writeImages(16, to: "\(folder)/photos")
      let (ending, run) = try shell("$KINDRED data list photos --json | head -n 2", in: folder)
      #expect(ending == .exited(0))
      #expect(run.output.split(separator: "\n").count == 2)
      #expect(run.errors.isEmpty, "\(run.errors)")
      let (full, lost) = try shell("$KINDRED data list photos > /dev/full", in: folder)
      #expect(full == .exited(1))
      #expect(lost.errors == "kindred: standard output: cannot be written (No space left on device)\n")
    }
  }
}
