/// Which of an item's texts is its query.
enum TextQueries: String, CaseIterable {
  /// The item's name.
  case name
  /// Its name and all its keywords.
  case words

  /// The text of an item with these captions.
  func text(of captions: [Caption]) -> String {
    let names = captions.filter { $0.role == .name }.prefix(1).map(\.text)
    let keywords = captions.filter { $0.role == .keyword }.map(\.text)
    return self == .name && !names.isEmpty ? names[0] : (names + keywords).joined(separator: " ")
  }
}

/// Distinct texts, and which items have each: items that share a text share its images.
struct TextPairing {
  /// The texts.
  private(set) var texts: [String] = []

  /// For every text, the places of its items.
  private(set) var itemsOfText: [[Int]] = []

  /// For every item, the place of its text.
  private(set) var textsOfItem: [[Int]] = []

  /// Pairs items with the text of each.
  init(_ textOfItem: [String]) {
    var numbers: [String: Int] = [:]
    for (item, text) in textOfItem.enumerated() {
      let number = numbers[text] ?? texts.count
      if number == texts.count {
        numbers[text] = number
        texts.append(text)
        itemsOfText.append([])
      }
      itemsOfText[number].append(item)
      textsOfItem.append([number])
    }
  }
}
