import Basics

extension BytePairs {
  /// Creates the model of a vocabulary over the byte alphabet.
  ///
  /// - Parameters:
  ///   - vocabulary: Pieces and their numbers.
  ///   - merges: The pairs of pieces that are joined, first those that were learned first.
  ///   - wordEnd: What the last piece of a word ends with in the vocabulary (`</w>`), or nothing.
  ///   - unknown: What stands for a byte without a number; nil when it is left out.
  ///   - joinsUnknown: Whether one stands for several of them in a row.
  ///   - path: What errors name.
  /// - Throws: `InputError` when a pair, or what it becomes, is not in the vocabulary.
  init(
    _ vocabulary: Vocabulary, merges: [(left: [UInt8], right: [UInt8])], wordEnd: [UInt8] = [],
    unknown: Int32? = nil, joinsUnknown: Bool = false, path: String
  ) throws {
    var trie = ByteTrie(bytes: vocabulary.pieces.reduce(0) { $0 + $1.bytes.count })
    for (bytes, number) in vocabulary.pieces { trie.insert(bytes, number: number) }
    func number(_ piece: [UInt8]) -> Int32? { piece.withUnsafeBufferPointer { trie.number(of: $0) } }
    var pairs = PairTable(count: merges.count)
    for (rank, merge) in merges.enumerated() {
      guard let left = number(merge.left), let right = number(merge.right), let whole = number(merge.left + merge.right)
      else {
        throw InputError(
          in: path,
          "joins '\(String(decoding: merge.left + [0x20] + merge.right, as: UTF8.self))' in merge \(rank + 1), "
            + "which its vocabulary lacks", remedy: "do vocabulary and merges belong together?")
      }
      pairs.insert(left, right, PairTable.Merge(rank: Int32(rank), whole: whole))
    }
    self.init(
      pairs: pairs, bytes: ByteAlphabet.characters.map { number($0) ?? -1 },
      lastBytes: wordEnd.isEmpty ? nil : ByteAlphabet.characters.map { number($0 + wordEnd) ?? -1 },
      unknown: unknown, joinsUnknown: joinsUnknown)
  }
}
