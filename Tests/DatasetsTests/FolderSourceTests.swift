import Basics
import Datasets
import Images
import Testing

@Suite struct FolderSourceTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func titles(_ source: FolderSource, _ items: [Int]) -> [String] { items.map(source.title) }

  @Test func readsImagesWithoutLabels() throws {
    try folder.writeImages("b.png", "a.PNG", "B.png", color: [1, 2, 3])
    try folder.write("notes.txt", [65])
    try folder.writeImages(".hidden.png")
    let source = try FolderSource(folder.path)
    #expect((0..<source.count).map(source.title) == ["B.png", "a.PNG", "b.png"])
    #expect(source.labelings.isEmpty)
    #expect(source.captions(of: 0).isEmpty)
    #expect(try source.image(of: 1) == Image(width: 4, height: 4, color: [1, 2, 3]))
    #expect((source.split.train + source.split.test).sorted() == [0, 1, 2])
    #expect(source.split.test.count == 1)
  }

  @Test func takesClassesFromFolders() throws {
    for number in 10..<30 { try folder.writeImages("dog/\(number).png", "cat/\(number).png") }
    try folder.writeImages("cat/deep/er/1.png")
    let source = try FolderSource(folder.path)
    #expect(source.count == 41)
    #expect(source.labelings.map(\.name) == ["class", "folder"])
    #expect(source.labelings[0].classes == ["cat", "dog"])
    #expect(Array(source.labelings[0].labels) == Array(repeating: 0, count: 21) + Array(repeating: 1, count: 20))
    #expect(source.labelings[1].classes == ["cat", "cat/deep/er", "dog"])
    // A tenth of each class is for measuring.
    #expect(source.split.test.filter { $0 < 21 }.count == 2)
    #expect(source.split.test.filter { $0 >= 21 }.count == 2)
    #expect(Set(source.split.train).isDisjoint(with: source.split.test))
    #expect(try FolderSource(folder.path).split == source.split)
  }

  @Test(arguments: ["val", "test", "validation"])
  func takesPartsFromFolders(part: String) throws {
    try folder.writeImages("train/cat/1.png", "train/dog/2.png", "\(part)/dog/3.png", "train/dog/0.png")
    let source = try FolderSource(folder.path)
    #expect(Set(titles(source, source.split.test)) == ["\(part)/dog/3.png"])
    #expect(titles(source, source.split.train) == ["train/cat/1.png", "train/dog/0.png", "train/dog/2.png"])
    #expect(source.labelings.map(\.classes) == [["cat", "dog"]])
    let dog = source.labelings[0].labels[source.split.test[0]]
    #expect(dog == 1)
  }

  @Test func aClassMayBeCalledTrain() throws {
    try folder.writeImages("train/1.png", "ship/2.png")
    #expect(try FolderSource(folder.path).labelings[0].classes == ["ship", "train"])
  }

  @Test func theIdentityKnowsPathsOrderAndSizes() throws {
    try folder.writeImages("cat/1.png", "dog/2.png")
    let before = try FolderSource(folder.path).identity
    #expect(try FolderSource(folder.path).identity == before)
    try folder.writeImages("dog/2.png", side: 30)
    let larger = try FolderSource(folder.path).identity
    #expect(larger != before)
    try folder.writeImages("dog/3.png")
    #expect(try FolderSource(folder.path).identity != larger)
  }

  @Test func saysWhatIsMissing() throws {
    let none = #expect(throws: InputError.self) { try FolderSource("no/such/folder") }
    #expect(
      none?.description == "no/such/folder: cannot be opened as a folder (no such file or directory); check the path")

    let empty = #expect(throws: InputError.self) { try FolderSource(folder.path) }
    #expect(empty?.place == folder.path)
    #expect(empty?.problem == "has no images (.jpg, .jpeg, .png, .webp)")

    try folder.writeImages("cat/1.png")
    try folder.write("dog/readme.txt", [65])
    let dog = #expect(throws: InputError.self) { try FolderSource(folder.path) }
    #expect(dog?.place == "\(folder.path)/dog")
    #expect(dog?.problem == "is a class folder without images")
  }

  @Test func anEmptyPartIsAnError() throws {
    try folder.writeImages("train/cat/1.png")
    try Files.makeFolder("\(folder.path)/val")
    let error = #expect(throws: InputError.self) { try FolderSource(folder.path) }
    #expect(error?.place == "\(folder.path)/val")
  }

  @Test func namesABrokenFile() throws {
    try folder.writeImages("a.png")
    try folder.write("b.png", [1, 2, 3])
    let source = try FolderSource(folder.path)
    let error = #expect(throws: InputError.self) { try source.image(of: 1) }
    #expect(error?.place == "\(folder.path)/b.png")
  }
}
