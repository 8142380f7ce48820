import Basics
import Testing

@testable import Datasets

@Suite struct SharedCaptionsTests {
  @Test func countsWhatImagesShare() throws {
    let folder = try TemporaryFolder()
    try folder.writeImages("1.png")
    try folder.write(
      "list.csv",
      Array(
        "image,caption,tags\n1.png,a cat,pet\n1.png,a cat,\n2.png,a cat,pet\n2.png,a dog,\n3.png,,pet\n4.png,a dog,\n5.png,a fox,\n6.png,a cat,\n"
          .utf8))
    let shared = SharedCaptions(of: try Sources.open("\(folder.path)/list.csv"))
    #expect(shared.itemCount == 5)  // the third has keywords only
    #expect(shared.captionCount == 6 && shared.differentCount == 3)
    #expect(shared.sharingCount == 4)
    #expect(shared.most.map(\.text) == ["a cat", "a dog"])
    #expect(shared.most.map(\.items) == [3, 2])
  }
}
