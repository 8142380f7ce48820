import Basics
import Images
import Testing

@testable import Datasets

@Suite struct ArchiveSourceTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func png(_ shade: UInt8) -> [UInt8] {
    Image(width: 4, height: 4, color: [shade, 0, 0]).png()
  }

  private func open(_ tar: TarFile, as name: String = "x.tar") throws -> ArchiveSource {
    try folder.write(name, tar.ended)
    return try #require(try Sources.open("\(folder.path)/\(name)") as? ArchiveSource)
  }

  private func shades(_ source: any ImageSource) throws -> [UInt8] {
    try (0..<source.count).map { try source.image(of: $0).pixels[0] }
  }

  @Test func readsShards() throws {
    var tar = TarFile()
    for number in 0..<4 {
      tar.add("00\(number).cls", "\(number % 2)\n")
      tar.add("00\(number).png", png(UInt8(number)))
      tar.add("00\(number).txt", "a square\nof number \(number)")
      tar.add(
        "00\(number).json",
        #"{"caption": "a square", "color": "c\#(number % 2)", "split": "\#(number == 3 ? "val" : "train")"}"#)
    }
    let source = try open(tar)
    #expect(source.count == 4)
    #expect(try shades(source) == [0, 1, 2, 3])
    #expect(source.title(of: 2) == "002.png")
    #expect(source.captions(of: 2).map(\.text) == ["a square", "of number 2"])
    #expect(source.labelings.map(\.name) == ["cls"])
    #expect(source.labelings[0].labels == [0, 1, 0, 1])
    #expect(source.split == Split(train: [0, 1, 2], test: [3]))
    #expect(source.notes == ["in .json files: caption: caption, split: split"])
    #expect(source.remarks.count == 0)
  }

  @Test func takesColumnsWithFewTextsAsLabels() throws {
    var tar = TarFile()
    for number in 0..<12 {
      tar.add("\(number).png", png(1))
      // The column begins with the third image.
      tar.add("\(number).json", number < 2 ? "{}" : #"{"shape": "s\#(number % 3)", "width": \#(number % 2)}"#)
    }
    let source = try open(tar)
    #expect(source.labelings.map(\.name) == ["shape"])
    #expect(source.labelings[0].classes == ["s0", "s1", "s2"])
    #expect(source.labelings[0].labels == [nil, nil, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2])
  }

  @Test func readsFoldersAsClassesAndParts() throws {
    var tar = TarFile()
    for (name, shade) in [("all/train/cat/1.png", 1), ("all/train/dog/2.png", 2), ("all/val/dog/x/3.png", 3)] {
      tar.add(name, png(UInt8(shade)))
    }
    tar.add("all/train/cat/._1.png", [1])
    tar.add("__MACOSX/all/train/cat/1.png", [1])
    let source = try open(tar)
    #expect(source.count == 3)
    #expect(source.labelings.map(\.name) == ["class", "folder"])
    #expect(source.labelings[0].classes == ["cat", "dog"])
    #expect(source.labelings[0].labels == [0, 1, 1])
    #expect(source.labelings[1].classes == ["cat", "dog", "dog/x"])
    #expect(source.split == Split(train: [0, 1], test: [2]))
  }

  @Test func joinsATable() throws {
    var tar = TarFile()
    for number in 0..<3 { tar.add("d/images/\(number).png", png(UInt8(number))) }
    tar.add(
      "d/metadata.jsonl",
      """
      {"image": "images/1.png", "text": "one", "label": "odd"}
      {"image": "./images/2.png", "text": "two", "label": "even"}
      {"image": "images/1.png", "text": "uno", "label": "odd"}
      {"image": "images/9.png", "text": "nine"}
      """)
    let source = try open(tar)
    #expect(source.captions(of: 0).isEmpty)
    #expect(source.captions(of: 1).map(\.text) == ["one", "uno"])
    #expect(source.labelings.map(\.labels) == [[nil, 1, 0]])
    #expect(source.remarks.count == 1)
    #expect(
      source.remarks.first[0].description
        == "\(folder.path)/x.tar: d/metadata.jsonl, line 4: names 'images/9.png', which is not in the archive; "
        + "this row is left out")
    #expect(source.notes.last == "1 of 3 items have no label")
  }

  @Test func readsSeveralShards() throws {
    for number in 8...11 {
      var tar = TarFile()
      tar.add("a.png", png(UInt8(number)))
      tar.add("b.png", png(UInt8(100 + number)))
      try folder.write("s/\(number == 11 ? "val" : "train")-\(number < 10 ? "0" : "")\(number).tar", tar.ended)
    }
    let range = try Sources.open("\(folder.path)/s/train-{08..10}.tar")
    #expect(try shades(range) == [8, 108, 9, 109, 10, 110])
    let all = try Sources.open("\(folder.path)/s/")
    #expect(all.split == Split(train: Array(0..<6), test: [6, 7]))
    let missing = #expect(throws: InputError.self) { try Sources.open("\(folder.path)/s/train-{08..12}.tar") }
    #expect(missing?.problem == "names 5 files, of which \(folder.path)/s/train-11.tar is not there")
  }

  @Test func leavesOutWhatIsWrong() throws {
    var tar = TarFile()
    tar.add("a.png", png(1))
    tar.add("../../evil.png", png(2))
    tar.add("/evil.png", png(2))
    tar.add("link.png", [], type: "2")
    tar.add("a.png", png(3))
    tar.add("b.png", [1, 2, 3])
    tar.add("b.json", "no json")
    let source = try open(tar)
    #expect(source.count == 2)
    #expect(try source.image(of: 0).pixels[0] == 1)
    let path = "\(folder.path)/x.tar"
    #expect(
      source.remarks.first.map(\.description) == [
        "\(path): has a name that leads out of it: '../../evil.png'; it is left out",
        "\(path): has a name that leads out of it: '/evil.png'; it is left out",
        "\(path): has a link instead of a file: 'link.png'; it is left out",
        "\(path): has a second file of the name 'a.png'; it is left out",
        "\(path): 'b.json' is no JSON object; the image is used without it",
      ])
    let broken = #expect(throws: InputError.self) { try source.image(of: 1) }
    #expect(broken?.place == "\(path): b.png")
  }

  @Test func namesWhatItHoldsByContent() throws {
    var tar = TarFile()
    tar.add("a.png", png(1))
    tar.add("a.txt", "one")
    let first = try open(tar).identity
    #expect(try open(tar, as: "y.tar").identity == first)
    var other = TarFile()
    other.add("a.png", png(1))
    other.add("a.txt", "two")
    #expect(try open(other).identity != first)
    try folder.write("none.tar", TarFile().ended)
    let empty = #expect(throws: InputError.self) { try Sources.open("\(folder.path)/none.tar") }
    #expect(empty?.problem == "has no images (.jpg, .jpeg, .png, .webp)")
  }

  @Test(.enabled(if: SharedData.has("captions"), "needs the shared data"))
  func readsRealArchives() throws {
    let photos = try Sources.open("\(SharedData.path)/caltech101/caltech101_40classes.tar")
    #expect(photos.count == 1200)
    #expect(photos.labelings.map(\.classes.count) == [40])
    #expect(photos.split.test.count == 120)
    let aerial = try Sources.open("\(SharedData.path)/captions/ucm_captions_train.tar")
    #expect(aerial.labelings.map(\.classes.count) == [21])
    #expect((0..<aerial.count).reduce(0) { $0 + aerial.captions(of: $1).count } <= 3150)
    #expect(aerial.captions(of: 0).count == 5)
    let scenes = try Sources.open("\(SharedData.path)/captions/coco_mini.tar")
    #expect(scenes.count == 160)
    #expect(scenes.captions(of: 159).count == 5)
  }
}
