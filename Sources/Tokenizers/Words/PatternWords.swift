/// The words of byte-level tokenizers: what a regular expression of GPT-2's or CLIP's authors finds, written as code.
///
///     GPT-2, RoBERTa  's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
///     CLIP            's|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+
///
/// GPT-2's finds all of a text: a space belongs to the word behind it, and of several spaces the last does. CLIP's
/// leaves the spaces out, and takes digits one by one.
enum PatternWords: Hashable, Sendable {
  /// GPT-2's; a text that begins with no space may be given one.
  case gpt2(addsSpace: Bool)
  case clip

  /// The pattern of CLIP as its file has it.
  static let clipPattern = #"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"#

  /// Calls a closure with each word, until it returns false.
  ///
  /// - Returns: Whether all words were read.
  func forEach(in text: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bool {
    if case .gpt2(true) = self, let first = text.first, first != 0x20 {
      return ([0x20] + text).withUnsafeBufferPointer { Self.gpt2(addsSpace: false).forEach(in: $0, body) }
    }
    var place = 0
    while place < text.count {
      let end = end(of: place, in: text)
      let isLeftOut = self == .clip && Self.kind(at: place, in: text).kind == .space
      if !isLeftOut, !body(UnsafeBufferPointer(rebasing: text[place..<end])) { return false }
      place = end
    }
    return true
  }

  private func end(of start: Int, in text: UnsafeBufferPointer<UInt8>) -> Int {
    if text[start] == UInt8(ascii: "'"), let end = Self.contraction(at: start, in: text) { return end }
    var (kind, next) = Self.kind(at: start, in: text)
    if self == .clip {
      return kind == .number ? next : Self.run(of: kind, from: next, in: text)
    }
    if kind == .space {
      if text[start] == 0x20, next < text.count {
        // A plain space goes with the word behind it.
        let (following, behind) = Self.kind(at: next, in: text)
        if following != .space { return Self.run(of: following, from: behind, in: text) }
      }
      // The last of several spaces is left to the word behind them.
      var last = start
      while next < text.count {
        let (following, behind) = Self.kind(at: next, in: text)
        if following != .space { return last > start ? last : next }
        (last, next) = (next, behind)
      }
      return next
    }
    return Self.run(of: kind, from: next, in: text)
  }

  /// What a character is to the patterns.
  private enum Kind: UInt8 {
    case letter, number, space, other

    static let ascii: [Kind] = (0..<128).map { Kind($0) }

    init(_ scalar: UInt32) {
      let classes = CharacterClass(of: scalar)
      self =
        classes.contains(.letter)
        ? .letter : classes.contains(.number) ? .number : classes.contains(.space) ? .space : .other
    }
  }

  /// The kind of the character at a place, and where the next one is.
  @inline(__always)
  private static func kind(at place: Int, in text: UnsafeBufferPointer<UInt8>) -> (kind: Kind, next: Int) {
    let byte = text[place]
    if byte < 0x80 { return (Kind.ascii[Int(byte)], place + 1) }
    let (scalar, count) = text.scalar(at: place)
    return (Kind(scalar), place + count)
  }

  private static func run(of kind: Kind, from start: Int, in text: UnsafeBufferPointer<UInt8>) -> Int {
    var place = start
    while place < text.count {
      let (following, next) = Self.kind(at: place, in: text)
      if following != kind { break }
      place = next
    }
    return place
  }

  private static func contraction(at start: Int, in text: UnsafeBufferPointer<UInt8>) -> Int? {
    guard start + 1 < text.count else { return nil }
    switch text[start + 1] {
    case UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "m"), UInt8(ascii: "d"): return start + 2
    default: break
    }
    guard start + 2 < text.count else { return nil }
    switch (text[start + 1], text[start + 2]) {
    case (UInt8(ascii: "r"), UInt8(ascii: "e")), (UInt8(ascii: "v"), UInt8(ascii: "e")),
      (UInt8(ascii: "l"), UInt8(ascii: "l")):
      return start + 3
    default: return nil
    }
  }
}
