import Basics
import Images
import Testing

@testable import Datasets

@Suite struct ManifestSourceTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func open(_ name: String, _ text: String) throws -> ManifestSource {
    try folder.write(name, Array(text.utf8))
    return try #require(try Sources.open("\(folder.path)/\(name)") as? ManifestSource)
  }

  @Test func readsCSV() throws {
    try folder.writeImages("cats/1.png", "dogs/2, wet.png", "b\"c\".png", color: [9, 9, 9])
    let source = try open(
      "list.csv",
      "\u{FEFF}File Name,label,caption,split\r\ncats/1.png,cat,\"a cat,\na big one\",train\r\n"
        + "\"dogs/2, wet.png\",dog,,val\r\n\"b\"\"c\"\".png\",cat,plain,train\r\n")
    #expect((0..<source.count).map(source.title) == ["cats/1.png", "dogs/2, wet.png", "b\"c\".png"])
    #expect(source.labelings == [Labeling(name: "label", classes: ["cat", "dog"], labels: [0, 1, 0])])
    #expect(source.captions(of: 0).map(\.text) == ["a cat,\na big one"])
    #expect(source.captions(of: 1).isEmpty)
    #expect(source.split == Split(train: [0, 2], test: [1]))
    #expect(try source.image(of: 2).pixels[0] == 9)
    #expect(
      source.notes == [
        "\(folder.path)/list.csv: File Name: image, label: label, caption: caption, split: split"
      ])
  }

  @Test func readsTSVWithoutQuoting() throws {
    try folder.writeImages("1.png")
    let source = try open(
      "list.tsv", "path\tcaption\tcaption_2\n1.png\tthe 5\" nail\t\"said\" she\n1.png\t\"all, quoted\"\tx\n")
    #expect(source.count == 1)
    #expect(source.captions(of: 0).map(\.text) == ["the 5\" nail", "\"said\" she", "all, quoted", "x"])
  }

  @Test func readsJSONLines() throws {
    try folder.writeImages("1.png", "2.png")
    let source = try open(
      "list.jsonl",
      #"{"image": "1.png", "captions": ["a \"b\" \u00e4 \ud83d\ude00", "c"], "tags": "x | y", "nested": {"image": [1, {}]}, "n": -1.5e3}"#
        + "\n\n" + #"{"n": null, "label": 10, "image": "2.png"}"# + "\r\n")
    #expect(source.captions(of: 0).map(\.text) == ["a \"b\" ä 😀", "c", "x", "y"])
    #expect(source.captions(of: 0).map(\.role) == [.name, .name, .keyword, .keyword])
    #expect(source.labelings == [Labeling(name: "label", classes: ["10"], labels: [nil, 0])])
    #expect(source.notes.last == "1 of 2 items have no label")
  }

  @Test func ordersNumbersAsNumbers() throws {
    try folder.writeImages("1.png")
    let rows = (0..<12).map { "\($0 == 0 ? 1 : $0 + 100).png,\(11 - $0)\n" }.joined()
    #expect(try open("list.csv", "image,y\n" + rows).labelings[0].classes == (0..<12).map { "\($0)" })
  }

  @Test func groupsRowsOfOneImage() throws {
    try folder.writeImages("1.png", "2.png")
    let source = try open("list.csv", "image,caption\n1.png,a\n2.png,b\n./1.png,c\n")
    #expect(source.count == 2)
    #expect(source.captions(of: 0).map(\.text) == ["a", "c"])
  }

  /// One image in several rows: the first row's class counts, and that others differ is said.
  @Test func notesClassesThatContradictEachOther() throws {
    try folder.writeImages("1.png", "2.png", "3.png")
    let source = try open(
      "list.csv", "image,label,y\n1.png,cat,0\n2.png,dog,1\n1.png,dog,0\n3.png,,2\n3.png,cat,2\n2.png,dog,1\n")
    #expect(source.labelings[0].labels == [0, 1, nil])
    #expect(
      source.notes.dropFirst() == [
        "1 of 3 items have no label", "1 of 3 items have rows of different label, of which the first counts",
      ])
  }

  @Test func notesOddRows() throws {
    try folder.writeImages("1.png", "2.png")
    let source = try open(
      "list.csv", "image,label\n1.png,a\n2.png\n,b\n2.png,c,d\n\"2.png\"x,e\n2.png,\"f\n3.png,\n")
    #expect((0..<source.count).map(source.title) == ["1.png", "3.png"])
    #expect(source.labelings[0].labels == [0, nil])
    let path = "\(folder.path)/list.csv"
    #expect(
      source.remarks.first.map(\.description) == [
        "\(path), line 3: has 1 fields, where the first line names 2; this row is left out",
        "\(path), line 5: has 3 fields, where the first line names 2; this row is left out",
        "\(path), line 6: has text after a closing quote; this row is left out",
        "\(path), line 7: opens a quote that is never closed; this row is left out",
        "\(path), line 4: names no image in 'image'; this row is left out",
      ])
    let missing = #expect(throws: InputError.self) { try source.image(of: 1) }
    #expect(
      missing?.description
        == "\(path), line 8: \(folder.path)/3.png: cannot be opened (no such file or directory); check the path")
  }

  @Test func notesOddLinesOfJSON() throws {
    try folder.writeImages("1.png")
    let deep = String(repeating: "[", count: 100_000)
    let source = try open(
      "x.jsonl", "{\"image\": \"1.png\"}\n{\"image\": \n[1]\n{\"image\": \(deep)\n{\"image\": \"\\u12\"}x\n")
    #expect(source.count == 1)
    #expect(source.remarks.first.map(\.place) == (2...5).map { "\(folder.path)/x.jsonl, line \($0)" })
    #expect(source.remarks.first[0].problem == "is no JSON object")
  }

  @Test func saysWhatIsWrong() throws {
    func problem(_ name: String, _ text: String) -> String? {
      #expect(throws: InputError.self) { try open(name, text) }?.description.replacing(folder.path + "/", with: "")
    }
    #expect(
      problem("a.csv", "a,b\n1,2\n")
        == "a.csv: has the columns a, b, none of which is called as images are; "
        + "call the column with the images' paths file_name, path or image")
    #expect(problem("b.csv", "") == "b.csv: has no rows; check that it is the right file")
    #expect(problem("c.csv", "image,label\n") == "c.csv: has no rows; check that it is the right file")
    #expect(
      problem("d.csv", "image\nx.png\ny.png\n")
        == "d.csv, line 2: names 'x.png', which is not there, and nor are those after it; "
        + "paths are relative to the table's folder, \(folder.path)")
    #expect(problem("e.jsonl", "nothing\n") == "e.jsonl, line 1: is no JSON object; this row is left out")
  }

  @Test func opensTheTableOfAFolder() throws {
    try folder.writeImages("all/1.png", "all/2.png")
    try folder.write("all/metadata.csv", Array("file_name,text\n2.png,two\n".utf8))
    let source = try Sources.open("\(folder.path)/all")
    #expect(source.count == 1)
    #expect(source.captions(of: 0).map(\.text) == ["two"])
  }
}
