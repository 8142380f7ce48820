/// What columns of tuples are called, by those who publish pairs and triplets of images or texts.
///
/// Names are compared without regard to case, spaces, `_` and `-`: `Sentence_1` is `sentence1`.
enum TupleNames {
  /// Anchors, the likeliest first.
  static let anchors = ["anchor", "query", "question", "premise"]
  /// What belongs to an anchor.
  static let positives = [
    "positive", "pos", "answer", "passage", "document", "context", "response", "entailment", "hypothesis",
  ]
  /// What does not; numbered where there are several.
  static let negatives = ["negative", "negatives", "neg", "hardnegative", "hardnegatives", "contradiction"]
  /// What is said of a pair or an item, the likeliest first.
  static let labels = [
    "label", "labels", "same", "issame", "similar", "issimilar", "duplicate", "isduplicate", "match", "ismatch",
    "target", "class", "category", "relation", "goldlabel", "y",
  ]
  /// How alike the items of a pair are.
  static let scores = [
    "score", "scores", "similarity", "similarityscore", "relatedness", "relatednessscore", "rating", "grade",
  ]
  /// Names that only tuples have: where one stands alone, its fellow is missing.
  static let fellows = [("anchor", "positive"), ("positive", "anchor"), ("left", "right"), ("right", "left")]

  /// Both sides of pairs, the likeliest first.
  static let sides: [(String, String)] = {
    let stems = [
      "", "image", "img", "picture", "photo", "file", "filename", "path", "filepath", "imagepath", "sentence", "text",
      "question", "document", "caption", "item", "title",
    ]
    let marks = [("left", "right"), ("first", "second"), ("1", "2"), ("a", "b")]
    let numbered = stems.flatMap { stem in
      marks.flatMap { a, b in
        stem.isEmpty ? (a == "1" ? [] : [(a, b)]) : [(stem + a, stem + b), (a + stem, b + stem)]
      }
    }
    return anchors.flatMap { anchor in positives.map { (anchor, $0) } } + numbered + [
      ("text", "simplified"), ("title", "abstract"), ("title", "body"), ("article", "summary"),
      ("document", "summary"), ("text", "summary"), ("comment", "code"),
    ]
  }()

  /// A name without what writers differ in.
  static func plain(_ name: String) -> String { name.lowercased().filter { $0.isLetter || $0.isNumber } }

  /// The same without a number at its end.
  static func stem(_ name: String) -> String {
    var stem = plain(name)
    while stem.last?.isNumber == true { stem.removeLast() }
    return stem
  }
}
