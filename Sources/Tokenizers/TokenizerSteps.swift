/// The way from a text's bytes to numbers, without the special tokens around it.
struct TokenizerSteps: Sendable {
  /// How words are found.
  enum Words: Sendable {
    /// As BERT does, its normaliser in the same pass.
    case scalars(ScalarWords)
    /// As GPT-2 or CLIP do.
    case pattern(PatternWords)
  }

  /// How words become pieces.
  enum Pieces: Sendable {
    case wordPiece(WordPiece)
    case bytePairs(BytePairs)
  }

  private let added: AddedTokens
  private let changes: [TextChange]
  private let addedAfterwards: AddedTokens
  private let words: Words
  private let pieces: Pieces

  /// Combines the steps.
  ///
  /// - Parameters:
  ///   - added: Tokens that are looked for in the text as it is.
  ///   - changes: What is done to the rest.
  ///   - addedAfterwards: Tokens that are looked for in what came of it.
  ///   - words: How the rest is cut into words.
  ///   - pieces: How words become pieces.
  init(
    added: AddedTokens, changes: [TextChange] = [], addedAfterwards: AddedTokens = AddedTokens(), words: Words,
    pieces: Pieces
  ) {
    self.added = added
    self.changes = changes
    self.addedAfterwards = addedAfterwards
    self.words = words
    self.pieces = pieces
  }

  /// Appends the numbers of a text, no more than `most`.
  func append(_ text: UnsafeBufferPointer<UInt8>, most: Int, to numbers: inout [Int]) {
    let end = most < .max - numbers.count ? numbers.count + most : .max
    _ = added.forEachPart(of: text) { part in
      switch part {
      case .token(let number): numbers.append(Int(number))
      case .text(let text): appendChanged(text, until: end, to: &numbers)
      }
      return numbers.count < end
    }
    if numbers.count > end { numbers.removeSubrange(end...) }
  }

  private func appendChanged(_ text: UnsafeBufferPointer<UInt8>, until end: Int, to numbers: inout [Int]) {
    guard let first = changes.first else { return appendWords(text, until: end, to: &numbers) }
    let changed = changes.dropFirst().reduce(first(text)) { text, change in text.withUnsafeBufferPointer { change($0) }
    }
    changed.withUnsafeBufferPointer { text in
      _ = addedAfterwards.forEachPart(of: text) { part in
        switch part {
        case .token(let number): numbers.append(Int(number))
        case .text(let text): appendWords(text, until: end, to: &numbers)
        }
        return numbers.count < end
      }
    }
  }

  private func appendWords(_ text: UnsafeBufferPointer<UInt8>, until end: Int, to numbers: inout [Int]) {
    switch words {
    case .scalars(let words): _ = words.forEach(in: text) { appendPieces($0, until: end, to: &numbers) }
    case .pattern(let words): _ = words.forEach(in: text) { appendPieces($0, until: end, to: &numbers) }
    }
  }

  /// Appends the pieces of a word; returns whether more are wanted.
  @inline(__always)
  private func appendPieces(_ word: UnsafeBufferPointer<UInt8>, until end: Int, to numbers: inout [Int]) -> Bool {
    switch pieces {
    case .wordPiece(let pieces): pieces.append(word, to: &numbers)
    case .bytePairs(let pieces): pieces.append(word, to: &numbers)
    }
    return numbers.count < end
  }
}
