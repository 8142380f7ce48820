/// What a column says of every tuple: told by what stands in it.
enum TupleLabels: Sendable {
  /// Nothing.
  case none
  /// Whether it belongs together, 1 or 0.
  case binary([Float])
  /// A number, the higher the more alike.
  case grades([Float])
  /// A class.
  case classes(Labeling)

  /// Tells what texts are.
  ///
  /// 1 and 0, and the words true and false, same and different, are answers whatever the column is called. Other numbers
  /// are grades where the column is called as scores are, or not all of them are whole. Anything else is a class.
  ///
  /// - Parameters:
  ///   - texts: A text a tuple, none of them empty.
  ///   - name: What the column is called.
  ///   - isAlone: Whether the tuples are single items, of which all labels are classes.
  init(_ texts: [String], named name: String, ofSingleItems isAlone: Bool) {
    if !isAlone {
      let answers = texts.compactMap(Self.answer)
      if answers.count == texts.count {
        self = .binary(answers)
        return
      }
      let numbers = texts.compactMap { Float($0) }.filter(\.isFinite)
      if numbers.count == texts.count,
        TupleNames.scores.contains(TupleNames.plain(name)) || numbers.contains(where: { $0 != $0.rounded() })
      {
        self = .grades(numbers)
        return
      }
    }
    var column = LabelColumn(name: name)
    for text in texts { column.add(text) }
    self = column.labeling().map(Self.classes) ?? .none
  }

  /// 1 where a label says that a pair belongs together, 0 where it says that it does not; nil where it says neither.
  static func answer(_ text: String) -> Float? {
    switch text.lowercased() {
    case "true", "same": 1
    case "false", "different": 0
    default: Float(text).flatMap { $0 == 0 || $0 == 1 ? $0 : nil }
    }
  }
}
