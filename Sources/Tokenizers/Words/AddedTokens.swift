/// Tokens that are looked for in a text as they are, before it is cut into words: `[MASK]`, `<|endoftext|>`.
///
/// From the left, always the longest; those behind the end of the one before.
struct AddedTokens: Sendable {
  /// A token and how far it reaches.
  struct Token: Sendable {
    var number: Int32
    /// Whether the spaces before it belong to it.
    var takesSpacesBefore = false
    /// Whether the spaces behind it belong to it.
    var takesSpacesAfter = false
  }

  /// A part of a text.
  enum Part {
    case text(UnsafeBufferPointer<UInt8>)
    case token(Int32)
  }

  private var trie = ByteTrie()
  private var tokens: [Token] = []
  private var isFirst = [Bool](repeating: false, count: 256)

  /// Whether there are none.
  var isEmpty: Bool { tokens.isEmpty }

  /// Adds a token that is written so; an empty one is never found.
  mutating func insert(_ text: [UInt8], _ token: Token) {
    guard let first = text.first else { return }
    trie.insert(text, number: Int32(tokens.count))
    tokens.append(token)
    isFirst[Int(first)] = true
  }

  /// Calls a closure with the parts of a text, until it returns false.
  ///
  /// - Returns: Whether all parts were read.
  @inline(__always)
  func forEachPart(of text: UnsafeBufferPointer<UInt8>, _ body: (Part) -> Bool) -> Bool {
    func part(_ range: Range<Int>) -> Bool {
      range.isEmpty || body(.text(UnsafeBufferPointer(rebasing: text[range])))
    }
    var (place, begin) = (0, 0)
    while let found = next(in: text, from: place) {
      let token = tokens[Int(found.number)]
      let start = token.takesSpacesBefore ? max(begin, Self.spaces(before: found.start, in: text)) : found.start
      if begin < start, !part(begin..<start) { return false }
      if !body(.token(token.number)) { return false }
      begin = token.takesSpacesAfter ? Self.spaces(after: found.end, in: text) : found.end
      place = found.end
    }
    return part(min(begin, text.count)..<text.count)
  }

  private func next(
    in text: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> (number: Int32, start: Int, end: Int)? {
    if isEmpty { return nil }
    return isFirst.withUnsafeBufferPointer { isFirst in
      for place in start..<max(start, text.count) where isFirst[Int(text[place])] {
        if let found = trie.longest(in: text, from: place) { return (found.number, place, found.end) }
      }
      return nil
    }
  }

  private static func spaces(before end: Int, in text: UnsafeBufferPointer<UInt8>) -> Int {
    var place = end
    while place > 0 {
      var start = place - 1
      while start > 0, text[start] & 0xC0 == 0x80 { start -= 1 }
      guard CharacterClass(of: text.scalar(at: start).value).contains(.space) else { break }
      place = start
    }
    return place
  }

  private static func spaces(after start: Int, in text: UnsafeBufferPointer<UInt8>) -> Int {
    var place = start
    while place < text.count {
      let (scalar, count) = text.scalar(at: place)
      guard CharacterClass(of: scalar).contains(.space) else { break }
      place += count
    }
    return place
  }
}
