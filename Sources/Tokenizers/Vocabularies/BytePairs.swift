/// Words as pieces by byte-pair encoding: a word's bytes, joined two by two, always the pair that was learned first.
///
/// Of several such pairs the leftmost is joined first. A word of *n* bytes takes O(*n*²) at up to 64 bytes, since looking
/// at all pairs is the fastest then, and O(*n*·log *n*) beyond.
///
/// Source: Sennrich, Haddow, Birch. "Neural Machine Translation of Rare Words with Subword Units." ACL 2016.
/// <https://arxiv.org/abs/1508.07909>; over bytes: Radford et al. "Language Models are Unsupervised Multitask Learners."
/// 2019, section 2.2.
struct BytePairs: Sendable {
  private let pairs: PairTable
  /// The numbers of single bytes, and those of a word's last byte; −1 where the vocabulary has none.
  private let bytes, lastBytes: [Int32]
  private let unknown: Int32?
  private let joinsUnknown: Bool

  /// Words longer than this are joined with the help of a heap.
  static let longestSimple = 64

  /// Creates the model.
  ///
  /// - Parameters:
  ///   - pairs: What is joined.
  ///   - bytes: The numbers of the 256 bytes, −1 for none.
  ///   - lastBytes: Those of a word's last byte, where the vocabulary marks the ends of words.
  ///   - unknown: What stands for a byte without a number; nil when it is left out.
  ///   - joinsUnknown: Whether one stands for several of them in a row.
  init(pairs: PairTable, bytes: [Int32], lastBytes: [Int32]? = nil, unknown: Int32? = nil, joinsUnknown: Bool = false) {
    self.pairs = pairs
    self.bytes = bytes
    self.lastBytes = lastBytes ?? bytes
    self.unknown = unknown
    self.joinsUnknown = joinsUnknown
  }

  /// Appends the pieces of a word.
  func append(_ word: UnsafeBufferPointer<UInt8>, to numbers: inout [Int]) {
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: 2 * word.count) { memory in
      let pieces = UnsafeMutableBufferPointer(rebasing: memory[..<word.count])
      let ranks = UnsafeMutableBufferPointer(rebasing: memory[word.count...])
      var count = fill(pieces, with: word)
      count =
        count <= Self.longestSimple
        ? join(pieces, count, ranks: ranks) : LongWord(pieces: Array(pieces[..<count])).join(pairs, into: pieces)
      for i in 0..<count { numbers.append(Int(pieces[i])) }
    }
  }

  private func fill(_ pieces: UnsafeMutableBufferPointer<Int32>, with word: UnsafeBufferPointer<UInt8>) -> Int {
    var (count, isBehindUnknown) = (0, false)
    for place in word.indices {
      let byte = Int(word[place])
      let number = place + 1 < word.count ? bytes[byte] : lastBytes[byte]
      if number >= 0 {
        pieces[count] = number
        count += 1
      } else if let unknown, !(joinsUnknown && isBehindUnknown) {
        pieces[count] = unknown
        count += 1
      }
      isBehindUnknown = number < 0
    }
    return count
  }

  /// Joins pairs until none is left that can be; returns how many pieces there are then.
  private func join(
    _ pieces: UnsafeMutableBufferPointer<Int32>, _ count: Int, ranks: UnsafeMutableBufferPointer<Int32>
  ) -> Int {
    var count = count
    func rank(_ place: Int) -> Int32 {
      place + 1 < count ? pairs[pieces[place], pieces[place + 1]]?.rank ?? .max : .max
    }
    for place in 0..<count { ranks[place] = rank(place) }
    while count > 1 {
      var (best, lowest) = (-1, Int32.max)
      for place in 0..<count - 1 where ranks[place] < lowest { (best, lowest) = (place, ranks[place]) }
      guard best >= 0 else { break }
      pieces[best] = pairs[pieces[best], pieces[best + 1]]!.whole
      count -= 1
      for place in best + 1..<max(count, best + 1) {
        pieces[place] = pieces[place + 1]
        ranks[place] = ranks[place + 1]
      }
      ranks[best] = rank(best)
      if best > 0 { ranks[best - 1] = rank(best - 1) }
    }
    return count
  }
}
