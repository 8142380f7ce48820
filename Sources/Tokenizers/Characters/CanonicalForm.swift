/// Unicode's canonical forms of a text: decomposed (NFD), and composed again (NFC).
///
/// Source: Unicode Standard Annex 15, "Unicode Normalization Forms", and The Unicode Standard, section 3.11.
enum CanonicalForm: Hashable, Sendable {
  case decomposed, composed

  /// Brings a text into the form.
  func callAsFunction(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    // Below U+0300 nothing composes; below U+0080 nothing decomposes.
    let first: UInt8 = self == .composed ? 0xCC : 0x80
    if text.allSatisfy({ $0 < first }) { return Array(text) }
    var scalars = Self.decomposed(text)
    if self == .composed { scalars = Self.composed(scalars) }
    var buffer = ByteBuffer(capacity: text.count + 16)
    for scalar in scalars { buffer.append(scalar: scalar) }
    return Array(buffer.contents)
  }

  /// The scalars of a text, decomposed, marks in the order of their classes.
  private static func decomposed(_ text: UnsafeBufferPointer<UInt8>) -> [UInt32] {
    var scalars: [UInt32] = []
    var marks: [(order: UInt8, scalar: UInt32)] = []
    func settle() {
      for (_, mark) in marks.enumerated().sorted(by: { ($0.element.order, $0.offset) < ($1.element.order, $1.offset) })
      {
        scalars.append(mark.scalar)
      }
      marks.removeAll(keepingCapacity: true)
    }
    var place = 0
    while place < text.count {
      let (scalar, count) = text.scalar(at: place)
      place += count
      for part in Decomposition.of(scalar) {
        let order = Decomposition.combiningClasses[part]
        if order > 0 {
          marks.append((order, part))
        } else {
          if !marks.isEmpty { settle() }
          scalars.append(part)
        }
      }
    }
    settle()
    return scalars
  }

  /// Puts scalars together that have a composite, unless a mark of the same or a higher class stands between.
  private static func composed(_ scalars: [UInt32]) -> [UInt32] {
    var result: [UInt32] = []
    var (starter, lastOrder): (Int?, UInt8) = (nil, 0)
    for scalar in scalars {
      let order = Decomposition.combiningClasses[scalar]
      if let starter, lastOrder == 0 && starter == result.count - 1 || lastOrder < order && lastOrder > 0,
        let composite = composite(result[starter], scalar)
      {
        result[starter] = composite
        continue
      }
      if order == 0 { starter = result.count }
      lastOrder = order
      result.append(scalar)
    }
    return result
  }

  private static func composite(_ first: UInt32, _ second: UInt32) -> UInt32? {
    if 0x1100..<0x1113 ~= first, 0x1161..<0x1176 ~= second {
      return 0xAC00 + ((first - 0x1100) * 21 + second - 0x1161) * 28
    }
    if Decomposition.hangul.contains(first), (first - 0xAC00) % 28 == 0, 0x11A8..<0x11C3 ~= second {
      return first + second - 0x11A7
    }
    return composites[UInt64(first) << 32 | UInt64(second)]
  }

  /// Composites by what they consist of: the composite of all but the last part, and that.
  private static let composites: [UInt64: UInt32] = {
    var excluded: Set<UInt32> = []
    TableEntry.forEach(in: CharacterTables.uncomposed) { excluded.formUnion($0.scalars) }
    let decompositions = Decomposition.table.filter { $0.value.count > 1 && !excluded.contains($0.key) }
    let wholes = Dictionary(uniqueKeysWithValues: decompositions.map { ($0.value, $0.key) })
    var pairs: [UInt64: UInt32] = [:]
    for (whole, parts) in decompositions {
      let rest = Array(parts.dropLast())
      guard let first = rest.count == 1 ? rest[0] : wholes[rest] else { continue }
      pairs[UInt64(first) << 32 | UInt64(parts.last!)] = whole
    }
    return pairs
  }()
}
