import Basics
import Datasets
import TestSupport
import Testing

@Suite struct TextTableTests {
  private func table(_ name: String, _ text: String) throws -> TextTable {
    try withTemporaryFolder { folder in
      try Files.write("\(folder)/\(name)", text: text)
      return try TextTable(contentsOf: "\(folder)/\(name)")
    }
  }

  @Test func everyLineIsAText() throws {
    let texts = try table("a.txt", "\u{FEFF}one\n\ntwo words\r\n  three\nlast")
    #expect(texts.count == 5 && texts.columns.isEmpty)
    #expect(try texts.texts(0..<5, column: texts.column()) == ["one", "", "two words", "  three", "last"])
    #expect(texts.place(of: 2).hasSuffix("a.txt, line 3"))
    #expect(try table("empty.txt", "").count == 0)
  }

  @Test(arguments: [
    ("a.csv", "id,text\n1,\"a, \"\"b\"\"\"\n2,\n3,c\n"), ("a.tsv", "id\ttext\n1\ta, \"b\"\n2\t\n3\tc\n"),
    (
      "a.jsonl",
      #"{"id": 1, "text": "a, \"b\""}"# + "\n" + #"{"id": 2, "text": ""}"# + "\n" + #"{"id": 3, "text": "c"}"#
    ),
  ]) func columnsAreToldByTheirNames(name: String, content: String) throws {
    let texts = try table(name, content)
    #expect(texts.count == 3 && texts.columns == ["id", "text"])
    #expect(try texts.texts(0..<3, column: texts.column()) == ["a, \"b\"", "", "c"])
    #expect(try texts.texts(1..<3, column: texts.column("id")) == ["2", "3"])
  }

  @Test func saysWhichColumnsThereAre() throws {
    let texts = try table("a.csv", "question,answer\na,b\n")
    var error = #expect(throws: InputError.self) { try texts.column() }
    #expect(
      error?.description.hasSuffix(
        "does not say which column holds the texts; choose one of question, answer with --column") == true)
    error = #expect(throws: InputError.self) { try texts.column("x") }
    #expect(error?.problem == "has no column 'x'")
    let lines = try table("a.txt", "a\n")
    error = #expect(throws: InputError.self) { try lines.column("text") }
    #expect(error?.problem == "is a text file and has no column 'text'")
  }

  /// A row that were left out would give all that come after it another's embedding.
  @Test func aBrokenRowIsNoneToPassOver() {
    let error = #expect(throws: InputError.self) { try table("a.csv", "id,text\n1,a\n2\n3,c\n") }
    #expect(
      error?.description.hasSuffix("a.csv, line 3: has 1 fields, where the first line names 2; mend or remove the row")
        == true)
  }
}
