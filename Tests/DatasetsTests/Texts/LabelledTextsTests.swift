import Basics
import Datasets
import TestSupport
import Testing

@Suite struct LabelledTextsTests {
  private func source(_ name: String, _ text: String, column: String? = nil) throws -> LabelledTexts {
    try withTemporaryFolder { folder in
      try Files.write("\(folder)/\(name)", text: text)
      return try LabelledTexts(TextTable(contentsOf: "\(folder)/\(name)"), column: column)
    }
  }

  @Test func columnsSayTextsClassesAndParts() throws {
    let found = try source(
      "a.tsv",
      "split\tintent\ttext\ntrain\tcard\tone\ntest\tpin\ttwo\ntrain\tcard\tthree\ntest\tcard\tfour\n"
        + "train\tpin\tfive\ntrain\tpin\tsix\ntrain\tcard\tseven\ntrain\t\teight\n")
    #expect(found.count == 8 && found.split == Split(train: [0, 2, 4, 5, 6, 7], test: [1, 3]))
    #expect(found.labelings.map(\.name) == ["intent"] && found.labelings[0].classes == ["card", "pin"])
    #expect(Array(found.labelings[0].labels) == [0, 1, 0, 0, 1, 1, 0, nil])
    #expect(found.texts(of: [2, 0]) == ["three", "one"] && found.title(of: 7) == "eight")
  }

  /// What is called a label is the main labeling, even a number; texts that do not repeat and numbers are none.
  @Test func otherColumnsAreLabelingsWhereTheirTextsRepeat() throws {
    let rows = (0..<16).map {
      #"{"topic": "t\#($0 % 2)", "score": \#($0 % 3), "hash": "h\#($0)", "label": \#($0 % 4), "text": "x\#($0)"}"#
    }
    let found = try source("a.jsonl", rows.joined(separator: "\n"))
    #expect(found.labelings.map(\.name) == ["label", "topic"])
    #expect(found.labelings[0].classes == ["0", "1", "2", "3"])
  }

  /// Without a column of parts a tenth of each class is kept, the same ones wherever the rows stand.
  @Test func aTenthOfEachClassIsKept() throws {
    let rows = (0..<40).map { "text \($0),\($0 % 2 == 0 ? "even" : "odd")\n" }
    let (a, b) = (
      try source("a.csv", "text,label\n" + rows.joined()),
      try source("b.csv", "text,label\n" + rows.reversed().joined())
    )
    #expect(a.split.test.count == 4 && a.split.train.count == 36)
    #expect(a.split.test.count { a.labelings[0].labels[$0] == 0 } == 2)
    #expect(Set(a.texts(of: a.split.test)) == Set(b.texts(of: b.split.test)))
  }

  @Test func aTextFileHasNoClasses() throws {
    let found = try source("a.txt", (0..<20).map { "line \($0)\n" }.joined())
    #expect(found.labelings.isEmpty && found.split.test.count == 2)
    #expect(try source("a.csv", "question,label\na,1\nb,2\n", column: "question").texts(of: [1]) == ["b"])
  }

  @Test func saysWhatIsMissing() throws {
    let error = #expect(throws: InputError.self) { try source("a.csv", "text,label\n") }
    #expect(error?.description.hasSuffix("a.csv: holds no texts") == true)
    #expect(throws: InputError.self) { try source("a.csv", "question,answer,label\na,b,1\n") }
  }
}
