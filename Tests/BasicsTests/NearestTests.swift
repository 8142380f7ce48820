import Basics
import Testing

@Suite struct NearestTests {
  /// Distances counted by hand; the last one is where the restricted form differs from the full one (2).
  @Test(arguments: [
    ("", "", 0), ("abc", "", 3), ("", "abc", 3), ("epoch", "epochs", 1), ("trian", "train", 1),
    ("kitten", "sitting", 3), ("ca", "abc", 3),
  ])
  func distance(_ first: String, _ second: String, _ expected: Int) {
    #expect(editDistance(first, second) == expected)
    #expect(editDistance(second, first) == expected)
  }

  @Test func nearestOfSeveral() {
    let names = ["train", "resume", "search", "evaluate"]
    #expect(nearest(to: "serach", among: names) == "search")
    #expect(nearest(to: "TRAIN", among: names) == "train")
    #expect(nearest(to: "eval", among: names) == "evaluate")
    #expect(nearest(to: "xyz", among: names) == nil)
    #expect(nearest(to: "", among: names) == nil)
    #expect(nearest(to: "re", among: ["resume", "report-all"]) == nil)
    #expect(nearest(to: "x", among: ["k"]) == nil)
  }
}
