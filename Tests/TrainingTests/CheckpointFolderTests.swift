import Basics
import TestSupport
import Tensors
import Testing

@testable import Training

@Suite struct CheckpointFolderTests {
  private func checkpoint(_ step: Int) -> Checkpoint {
    Checkpoint(step: step, tree: ["a": Tensor(Double(step))], optimizer: [:])
  }

  @Test func keepsTheLastTwo() throws {
    try withTemporaryFolder { folder in
      let checkpoints = CheckpointFolder(path: "\(folder)/checkpoints")
      #expect(checkpoints.isEmpty)
      #expect(try checkpoints.newest(lastGood: false) == nil)
      for step in [3, 20, 100] { try checkpoints.add(checkpoint(step)) }
      #expect(try Files.names(in: checkpoints.path) == ["step-00000020.safetensors", "step-00000100.safetensors"])
      #expect(try checkpoints.newest(lastGood: false)?.step == 100)
      #expect(!checkpoints.isEmpty)
    }
  }

  @Test func fallsBackWhenAsked() throws {
    try withTemporaryFolder { folder in
      let checkpoints = CheckpointFolder(path: folder)
      let newest = "\(folder)/step-00000009.safetensors"
      try checkpoints.add(checkpoint(8))
      try checkpoints.add(checkpoint(9))
      try Files.write(newest, bytes: Files.bytes(of: newest).dropLast(2))
      let error = #expect(throws: InputError.self) { try checkpoints.newest(lastGood: false) }
      #expect(error?.place == newest)
      #expect(error?.remedy.hasSuffix("or add --last-good to go on from the one before") == true)
      #expect(try checkpoints.newest(lastGood: true)?.step == 8)

      try Files.write("\(folder)/step-00000008.safetensors", text: "")
      let both = #expect(throws: InputError.self) { try checkpoints.newest(lastGood: true) }
      #expect(both?.place == newest)
    }
  }

  /// After falling back, the damaged one must not outlive the good ones that follow it.
  @Test func letsGoOfDamagedLaterOnesAndOfHalfWrittenOnes() throws {
    try withTemporaryFolder { folder in
      let checkpoints = CheckpointFolder(path: folder)
      try checkpoints.add(checkpoint(8))
      try Files.write("\(folder)/step-00000020.safetensors", text: "damaged")
      try Files.write("\(folder)/step-00000012.safetensors.4711.partial", text: "half")
      try Files.write("\(folder)/notes.txt", text: "mine")
      try checkpoints.add(checkpoint(9))
      #expect(
        try Files.names(in: folder) == ["notes.txt", "step-00000008.safetensors", "step-00000009.safetensors"])
      try checkpoints.add(checkpoint(9))  // a run that had nothing more to do writes its last step again
      #expect(try checkpoints.newest(lastGood: false)?.step == 9)
    }
  }

  @Test func aFailedWriteLosesNothing() throws {
    try withTemporaryFolder { folder in
      let checkpoints = CheckpointFolder(path: folder)
      try checkpoints.add(checkpoint(1))
      // A folder in the way of the new file makes its rename fail.
      try Files.makeFolder("\(folder)/step-00000002.safetensors/x")
      #expect(throws: InputError.self) { try checkpoints.add(checkpoint(2)) }
      #expect(try Checkpoint(contentsOf: "\(folder)/step-00000001.safetensors").step == 1)
    }
  }
}
