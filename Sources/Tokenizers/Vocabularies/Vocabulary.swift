import Basics

/// The pieces of a vocabulary with their numbers, by their bytes: pieces that Unicode takes for the same text differ.
struct Vocabulary: Sendable {
  /// The pieces, in the order of their file; of equal ones the last counts.
  let pieces: [(bytes: [UInt8], number: Int32)]

  /// The number of a piece, or nil. It looks at all of them: for the few that have a meaning of their own.
  subscript(_ piece: String) -> Int32? { pieces.last { $0.bytes.elementsEqual(piece.utf8) }?.number }

  /// Takes over pieces.
  init(pieces: [(bytes: [UInt8], number: Int32)]) { self.pieces = pieces }

  /// Reads a vocabulary from a JSON object of pieces and numbers.
  ///
  /// - Throws: `InputError` when a piece has no number that is one.
  init(_ node: JSONNode, in path: String) throws {
    pieces = try node.members.map { name, value in
      guard let number = value.integer, (0..<(1 << 24)).contains(number) else {
        throw InputError(in: path, "gives '\(String(decoding: name, as: UTF8.self))' no number that is one")
      }
      return (name, Int32(number))
    }
  }
}
