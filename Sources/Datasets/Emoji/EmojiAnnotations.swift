/// The keywords of emoji, from annotation files of the Unicode CLDR.
///
/// It reads the lines that matter and no other XML: `<annotation cp="🏃">marathon | running</annotation>`. Lines
/// with a `type` give names for speech and are passed over. The files leave out variation selectors.
struct EmojiAnnotations {
  private var keywords: [String: [String]] = [:]

  /// Adds what an annotation file says.
  mutating func add(xml: String) {
    for line in xml.split(whereSeparator: \.isNewline) {
      guard let start = line.firstRange(of: "<annotation cp=\""), let end = line.firstRange(of: "</annotation>"),
        let middle = line[start.upperBound...].firstRange(of: "\">"), middle.upperBound <= end.lowerBound
      else { continue }
      let key = line[start.upperBound..<middle.lowerBound]
      if key.contains("\"") { continue }
      let words = line[middle.upperBound..<end.lowerBound].split(separator: "|").map {
        Self.unescaped(Self.trimmed($0))
      }
      keywords[Self.unqualified(Self.unescaped(key))] = words.filter { !$0.isEmpty }
    }
  }

  /// The keywords of an emoji; empty where none are known.
  func keywords(of emoji: String) -> [String] {
    keywords[Self.unqualified(emoji)] ?? []
  }

  private static func unqualified(_ emoji: String) -> String {
    String(emoji.unicodeScalars.filter { $0.value != 0xFE0F }.map { $0 })
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return text
  }

  private static func unescaped(_ text: Substring) -> String {
    guard text.contains("&") else { return String(text) }
    return String(text).replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
      .replacing("&apos;", with: "'").replacing("&amp;", with: "&")
  }
}
