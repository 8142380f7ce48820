import Basics
import Datasets
import TestSupport
import Testing

@Suite struct SearchSetTests {
  private static let files: [String: String?] = [
    "corpus.jsonl": """
    {"_id": "d3", "title": "Wings", "text": "lift of wings"}
    {"_id": "d1", "title": "", "text": "heat"}
    {"_id": "d2", "title": "Jets", "text": "noise"}
    """,
    "queries.jsonl": """
    {"_id": "q1", "text": "how do wings lift"}
    {"_id": "q2", "text": "who is judged by nobody"}
    {"_id": "q3", "text": "what is hot"}
    """,
    "qrels/test.tsv": "query-id\tcorpus-id\tscore\nq3\td1\t2\nq1\td3\t1\nq1\td2\t0\nq3\td2\t1\nq1\td9\t1\n",
  ]

  private static func write(to folder: String, change: [String: String?] = [:]) throws {
    try Files.makeFolder("\(folder)/qrels")
    for (name, text) in files.merging(change, uniquingKeysWith: { $1 }) {
      if let text { try Files.write("\(folder)/\(name)", text: text) }
    }
  }

  @Test func readsTheFormOfBEIR() throws {
    try withTemporaryFolder { folder in
      try Self.write(to: folder)
      let set = try SearchSet(folder: folder)
      #expect(set.queries == ["how do wings lift", "what is hot"])
      #expect(set.relevant == [[0], [1, 2]] && set.documentCount == 3)
      #expect(set.documents(0..<3) == ["Wings lift of wings", "heat", "Jets noise"])
      #expect(
        set.notes == [
          "1 of 4 judgements name what is not there, and are left out",
          "1 of 3 queries have no judgement, and are left out",
        ])
    }
  }

  @Test func severalJudgementsAreChosenFrom() throws {
    try withTemporaryFolder { folder in
      let dev = "query-id\tcorpus-id\tscore\nq2\td2\t1\n"
      try Self.write(to: folder, change: ["qrels/dev.tsv": dev])
      #expect(try SearchSet(folder: folder).queries.count == 2)
      #expect(try SearchSet(folder: folder, part: "dev").queries == ["who is judged by nobody"])
      let error = #expect(throws: InputError.self) { try SearchSet(folder: folder, part: "train") }
      #expect(error?.description == "\(folder)/qrels: holds no 'train'; choose one of dev, test with --qrels")
    }
  }

  @Test(
    arguments: [
      ("qrels/test.tsv", nil, "/qrels: holds no judgements; put query-id, corpus-id and score into test.tsv"),
      (
        "qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\td8\t1\n",
        ": none of 1 judgements is of a query and a document that are there; do qrels, queries.jsonl and corpus.jsonl belong together?"
      ),
      (
        "qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\td1\thigh\n",
        "/qrels/test.tsv, line 2: 'high' is no score; write 1 for what is relevant"
      ),
      ("queries.jsonl", #"{"id": "q1", "text": "a"}"#, "/queries.jsonl: has no column '_id'; it has id, text"),
      ("corpus.jsonl", nil, "/corpus.jsonl: cannot be opened (no such file or directory); check the path"),
    ] as [(String, String?, String)])
  func saysWhatIsWrong(file: String, text: String?, message: String) throws {
    try withTemporaryFolder { folder in
      try Self.write(to: folder, change: [file: text])
      if text == nil { Files.remove("\(folder)/\(file)") }
      let error = #expect(throws: InputError.self) { try SearchSet(folder: folder) }
      #expect(error?.description == folder + message)
    }
  }

  /// Equal queries are one, and so are equal documents.
  @Test func pairsAreASetToSearch() throws {
    try withTemporaryFolder { folder in
      try Files.write(
        "\(folder)/a.csv", text: "question,answer\nhow?,so\nwhy?,because\nhow?,thus\nwhen?,so\nhow?,so\n")
      let set = try SearchSet(TextPairs(TextTable(contentsOf: "\(folder)/a.csv")))
      #expect(set.queries == ["how?", "why?", "when?"] && set.documents(0..<3) == ["so", "because", "thus"])
      #expect(set.relevant == [[0, 2], [1], [0]] && set.documentCount == 3)
    }
  }
}

@Suite struct TextPairsTests {
  private func pairs(_ text: String, first: String? = nil, second: String? = nil) throws -> TextPairs {
    try withTemporaryFolder { folder in
      try Files.write("\(folder)/a.csv", text: text)
      return try TextPairs(TextTable(contentsOf: "\(folder)/a.csv"), first: first, second: second)
    }
  }

  @Test func columnsAreToldByTheirNames() throws {
    let found = try pairs("id,is_duplicate,question1,question2,score\n1,1,a,b,0.5\n2,0,c,d,3\n")
    #expect(found.count == 2 && found.texts(0..<2) == (["a", "c"], ["b", "d"]))
    #expect(try found.areSame() == [true, false] && found.scores("score") == [0.5, 3])
    let named = try pairs("x,y,z\na,b,true\n", first: "y", second: "x")
    #expect(named.texts(0..<1) == (["b"], ["a"]))
    #expect(try named.areSame("z") == [true])
  }

  @Test func saysWhatIsMissing() throws {
    var error = #expect(throws: InputError.self) { try pairs("x,y\na,b\n") }
    #expect(
      error?.description.hasSuffix(
        "a.csv: does not say which columns hold the pairs; choose two of x, y with --first and --second") == true)
    error = #expect(throws: InputError.self) { try pairs("sentence1,sentence2\na,b\n").areSame() }
    #expect(
      error?.description.hasSuffix(
        "does not say which pairs belong together; name a column of 1 and 0 with --same, of sentence1, sentence2")
        == true)
    error = #expect(throws: InputError.self) { try pairs("sentence1,sentence2,label\na,b,neutral\n").areSame() }
    #expect(
      error?.description.hasSuffix("a.csv, line 2: 'neutral' says neither 1 nor 0; name another column with --same")
        == true)
    error = #expect(throws: InputError.self) { try pairs("sentence1,sentence2,label\na,b,neutral\n").scores("label") }
    #expect(error?.description.hasSuffix("line 2: 'neutral' is no score; name another column with --score") == true)
    error = #expect(throws: InputError.self) { try pairs("sentence1,sentence2\n") }
    #expect(error?.description.hasSuffix("a.csv: holds no pairs") == true)
  }
}

@Suite struct RankingListsTests {
  @Test func answersAreTextsOrLists() throws {
    try withTemporaryFolder { folder in
      try Files.write(
        "\(folder)/a.jsonl",
        text: """
          {"query": "a", "positive": ["b", "c"], "negative": "d"}
          {"query": "e", "positive": "f", "negative": []}
          """)
      let lists = try RankingLists(contentsOf: "\(folder)/a.jsonl")
      let samples = lists.samples(0..<2)
      #expect(samples[0].query == "a" && samples[0].positives == ["b", "c"] && samples[0].negatives == ["d"])
      #expect(samples[1].positives == ["f"] && samples[1].negatives.isEmpty)
      try Files.write("\(folder)/b.jsonl", text: #"{"query": "a", "text": "b"}"#)
      let error = #expect(throws: InputError.self) { try RankingLists(contentsOf: "\(folder)/b.jsonl") }
      #expect(
        error?.description
          == "\(folder)/b.jsonl: has no column 'positive'; write a line a query: {\"query\": …, \"positive\": […], \"negative\": […]}"
      )
    }
  }
}
