/// Which texts of a batch are true of which of its examples: of the one that each was drawn for, and of others.
///
/// A text is one caption or several, joined. It is true of an example when all of these are among the example's captions:
/// "heart" and "blue heart" are true of every example with the keywords *blue* and *heart*.
///
/// Texts are numbered, so that equal ones have one number, and every example holds the numbers of those that are true of
/// it. A table of all pairs never exists: memory grows with the number of true statements, time with the captions.
public struct SharedTexts: Hashable, Sendable {
  /// The number of every example's own text.
  public let texts: [Int]

  /// For every example the numbers of all texts of the batch that are true of it, ascending: its own among them.
  public let truths: [[Int]]

  /// Compares the texts of a batch with the captions of its examples.
  ///
  /// - Parameters:
  ///   - texts: For every example the captions that make its text, all of them its own.
  ///   - captions: For every example all of its captions.
  init(_ texts: [[String]], among captions: [[Caption]]) {
    let used = Set(texts.joined())
    let known = captions.map { Set($0.lazy.map(\.text).filter(used.contains)) }
    var holders: [String: [Int]] = [:]  // of every caption that is in use: the examples that have it, ascending
    for (example, captions) in known.enumerated() {
      for caption in captions { holders[caption, default: []].append(example) }
    }

    var numbers: [Set<String>: Int] = [:]
    var own: [Int] = []
    var truths = [[Int]](repeating: [], count: texts.count)
    for parts in texts.map(Set.init) {
      if let number = numbers[parts] {
        own.append(number)
        continue
      }
      let number = numbers.count
      numbers[parts] = number
      own.append(number)
      let candidates = parts.lazy.compactMap { holders[$0] }.min { $0.count < $1.count } ?? []
      for example in candidates where parts.isSubset(of: known[example]) { truths[example].append(number) }
    }
    self.texts = own
    self.truths = truths
  }
}
