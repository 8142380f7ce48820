/// Names of several files in one text, as shells write them: `train-{000..123}.tar`, `{train,val}-0.tar`.
enum ShardNames {
  /// Whether a text has braces to expand.
  static func hasBraces(_ text: String) -> Bool {
    guard let open = text.firstIndex(of: "{") else { return false }
    return text[open...].contains("}")
  }

  /// The names, in order; numbers keep the width that they are written with. More than a million are not made.
  static func expanded(_ text: String) -> [String]? {
    guard let open = text.firstIndex(of: "{"), let close = text[open...].firstIndex(of: "}") else { return [text] }
    let inner = text[text.index(after: open)..<close]
    guard let choices = inner.contains("..") ? numbers(inner) : inner.split(separator: ",").map(String.init),
      !choices.isEmpty, let rests = expanded(String(text[text.index(after: close)...])),
      choices.count * rests.count <= 1_000_000
    else { return nil }
    return choices.flatMap { choice in rests.map { text[..<open] + choice + $0 } }
  }

  private static func numbers(_ range: Substring) -> [String]? {
    let ends = range.split(separator: ".", omittingEmptySubsequences: true)
    guard ends.count == 2, let first = Int(ends[0]), let last = Int(ends[1]), first >= 0, first <= last,
      last - first < 1_000_000
    else { return nil }
    let width = ends[0].hasPrefix("0") ? ends[0].count : 0
    return (first...last).map { number in
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
  }
}
