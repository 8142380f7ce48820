import Basics
import TestSupport
import Testing

@testable import Kindred

/// Measurements of pairs, search, lists and paraphrases by a small sentence encoder, and of files.
@Suite struct TextMeasurementTests {
  private static let texts = [
    "the quick fox", "a quick brown fox", "the lazy dog", "a lazy old dog", "contrastive learning",
    "learning by contrast",
    "what is similar", "what is not similar", "the quick fox", "numbers and letters",
  ]

  private static func model(_ folder: String) throws -> SentenceModel {
    if !Files.exists("\(folder)/model") { try SmallSentenceModel.write(to: "\(folder)/model") }
    return try SentenceModel(contentsOf: "\(folder)/model", precision: .float32)
  }

  private static func pairs(_ folder: String) throws -> TextPairs {
    let rows = texts.indices.flatMap { i in
      texts.indices.filter { $0 > i }.map {
        "\(texts[i]),\(texts[$0]),\($0 == i + 1 && i % 2 == 0 ? 1 : 0),\($0 - i)\n"
      }
    }
    try Files.write("\(folder)/pairs.csv", text: "sentence1,sentence2,is_duplicate,score\n" + rows.joined())
    return try TextPairs(TextTable(contentsOf: "\(folder)/pairs.csv"))
  }

  /// Cosines by plain loops over the model's own vectors.
  private static func cosines(_ model: SentenceModel, _ first: [String], _ second: [String]) -> [Double] {
    let (a, b) = (model.embeddings(of: first).doubleRows, model.embeddings(of: second).doubleRows)
    return zip(a, b).map { x, y in
      func product(_ x: [Double], _ y: [Double]) -> Double { zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } }
      return product(x, y) / (product(x, x) * product(y, y)).squareRoot()
    }
  }

  @Test func pairsOfTextsAndOfTheirVectorsHaveTheSameFigures() throws {
    try withTemporaryFolder { folder in
      let (model, pairs) = (try Self.model(folder), try Self.pairs(folder))
      let (same, scores) = (try pairs.areSame(), try pairs.scores("score"))
      let context = try PairContext(model, pairs)
      let table = try PairClassification().measure(context, same: same, resamples: 20)
      #expect(
        table.rows.map(\.name) == [
          "model, cosine", "model, dot", "model, Euclidean", "model, Manhattan", "token counts, cosine",
          "untrained, cosine", "chance",
        ])
      let texts = pairs.texts(0..<pairs.count)
      let cosines = Self.cosines(model, texts.first, texts.second)
      let expected = try Verification(scores: cosines, same: same)
      let row = table.rows[0].values
      #expect(abs(row[0]! - expected.mostAccurate.accuracy) < 1e-6 && abs(row[2]! - expected.bestF1.f1) < 1e-6)
      #expect(abs(row[6]! - expected.averagePrecision) < 1e-3)
      let accepted = cosines.map { $0 >= row[3]! - 1e-6 }
      #expect(accepted.count { $0 } == expected.bestF1.truePositives + expected.bestF1.falsePositives)
      #expect(table.rows.dropLast().allSatisfy { $0.intervals![0] != nil && $0.intervals![1] == nil })

      let similarity = try SimilarityMeasurement().measure(context, scores: scores)
      #expect(abs(similarity.rows[0].values[0]! - Correlation.spearman(cosines, scores)) < 1e-3)
      #expect(abs(similarity.rows[0].values[1]! - Correlation.pearson(cosines, scores)) < 1e-6)

      for (name, texts) in [("a", texts.first), ("b", texts.second)] {
        try NumPyFile.write(model.embeddings(of: texts), to: "\(folder)/\(name).npy")
      }
      let rows = PairContext(try EmbeddingPairs("\(folder)/a.npy", "\(folder)/b.npy"))
      let arrays = try PairClassification().measure(rows, same: same, resamples: 20)
      #expect(arrays.rows[0].name == "embeddings, cosine")
      for (ours, theirs) in zip(arrays.rows.prefix(4), table.rows) {
        for (x, y) in zip(ours.values, theirs.values) { #expect(abs(x! - y!) < 1e-5) }
      }
    }
  }

  /// An encoder that has collapsed follows nothing, and has no figure.
  @Test func similaritiesThatAreAllTheSameHaveNoFigure() throws {
    try withTemporaryFolder { folder in
      for name in ["a", "b"] { try NumPyFile.write(.ones([4, 3]), to: "\(folder)/\(name).npy") }
      let rows = PairContext(try EmbeddingPairs("\(folder)/a.npy", "\(folder)/b.npy"))
      let table = try SimilarityMeasurement().measure(rows, scores: [1, 2, 3, 4])
      #expect(table.rows.allSatisfy { $0.values == [nil, nil] })
      let classes = try PairClassification().measure(rows, same: [true, false, false, false], resamples: 20)
      #expect(classes.rows[0].values[0] == 0.75 && classes.rows[0].values[7] == 0)
    }
  }

  @Test func searchIsThatOfPlainLoops() throws {
    try withTemporaryFolder { folder in
      let model = try Self.model(folder)
      try Files.write(
        "\(folder)/search.csv",
        text: "query,document\n" + zip(Self.texts, Self.texts.dropFirst()).map { "\($0),\($1)\n" }.joined())
      let set = try SearchSet(
        TextPairs(TextTable(contentsOf: "\(folder)/search.csv"), first: "query", second: "document"))
      let table = try SearchMeasurement().measure(model, on: set)
      #expect(table.columns == ["model", "token counts", "untrained", "chance"] && table.rows.count == 15)
      let prompt = try model.prompt("query")
      let documents = set.documents(0..<set.documentCount)
      let rankings = try Retrieval(cutoffs: [10]).rankings(
        queries: model.embeddings(of: set.queries, prompt: prompt), gallery: model.embeddings(of: documents),
        relevance: .lists(set.relevant)
      ).compactMap(\.self)
      func figure(_ name: String) -> Double { table.rows.first { $0.name == name }!.values[0]! }
      let n = Double(rankings.count)
      #expect(abs(figure("MAP@100") - rankings.reduce(0) { $0 + $1.averagePrecision } / n) < 1e-9)
      #expect(abs(figure("nDCG@10") - rankings.reduce(0) { $0 + $1.gain[0] } / n) < 1e-9)
      #expect(abs(figure("MRR@10") - rankings.reduce(0) { $0 + 1 / Double($1.firstRank) } / n) < 1e-9)
      #expect(figure("accuracy@10") == 1)
      let chance = table.rows.first { $0.name == "recall@5" }!.values[3]!
      #expect(abs(chance - 5 / Double(set.documentCount)) < 1e-12)
    }
  }

  @Test func listsArePutInOrderAsInSentenceTransformers() throws {
    let goldens = try Goldens("text_evaluators")
    let counts = goldens["reranking.lists"].values(as: Int.self)
    // The last has nothing wrong in it, and is left out.
    let lists = (0..<counts.count / 2 - 1).map { (right: counts[2 * $0], wrong: counts[2 * $0 + 1]) }
    let items = lists.reduce(0) { $0 + $1.right + $1.wrong }
    let rankings = try RerankingMeasurement.rankings(
      lists, queries: goldens["reranking.queries"][0..<lists.count], answers: goldens["reranking.items"][0..<items])
    let n = Double(lists.count)
    let ours = [
      rankings.reduce(0) { $0 + $1.averagePrecision } / n,
      rankings.reduce(0) { $0 + ($1.firstRank <= 10 ? 1 / Double($1.firstRank) : 0) } / n,
      rankings.reduce(0) { $0 + $1.gain[0] } / n,
    ]
    for (figure, theirs) in zip(ours, goldens["reranking.figures"].values(as: Double.self)) {
      #expect(abs(figure - theirs) < 1e-8, "\(ours)")
    }
  }

  @Test func groupsAreClosedAsInSentenceTransformers() throws {
    let goldens = try Goldens("text_evaluators")
    let named = goldens["paraphrases.pairs"].values(as: Int.self)
    let pairs = (0..<named.count / 2).map { (named[2 * $0], named[2 * $0 + 1]) }
    let closed = ParaphraseMeasurement(transitive: true).together(pairs)
    #expect(closed.isSuperset(of: ParaphraseMeasurement().together(pairs)))
    let rows = goldens["paraphrases.rows"]
    let ours = try ParaphraseMeasurement.figures(of: rows, closed, most: 10_000, resamples: 20).map { $0!.value }
    let theirs = goldens["paraphrases.closed"].values(as: Double.self)
    // AP, F1, threshold, precision, recall here; AP, F1, precision, recall, threshold there.
    for (figure, expected) in zip(ours, [0, 1, 4, 2, 3].map { theirs[$0] }) {
      #expect(abs(figure - expected) < 1e-6, "\(ours)")
    }
    #expect(
      ParaphraseMeasurement(transitive: true).together([(5, 2), (9, 5), (1, 0), (3, 3)])
        == Set([(2, 5), (2, 9), (5, 9), (0, 1)].map { .init($0.0, $0.1) }))
  }

  @Test func paraphrasesAreTheMostSimilarPairs() throws {
    try withTemporaryFolder { folder in
      let model = try Self.model(folder)
      try Files.write("\(folder)/texts.txt", text: Self.texts.map { "\($0)\n" }.joined())
      let embedding = try TextEmbedding(model: model, table: TextTable(contentsOf: "\(folder)/texts.txt"))
      let all = try ParaphraseMining(count: 1000).pairs(of: embedding)
      #expect(all.count == 45 && all[0].firstRow == 0 && all[0].secondRow == 8 && all[0].first == "the quick fox")
      #expect(zip(all, all.dropFirst()).allSatisfy { $0.similarity >= $1.similarity })
      let cosines = Self.cosines(model, all.map(\.first), all.map(\.second))
      for (pair, cosine) in zip(all, cosines) { #expect(abs(pair.similarity - cosine) < 1e-5) }
      let different = try ParaphraseMining(count: 1000, equal: false).pairs(of: embedding)
      #expect(different == all.filter { $0.first != $0.second })
      let bar = all[9].similarity
      #expect(try ParaphraseMining(count: 1000, above: bar).pairs(of: embedding) == all.filter { $0.similarity >= bar })
    }
  }

  /// Every command once, and what it says to wrong lines.
  @Test func theCommandsRun() throws {
    try withTemporaryFolder { folder in
      _ = try Self.model(folder)
      _ = try Self.pairs(folder)
      try Files.write("\(folder)/texts.txt", text: Self.texts.map { "\($0)\n" }.joined())
      try Files.write(
        "\(folder)/lists.jsonl", text: #"{"query": "a fox", "positive": "quick fox", "negative": ["dog", "letters"]}"#)
      let lines: [(words: [String], output: String)] = [
        (["evaluate", "similarity", "model", "pairs.csv"], "similarity on pairs.csv: 45 pairs\n"),
        (["evaluate", "pairs", "model", "pairs.csv"], "pairs of pairs.csv: 5 that belong together, 40 that do not\n"),
        (["evaluate", "reranking", "model", "lists.jsonl"], "reranking of lists.jsonl: 1 queries\n"),
        (["evaluate", "retrieval", "model", "pairs.csv"], "search on pairs.csv: 8 queries, 9 documents\n"),
        (
          ["evaluate", "paraphrases", "model", "pairs.csv"],
          "paraphrases of pairs.csv: 9 texts, 5 pairs that belong together\n"
        ),
        (
          ["paraphrases", "model", "texts.txt", "-k", "2"],
          "1.000  the quick fox\n       the quick fox   (rows 0 and 8)\n"
        ),
      ]
      for (words, output) in lines {
        let run = try startKindred(words, in: folder)
        #expect(run.wait() == .exited(0), "\(words): \(run.errors)")
        #expect(run.output.hasPrefix(output), "\(run.output)")
      }
      let (ending, run) = try kindred("paraphrases", "model", "texts.txt", "--no-equal", "-o", "p.csv", in: folder)
      #expect(ending == .exited(0) && run.errors == "wrote 44 pairs to p.csv\n" && run.output.isEmpty)
      let written = try TextTable(contentsOf: "\(folder)/p.csv")
      #expect(written.columns == ["similarity", "first_row", "second_row", "first", "second"] && written.count == 44)

      let wrong: [(words: [String], code: Int32, message: String)] = [
        (
          ["paraphrases", "model", "texts.txt", "-o", "p.npy"], 1,
          "p.npy: its ending stands for no format; name a file that ends in .csv, .tsv or .jsonl"
        ),
        (["evaluate", "pairs"], 2, "missing MODEL: measure a model on pairs, or --embeddings of any tool"),
        (["evaluate", "pairs", "model"], 2, "missing PAIRS: measure a model on pairs, or --embeddings of any tool"),
        (
          ["evaluate", "pairs", "--embeddings", "a.npy"], 2,
          "--embeddings needs the rows they belong to; add --partners B.npy"
        ),
        (
          ["evaluate", "similarity", "model", "pairs.csv", "--score", "grade"], 1,
          "pairs.csv: has no column 'grade'; choose one of sentence1, sentence2, is_duplicate, score with --score"
        ),
        (
          ["evaluate", "retrieval", "model", "model"], 1,
          "model/corpus.jsonl: cannot be opened (no such file or directory); check the path"
        ),
      ]
      for (words, code, message) in wrong {
        let run = try startKindred(words, in: folder)
        #expect(run.wait() == .exited(code), "\(words)")
        #expect(run.errors == "kindred: \(message)\n", "\(run.errors)")
      }
    }
  }
}

@Suite struct TableExportTests {
  @Test(arguments: [
    ("a.csv", "name,value\nplain,1\n\"a, \"\"b\"\"\nc\",0.25\n"),
    ("a.tsv", "name\tvalue\nplain\t1\na, \"b\" c\t0.25\n"),
    ("a.jsonl", "{\"name\": \"plain\", \"value\": 1}\n{\"name\": \"a, \\\"b\\\"\\nc\", \"value\": 0.25}\n"),
  ]) func formatsAreReadBack(name: String, expected: String) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/\(name)"
      try TableExport(to: path).write(
        columns: ["name", "value"],
        rows: [[.text("plain"), .number(1)], [.text("a, \"b\"\nc"), .number(0.25)]])
      #expect(try Files.text(of: path) == expected)
      let table = try TextTable(contentsOf: path)
      #expect(try table.texts(0..<2, column: table.column("value")) == ["1", "0.25"])
      if !name.hasSuffix("tsv") { #expect(try table.texts(1..<2, column: table.column("name")) == ["a, \"b\"\nc"]) }
    }
  }
}
