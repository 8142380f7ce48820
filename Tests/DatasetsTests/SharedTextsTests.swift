import Basics
import Testing

@testable import Datasets

@Suite struct SharedTextsTests {
  private func captions(_ name: String, _ keywords: String...) -> [Caption] {
    [Caption(name)] + keywords.map { Caption($0, role: .keyword) }
  }

  @Test func aTextIsTrueOfAllThatHaveItsParts() {
    let shared = SharedTexts(
      [["blue", "heart"], ["heart"], ["heart", "blue"], ["sky"], ["night sky"]],
      among: [
        captions("blue heart", "blue", "heart"), captions("red heart", "red", "heart"),
        captions("heart of ice", "heart", "blue", "ice"), captions("day", "sky", "blue"),
        captions("night sky", "sky", "dark"),
      ])
    #expect(shared.texts == [0, 1, 0, 2, 3])
    #expect(shared.truths == [[0, 1], [1], [0, 1], [2], [2, 3]])
  }

  @Test func nothingIsSharedByNobody() {
    #expect(SharedTexts([], among: []) == SharedTexts([], among: []))
    #expect(SharedTexts([], among: []).truths.isEmpty)
    let apart = SharedTexts([["a"], ["b"]], among: [captions("a"), captions("b")])
    #expect(apart.truths == [[0], [1]])
  }

  /// Every pair by itself, on random words.
  @Test(arguments: 0..<20)
  func agreesWithEveryPairByItself(seed: Int) {
    var random = RandomStream(seed: UInt64(seed))
    let captions = (0..<30).map { _ in
      let words = random.permutation(of: 8).prefix(1 + random.integer(below: 5))
      return words.map { Caption("\($0)", role: .keyword) }
    }
    let texts = captions.map { CaptionRecipe(nameShare: 0).parts(of: $0, using: &random) }
    let shared = SharedTexts(texts, among: captions)
    for i in captions.indices {
      for k in texts.indices {
        let isTrue = texts[k].allSatisfy { part in captions[i].contains { $0.text == part } }
        #expect(shared.truths[i].contains(shared.texts[k]) == isTrue)
        #expect((shared.texts[i] == shared.texts[k]) == (Set(texts[i]) == Set(texts[k])))
      }
      #expect(shared.truths[i] == Array(Set(shared.truths[i])).sorted())
      #expect(shared.truths[i].contains(shared.texts[i]))
    }
  }
}
