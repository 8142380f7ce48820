import Basics
import Testing

@testable import Tokenizers

@Suite struct BytePairsTests {
  /// Byte pairs over three letters with merges drawn at random; numbers 0, 1, 2 are the letters.
  private func model(_ stream: inout RandomStream, merges count: Int) -> (BytePairs, [[Int32]: (Int32, Int32)]) {
    var (table, rules) = (PairTable(count: count), [[Int32]: (Int32, Int32)]())
    for rank in 0..<Int32(count) {
      let pair = [Int32(stream.integer(below: Int(rank) + 3)), Int32(stream.integer(below: Int(rank) + 3))]
      if rules[pair] != nil { continue }
      rules[pair] = (rank, rank + 3)
      table.insert(pair[0], pair[1], PairTable.Merge(rank: rank, whole: rank + 3))
    }
    return (BytePairs(pairs: table, bytes: (0..<256).map { (97..<100).contains($0) ? Int32($0) - 97 : -1 }), rules)
  }

  /// By the definition: as long as a pair can be joined, the one of lowest rank, and of these the leftmost, is.
  private func joined(_ word: [UInt8], _ rules: [[Int32]: (Int32, Int32)]) -> [Int] {
    var pieces = word.map { Int32($0) - 97 }
    while let best = (0..<max(pieces.count - 1, 0)).filter({ rules[Array(pieces[$0...$0 + 1])] != nil })
      .min(by: { rules[Array(pieces[$0...$0 + 1])]!.0 < rules[Array(pieces[$1...$1 + 1])]!.0 })
    {
      pieces.replaceSubrange(best...best + 1, with: [rules[Array(pieces[best...best + 1])]!.1])
    }
    return pieces.map(Int.init)
  }

  @Test(arguments: [1, 2, 3, 10, 63, 64, 65, 200]) func joinsAsDefined(length: Int) {
    var stream = RandomStream(seed: 5, length)
    for _ in 0..<20 {
      let (pairs, rules) = model(&stream, merges: 40)
      let word = (0..<length).map { _ in UInt8(97 + stream.integer(below: 3)) }
      var numbers = [7]
      word.withUnsafeBufferPointer { pairs.append($0, to: &numbers) }
      #expect(numbers == [7] + joined(word, rules))
    }
  }

  @Test func leavesOutOrReplacesUnknownBytes() {
    let bytes = (0..<256).map { $0 == 97 ? Int32(0) : -1 }
    func numbers(_ word: String, unknown: Int32?, joins: Bool) -> [Int] {
      let pairs = BytePairs(pairs: PairTable(count: 0), bytes: bytes, unknown: unknown, joinsUnknown: joins)
      var numbers: [Int] = []
      Array(word.utf8).withUnsafeBufferPointer { pairs.append($0, to: &numbers) }
      return numbers
    }
    #expect(numbers("xaxxa", unknown: nil, joins: false) == [0, 0])
    #expect(numbers("xaxxa", unknown: 9, joins: false) == [9, 0, 9, 9, 0])
    #expect(numbers("xaxxa", unknown: 9, joins: true) == [9, 0, 9, 0])
    #expect(numbers("", unknown: 9, joins: true) == [])
  }

  /// n² would take 2.5·10⁹ steps.
  @Test(.timeLimit(.minutes(1))) func longWordsAreNoAttack() {
    var stream = RandomStream(seed: 2)
    let (pairs, _) = model(&stream, merges: 40)
    var numbers: [Int] = []
    [UInt8](repeating: 97, count: 50_000).withUnsafeBufferPointer { pairs.append($0, to: &numbers) }
    #expect(!numbers.isEmpty)
  }
}
