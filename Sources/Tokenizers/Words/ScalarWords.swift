/// The words of a text after BERT's normaliser and pre-tokenizer, made in one pass over its bytes.
struct ScalarWords: Sendable {
  private let actions: ScalarActions

  /// Creates the pass; see `ScalarActions`. Without `splits` the changed text is one word, spaces and all.
  init(_ normalizer: BertNormalizer?, splits: Bool) {
    actions = ScalarActions(normalizer, splits: splits)
  }

  /// Calls a closure with each word, until it returns false.
  ///
  /// - Returns: Whether all words were read.
  @inline(__always)
  func forEach(
    in text: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Bool
  ) -> Bool {
    var word = Word()
    var place = 0
    return actions.ascii.withUnsafeBufferPointer { ascii in
      while place < text.count {
        let byte = text[place]
        if byte < 0x80 {
          place += 1
          let action = ascii[Int(byte)]
          switch action.kind {
          case .keep: word.append(byte)
          case .replace: word.append(UInt8(truncatingIfNeeded: action.payload))
          case .space: if !word.end(body) { return false }
          case .alone:
            if !word.end(body) { return false }
            word.append(byte)
            if !word.end(body) { return false }
          case .drop: break
          case .part, .expand, .hangul: preconditionFailure("no scalar of ASCII has marks")
          }
        } else {
          let (scalar, count) = text.scalar(at: place)
          place += count
          if !apply(actions[scalar], to: scalar, &word, body) { return false }
        }
      }
      return word.end(body)
    }
  }

  private func apply(
    _ action: ScalarAction, to scalar: UInt32, _ word: inout Word, _ body: (UnsafeBufferPointer<UInt8>) -> Bool
  ) -> Bool {
    switch action.kind {
    case .keep: word.append(scalar: scalar, order: 0)
    case .replace: word.append(scalar: action.payload, order: action.order)
    case .drop: break
    case .part: word.settle()
    case .space: return word.end(body)
    case .alone where actions.splits:
      if !word.end(body) { return false }
      word.append(scalar: action.payload == 0 ? scalar : action.payload, order: 0)
      return word.end(body)
    case .alone:
      for part in [0x20, scalar, 0x20] { word.append(scalar: part, order: 0) }
    case .expand:
      for step in actions.expansions[Int(action.payload)] where !apply(step, to: scalar, &word, body) { return false }
    case .hangul:
      for part in Decomposition.of(scalar) { word.append(scalar: part, order: 0) }
    }
    return true
  }
}

/// A word in the making, and the marks at its end whose order is not settled.
private struct Word: ~Copyable {
  private var bytes = ByteBuffer()
  private var marks: [(order: UInt8, scalar: UInt32)] = []
  private var firstMark = 0

  /// Appends a scalar of ASCII.
  @inline(__always) mutating func append(_ byte: UInt8) {
    if !marks.isEmpty { settle() }
    bytes.append(byte)
  }

  /// Appends a scalar of a combining class.
  mutating func append(scalar: UInt32, order: UInt8) {
    if order == 0 {
      if !marks.isEmpty { settle() }
    } else {
      if marks.isEmpty { firstMark = bytes.count }
      marks.append((order, scalar))
    }
    bytes.append(scalar: scalar)
  }

  /// Orders the marks at the end by class; equal ones keep their order.
  mutating func settle() {
    if marks.count > 1 {
      let sorted = marks.enumerated().sorted { ($0.element.order, $0.offset) < ($1.element.order, $1.offset) }
      var ordered = ByteBuffer()
      for mark in sorted { ordered.append(scalar: mark.element.scalar) }
      bytes.replace(from: firstMark, with: Array(ordered.contents))
    }
    marks.removeAll(keepingCapacity: true)
  }

  /// Hands the word over, if there is one, and begins the next.
  @inline(__always) mutating func end(_ body: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bool {
    if !marks.isEmpty { settle() }
    if bytes.count == 0 { return true }
    defer { bytes.removeAll() }
    return body(bytes.contents)
  }
}
