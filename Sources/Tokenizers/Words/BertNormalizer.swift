/// How BERT's normaliser changes a text, in this order.
struct BertNormalizer: Hashable, Sendable {
  /// Whether what is no text (control characters, U+FFFD) is dropped, and every space becomes a plain one.
  var cleansText = true
  /// Whether ideographs of Chinese stand between spaces.
  var spacesIdeographs = true
  /// Whether text is decomposed and loses its nonspacing marks: é becomes e.
  var stripsAccents = true
  /// Whether every character becomes its lower case.
  var lowercases = true
}
