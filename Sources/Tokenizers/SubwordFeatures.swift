/// Texts as numbers, without a vocabulary: the words of a text and the pieces of these words, hashed.
///
/// A text is lower-cased and cut into words, which are runs of letters and digits of any script; everything else only
/// separates. A word *w* gives `<w>` as a whole and every run of 3 to 5 characters of `<w>` but the whole itself:
///
///     cats → <cats>   <ca cat ats ts>   <cat cats ats>   <cats cats>
///
/// so that words never seen share pieces with those that were (`cats` and `catlike`), the angle brackets telling
/// beginnings and ends from middles. With `hasBigrams`, neighbouring words give one more feature together. A feature's
/// index is its hash (FNV-1a, 64 bits, over UTF-8) modulo the number of buckets; features that meet in a bucket share
/// its vector, which costs little while there are fewer features in use than buckets.
///
/// Characters are those that a reader sees (extended grapheme clusters), so that a letter is never cut from its
/// accents. Texts in different Unicode normal forms give different features: normalise them first.
///
/// Source: Bojanowski, Grave, Joulin, Mikolov. "Enriching Word Vectors with Subword Information." TACL 5, 2017,
/// section 3.2, which takes runs of 3 to 6 and 2·10⁶ buckets for Wikipedias. <https://arxiv.org/abs/1607.04606>
public struct SubwordFeatures: Hashable, Sendable, Codable {
  /// The number of buckets; indices lie in 0 ..< buckets.
  public let buckets: Int

  /// The length of the shortest run of characters.
  public let shortest: Int

  /// The length of the longest run of characters.
  public let longest: Int

  /// Whether two neighbouring words are a feature.
  public let hasBigrams: Bool

  /// Creates a recipe.
  ///
  /// - Parameters:
  ///   - buckets: A positive number.
  ///   - shortest: At least 1.
  ///   - longest: At least `shortest`.
  public init(buckets: Int = 1 << 15, shortest: Int = 3, longest: Int = 5, hasBigrams: Bool = false) {
    precondition(buckets > 0, "there must be at least one bucket, not \(buckets)")
    precondition(shortest > 0 && shortest <= longest, "runs of \(shortest) to \(longest) characters do not exist")
    self.buckets = buckets
    self.shortest = shortest
    self.longest = longest
    self.hasBigrams = hasBigrams
  }

  /// The indices of a text's features, one for every time a feature occurs; none for a text without letters or digits.
  public func callAsFunction(_ text: String) -> [Int] {
    var indices: [Int] = []
    var previous: Substring?
    for word in text.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
      indices.append(index("<\(word)>"))
      let characters = ["<"] + Array(word) + [">"]
      for length in shortest...longest where length < characters.count {
        for start in 0...(characters.count - length) {
          indices.append(index(String(characters[start..<start + length])))
        }
      }
      if hasBigrams, let previous { indices.append(index("\(previous) \(word)")) }
      previous = word
    }
    return indices
  }

  /// The features of several texts, as one batch.
  public func callAsFunction(_ texts: [String]) -> TextBatch {
    TextBatch(texts.map { self($0) })
  }

  private func index(_ feature: String) -> Int {
    let hash = feature.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    return Int(hash % UInt64(buckets))
  }
}
