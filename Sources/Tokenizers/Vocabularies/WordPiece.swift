/// Words as pieces of a vocabulary: from the left, always the longest piece there is.
///
/// Pieces that go on within a word are written with a prefix in the vocabulary (`##ing`). A word that cannot be covered
/// so, or has too many characters, is unknown as a whole.
///
/// Source: Wu et al. "Google's Neural Machine Translation System." 2016, section 4.1. <https://arxiv.org/abs/1609.08144>
struct WordPiece: Sendable {
  private static let (beginning, continuation): (UInt32, UInt32) = (0, 1)

  private var trie: ByteTrie
  private let unknown: Int32
  private let mostCharacters: Int

  /// Creates the model.
  ///
  /// - Parameters:
  ///   - vocabulary: Pieces and their numbers.
  ///   - prefix: What pieces begin with that go on within a word.
  ///   - unknown: The number of what stands for an unknown word.
  ///   - mostCharacters: Longer words are unknown.
  init(_ vocabulary: Vocabulary, prefix: [UInt8], unknown: Int32, mostCharacters: Int) {
    trie = ByteTrie(roots: 2, bytes: vocabulary.pieces.reduce(0) { $0 + $1.bytes.count })
    for (bytes, number) in vocabulary.pieces {
      trie.insert(bytes, number: number, root: Self.beginning)
      if bytes.starts(with: prefix), bytes.count > prefix.count {
        trie.insert(bytes.dropFirst(prefix.count), number: number, root: Self.continuation)
      }
    }
    self.unknown = unknown
    self.mostCharacters = mostCharacters
  }

  /// Appends the pieces of a word.
  @inline(__always) func append(_ word: UnsafeBufferPointer<UInt8>, to numbers: inout [Int]) {
    if word.count > mostCharacters, word.count(where: { $0 & 0xC0 != 0x80 }) > mostCharacters {
      numbers.append(Int(unknown))
      return
    }
    let start = numbers.count
    var (place, root) = (0, Self.beginning)
    while place < word.count {
      guard let piece = trie.longest(in: word, from: place, root: root) else {
        numbers.removeSubrange(start...)
        numbers.append(Int(unknown))
        return
      }
      numbers.append(Int(piece.number))
      (place, root) = (piece.end, Self.continuation)
    }
  }
}
