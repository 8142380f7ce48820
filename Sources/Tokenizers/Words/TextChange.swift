/// What a tokenizer does to a text before it cuts it into words.
enum TextChange: Sendable {
  /// BERT's normaliser, or lower case alone.
  case scalars(ScalarWords)
  /// A canonical form of Unicode.
  case canonical(CanonicalForm)
  /// Combining marks are dropped.
  case marksDropped
  /// Every run of spaces becomes one plain space.
  case spacesJoined

  /// Changes a text.
  func callAsFunction(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    switch self {
    case .scalars(let words):
      var result: [UInt8] = []
      _ = words.forEach(in: text) {
        result = Array($0); return true
      }
      return result
    case .canonical(let form): return form(text)
    case .marksDropped: return Self.rewritten(text) { $0.contains(.combiningMark) ? .dropped : .kept }
    case .spacesJoined: return Self.rewritten(text) { $0.contains(.space) ? .space : .kept }
    }
  }

  private enum Fate { case kept, dropped, space }

  private static func rewritten(_ text: UnsafeBufferPointer<UInt8>, _ fate: (CharacterClass) -> Fate) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var (place, isInSpaces) = (0, false)
    while place < text.count {
      let (scalar, count) = text.scalar(at: place)
      let fate = fate(CharacterClass(of: scalar))
      switch fate {
      case .kept: result.append(contentsOf: text[place..<place + count])
      case .dropped: break
      case .space: if !isInSpaces { result.append(0x20) }
      }
      isInSpaces = fate == .space
      place += count
    }
    return result
  }
}
