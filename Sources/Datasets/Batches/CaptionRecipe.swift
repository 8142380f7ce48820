public import Basics

/// How the text of an example is drawn anew each time from what its source says of it.
///
/// With probability `nameShare` it is one of the names; otherwise a random subset of the keywords in random order, so
/// that a model learns what each word means by itself. An example without keywords always gives a name, and one
/// without names keywords.
public struct CaptionRecipe: Hashable, Sendable, Codable {
  /// The probability of a name.
  public let nameShare: Double

  /// Creates a recipe.
  public init(nameShare: Double = 0.5) {
    precondition((0...1).contains(nameShare), "a share lies in 0 ... 1, not at \(nameShare)")
    self.nameShare = nameShare
  }

  /// Returns a text, or nil when there are no captions.
  public func text(of captions: [Caption], using stream: inout RandomStream) -> String? {
    let parts = parts(of: captions, using: &stream)
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }

  /// Returns the captions that make a text when they are joined by spaces: a name, or keywords; none when there are
  /// no captions.
  public func parts(of captions: [Caption], using stream: inout RandomStream) -> [String] {
    let names = captions.filter { $0.role == .name }
    let keywords = captions.filter { $0.role == .keyword }
    let wantsName = stream.chance(nameShare)
    if !names.isEmpty, wantsName || keywords.isEmpty {
      return [names[stream.integer(below: names.count)].text]
    }
    guard !keywords.isEmpty else { return [] }
    let count = 1 + stream.integer(below: keywords.count)
    return stream.permutation(of: keywords.count).prefix(count).map { keywords[$0].text }
  }
}
