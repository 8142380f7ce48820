import Basics
import Datasets
import Testing

@Suite struct SourcesTests {
  @Test func tellsSourcesApart() throws {
    let folder = try TemporaryFolder()
    try folder.writeImages("photos/a.png")
    try folder.write("digits/train-images-idx3-ubyte", IDXSourceTests.idx([1, 1, 1], [3]))
    try folder.write("cifar/test_batch.bin", CIFARSourceTests.record([1], 1, 2, 3))
    try folder.write("notes.txt", [65])
    #expect(try Sources.open("\(folder.path)/photos/") is FolderSource)
    #expect(try Sources.open("\(folder.path)/digits") is IDXSource)
    #expect(try Sources.open("\(folder.path)/digits/train-images-idx3-ubyte") is IDXSource)
    #expect(try Sources.open("\(folder.path)/cifar") is CIFARSource)
    #expect(try Sources.open("emoji:plain").name == "emoji:plain")

    let missing = #expect(throws: InputError.self) { try Sources.open("emojis") }
    #expect(
      missing?.description
        == "emojis: is neither a file or folder nor a built-in source (emoji, emoji:plain); check the path")
    let star = #expect(throws: InputError.self) { try Sources.open("train-*.tar") }
    #expect(star?.remedy == "name several archives as {000..123}, or their folder")
    let unknown = #expect(throws: InputError.self) { try Sources.open("\(folder.path)/notes.txt") }
    #expect(unknown?.problem == "is not a kind of source that is known")
    #expect(unknown?.remedy.contains("a folder of images") == true)
    #expect(throws: InputError.self) { try Sources.open("") }
  }
}
