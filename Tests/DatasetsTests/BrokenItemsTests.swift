import Basics
import Datasets
import Testing

@Suite struct BrokenItemsTests {
  @Test func passesOverAFewAndStopsAtMany() throws {
    let broken = BrokenItems(among: 200)
    for _ in 0..<3 {
      #expect(try broken.skipping(7) { throw InputError(in: "7.png", "is damaged") } as Int? == nil)
    }
    #expect(try broken.skipping(8) { 42 } == 42)
    try broken.note(3, InputError(in: "3.png", "is empty"))
    #expect(broken.all.map(\.item) == [3, 7])
    #expect(broken.all.map(\.problem.place) == ["3.png", "7.png"])
    // Two of 200 are the allowed hundredth; a third is too many.
    let error = #expect(throws: InputError.self) { try broken.note(9, InputError(in: "9.png", "is damaged")) }
    #expect(error?.place == "3.png")
    #expect(
      error?.problem == "is empty, and with it 3 of 200 items are broken, more than are passed over")
  }

  @Test(arguments: [1, 20, 199]) func oneBrokenItemIsPassedOverHoweverFewThereAre(count: Int) throws {
    let broken = BrokenItems(among: count)
    try broken.note(0, InputError(in: "0.png", "is damaged"))
    try broken.note(0, InputError(in: "0.png", "is damaged"))
    #expect(broken.all.count == 1)
    #expect(throws: InputError.self) { try broken.note(1, InputError(in: "1.png", "is damaged")) }
  }

  @Test func otherErrorsAreNotItsBusiness() {
    struct Other: Error {}
    let broken = BrokenItems(among: 10, allowedShare: 1)
    #expect(throws: Other.self) { try broken.skipping(1) { throw Other() } }
    #expect(broken.all.isEmpty)
  }
}
