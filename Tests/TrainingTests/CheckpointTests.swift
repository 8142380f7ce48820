import Basics
import TestSupport
import Tensors
import Testing

@testable import Training

@Suite struct CheckpointTests {
  private let checkpoint = Checkpoint(
    step: 12,
    tree: [
      "a.weight": Tensor([1, -2, 3.5, 0, 0x1p-140, .infinity] as [Float], shape: [2, 3]), "a.count": Tensor([7]),
      "empty": .zeros([0, 4]), "scalar": Tensor(0.25),
    ], optimizer: ["momentum.0": Tensor([4, 5] as [Double]).to(.bfloat16)])

  private func expectSame(_ a: Checkpoint, _ b: Checkpoint, _ comment: Comment? = nil) {
    #expect(a.step == b.step, comment)
    for (mine, others) in [(a.tree, b.tree), (a.optimizer, b.optimizer)] {
      #expect(Set(mine.keys) == Set(others.keys), comment)
      for (name, tensor) in mine {
        guard let other = others[name] else { continue }
        #expect(tensor.shape == other.shape && tensor.type == other.type, comment)
        #expect(tensor.withBytes { Array($0) } == other.withBytes { Array($0) }, comment)
      }
    }
  }

  @Test func readsWhatItWrote() throws {
    try withTemporaryFolder { folder in
      try checkpoint.write(to: "\(folder)/c")
      expectSame(try Checkpoint(contentsOf: "\(folder)/c"), checkpoint)
    }
  }

  @Test func refusesATruncatedFileAtEveryLength() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/c"
      try checkpoint.write(to: path)
      let bytes = try Files.bytes(of: path)
      for length in 0..<bytes.count {
        try Files.write(path, bytes: bytes[..<length])
        let error = #expect(throws: InputError.self, "cut to \(length) bytes") { try Checkpoint(contentsOf: path) }
        #expect(error?.place == path)
      }
    }
  }

  /// A flipped bit is noticed, unless the file still says the same.
  @Test func noticesFlippedBits() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/c"
      try checkpoint.write(to: path)
      var bytes = try Files.bytes(of: path)
      var refused = 0
      let bits = Array(stride(from: 0, to: bytes.count * 8, by: 3))
      for bit in bits {
        bytes[bit / 8] ^= 1 << (bit % 8)
        defer { bytes[bit / 8] ^= 1 << (bit % 8) }
        try Files.write(path, bytes: bytes)
        do {
          expectSame(try Checkpoint(contentsOf: path), checkpoint, "bit \(bit)")
        } catch is InputError {
          refused += 1
        }
      }
      #expect(refused > bits.count * 9 / 10, "\(refused) of \(bits.count) flips were noticed")
    }
  }

  @Test func saysWhatAFileIsInstead() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/c"
      func message(_ metadata: [String: String]) throws -> String? {
        try SafeTensors(["tree/a": Tensor(1)], metadata: metadata).write(to: path)
        return #expect(throws: InputError.self) { _ = try Checkpoint(contentsOf: path) }?.description
      }
      #expect(try message([:]) == "\(path): is no checkpoint of a run")
      #expect(
        try message(["format": "kindred checkpoint", "version": "2", "step": "1"])
          == "\(path): was written by a later version of Kindred (format 2); go on with that version, or a later one")
      #expect(
        try message(["format": "kindred checkpoint", "version": "1", "step": "1", "checksum": "0"])
          == "\(path): is damaged: its checksum does not fit its content")
      try Files.write(path, text: "hello, world")
      #expect(throws: InputError.self) { try Checkpoint(contentsOf: path) }
    }
  }
}
