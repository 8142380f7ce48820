import Basics
import Datasets
import TestSupport
import Testing

@Suite struct TupleTableTests {
  private func table(
    _ text: String, _ name: String = "t.csv", columns: [String]? = nil, label: String? = nil
  ) throws -> TupleTable {
    try withTemporaryFolder { folder in
      try Files.write("\(folder)/\(name)", text: text)
      return try TupleTable(contentsOf: "\(folder)/\(name)", columns: columns, label: label)
    }
  }

  private func refusal(_ text: String, _ name: String = "t.csv") throws -> String {
    let error = #expect(throws: InputError.self) { try table(text, name) }
    return String(error?.description.split(separator: "/").last ?? "")
  }

  @Test(arguments: [
    ("left,right,label", TupleForm.labeledPairs, "1", "0"), ("left,right", .pairs, "", ""),
    ("Left Image,Right Image,same", .labeledPairs, "true", "False"),
    ("sentence1,sentence2,score", .gradedPairs, "4", "0.5"), ("sentence_A,sentence_B,score", .gradedPairs, "5", "3"),
    ("premise,hypothesis,label", .classifiedPairs, "2", "0"),
    ("premise,hypothesis,label", .classifiedPairs, "entailment", "neutral"),
    ("question1,question2,is_duplicate", .labeledPairs, "0", "1"), ("query,answer", .pairs, "", ""),
    ("anchor,positive,negative", .triplets(negatives: 1), "x", "y"), ("text1,text2,label", .gradedPairs, "1", "0.25"),
    ("query,positive,negative_1", .triplets(negatives: 1), "x", "y"),
    ("image_1,image_2,label", .labeledPairs, "1", "1"),
    ("anchor,positive,label", .labeledPairs, "1", "0"), ("left,right,label", .classifiedPairs, "1", "-1"),
  ]) func formsAreToldByNamesAndWhatStandsThere(header: String, form: TupleForm, first: String, second: String) throws {
    let rows = [first, second].map { $0.isEmpty ? "a,b" : "a,b,\($0)" }
    let found = try table(([header] + rows).joined(separator: "\n"))
    #expect(found.form == form && found.count == 2)
    #expect(found.items(of: 1) == (form == .triplets(negatives: 1) ? ["a", "b", "y"] : ["a", "b"]))
  }

  @Test func labelsGradesAndClassesAreKept() throws {
    #expect(try table("left,right,label\na,b,1\nc,d,0.0\ne,f,same").labels == [1, 0, 1])
    #expect(try table("sentence1,sentence2,score\na,b,4.5\nc,d,3").labels == [4.5, 3])
    let classes = try #require(try table("text,label\na,10\nb,9\nc,10").classes)
    #expect(classes.classes == ["9", "10"] && Array(classes.labels) == [1, 0, 1])
    #expect(try table("text,label\na,1\nb,0").form == .classifiedItems)
  }

  @Test func columnsMayStandAnywhereAndOthersBesideThem() throws {
    let found = try table("id,negative_2,label,positive,negative,anchor\n7,n2,1,p,n1,a\n")
    #expect(found.form == .triplets(negatives: 2) && found.items(of: 0) == ["a", "p", "n2", "n1"])
    #expect(
      found.note.hasSuffix(
        "t.csv: 1 tuples of anchor, positive and 2 negatives (anchor, positive, negative_2, negative)"))
  }

  @Test func negativesMayBeAList() throws {
    let text = #"{"query": "q", "positive": "p", "negatives": ["n1", "n2"]}"#
    let found = try table(text, "t.jsonl")
    #expect(found.form == .triplets(negatives: 2) && found.items(of: 0) == ["q", "p", "n1", "n2"])
    #expect(
      try refusal(text + "\n" + #"{"query": "q", "positive": "p", "negatives": ["n1"]}"#, "t.jsonl")
        == "t.jsonl, line 2: has 1 negatives, where the first row has 2; give every row as many")
    #expect(
      try refusal(#"{"query": "q", "positive": ["p", "o"]}"#, "t.jsonl")
        == "t.jsonl, line 1: has 2 texts in 'positive'; give it one; only negatives may be several")
    #expect(try table(#"{"left": "a", "right": "b", "same": true}"#, "t.jsonl").labels == [1])
  }

  @Test func singleTextsAndLines() throws {
    #expect(try table("one\ntwo\n", "t.txt").form == .items)
    #expect(try table("one\ntwo\n", "t.txt").items(of: 1) == ["two"])
    #expect(try table("id,sentence\n1,one\n").items(of: 0) == ["one"])
  }

  @Test func aPersonMayNameTheColumns() throws {
    let found = try table("x,y,z,w\n1,2,3,0.5\n", columns: ["z", "x"], label: "w")
    #expect(found.form == .gradedPairs && found.items(of: 0) == ["3", "1"] && found.labels == [0.5])
    #expect(try table("left,right,label,w\na,b,1,0.5\n", label: "w").labels == [0.5])
    let error = #expect(throws: InputError.self) { try table("x,y\n1,2\n", columns: ["x", "q"]) }
    #expect(error?.problem == "has no column 'q'" && error?.remedy == "choose among x, y")
  }

  @Test func whatIsNoTupleIsRefusedInOneLine() throws {
    #expect(
      try refusal("left,label\na,1\n")
        == "t.csv: has a column 'left' and none called 'right'; "
        + "pairs take the columns left, right and label, and triplets anchor, positive and negative")
    #expect(try refusal("anchor,negative\na,b\n").contains("has a column 'anchor' and none called 'positive'"))
    #expect(try refusal("negative,label\na,1\n").contains("has a column 'negative' and none called 'anchor'"))
    #expect(
      try refusal("left,right,label\na,b,1\na,,0\n")
        == "t.csv, line 3: has nothing in 'right'; fill it in, or leave the row out")
    #expect(
      try refusal("left,right,label\na,b,1\na,c,\n")
        == "t.csv, line 3: has nothing in 'label'; label it, or leave the row out")
    #expect(try refusal("left,right,label\n") == "t.csv: has no rows; check that it is the right file")
    #expect(try refusal("x,y\n1,2\n").contains("has the columns x, y, which name no pairs or triplets"))
    #expect(try refusal("left,right,label\na,b\n").contains("line 2: has 2 fields, where the first line names 3"))
    #expect(
      try refusal("a line\n\nanother\n", "t.txt") == "t.txt, line 2: is an empty line; fill it in, or leave the row out"
    )
  }

  /// Pairs with classes are as good as any, but not to those who need to know which belong together.
  @Test func theLabelThatIsNeitherOneNorZeroIsNamed() throws {
    let found = try table("left,right,label\na,b,1\na,c,0\nb,c,-1\n")
    #expect(found.form == .classifiedPairs)
    #expect(
      found.notBinary.description.hasSuffix(
        "t.csv, line 4: has the label '-1'; write 1 for pairs that belong together and 0 for the others"))
  }
}
