import Basics
import TestSupport
import Tensors
import Testing

@Suite struct NumPyTextsTests {
  /// A file as numpy 2 writes it: the header filled with spaces to 128 bytes.
  private static func file(_ type: String, _ shape: String, _ elements: [UInt8]) -> [UInt8] {
    var header = Array("{'descr': '\(type)', 'fortran_order': False, 'shape': \(shape), }".utf8)
    header += [UInt8](repeating: 32, count: 117 - header.count) + [10]
    return [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + header + elements
  }

  private static func wide(_ text: String, _ length: Int) -> [UInt8] {
    let points = text.unicodeScalars.map(\.value)
    return (points + [UInt32](repeating: 0, count: length - points.count)).flatMap { point in
      (0..<4).map { UInt8(truncatingIfNeeded: point >> (8 * $0)) }
    }
  }

  private func texts(_ bytes: [UInt8]) throws -> [String]? {
    try withTemporaryFolder { folder in
      try Files.write("\(folder)/y.npy", bytes: bytes)
      return try NumPyFile.texts("\(folder)/y.npy")
    }
  }

  private func problem(_ bytes: [UInt8]) throws -> String? {
    (#expect(throws: InputError.self) { try texts(bytes) }).map {
      $0.remedy.isEmpty ? $0.problem : "\($0.problem); \($0.remedy)"
    }
  }

  @Test func readsTextsOfBothKinds() throws {
    let words = ["cat", "Ärger", "", "🙂"]
    let elements = words.flatMap { Self.wide($0, 5) }
    #expect(try texts(Self.file("<U5", "(4,)", elements)) == words)
    #expect(try texts(Self.file("<U5", "(4, 1)", elements)) == words)
    #expect(try texts(Self.file("|S4", "(2,)", Array("cat\0dogs".utf8))) == ["cat", "dogs"])
    #expect(try texts(Self.file("<U1", "(0,)", [])) == [])
    #expect(try texts(Self.file("<i4", "(1,)", [1, 0, 0, 0])) == nil, "numbers are none")
  }

  @Test func saysWhatIsWrong() throws {
    #expect(
      try problem(Self.file("|O", "(2,)", [128, 4]))
        == "holds Python objects; convert them to texts with numpy's astype(str) first")
    #expect(
      try problem(Self.file("<U5", "(2,)", [UInt8](repeating: 0, count: 39)))
        == "has 39 bytes of texts, which is not what 2 of 5 characters take; the file is truncated or damaged")
    #expect(try problem(Self.file("<U1", "(2, 2)", [UInt8](repeating: 0, count: 16)))?.contains("[2, 2]") == true)
    for type in [">U1", "<U0", "<U-3", "<Ux", "<U9223372036854775807"] {
      #expect(try problem(Self.file(type, "(3,)", [])) != nil, "\(type)")
    }
  }
}
