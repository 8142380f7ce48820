import Basics
import TestSupport
import Testing

@testable import Kindred

/// Measurements of a sentence encoder on labelled texts.
@Suite struct TextEvaluationTests {
  private static let words = ["fox", "dog", "contrastive", "similar", "lazy", "quick", "brown", "learning"]

  /// Sixty texts of three classes, each with the words of its class before others.
  private static func write(to folder: String) throws {
    try SmallSentenceModel.write(to: "\(folder)/model")
    var stream = RandomStream(seed: 1)
    var (lines, tests, labels) = ("split\tintent\ttext\n", "", "")
    var (trains, trainLabels) = ("", "")
    for row in 0..<60 {
      let kind = row % 3
      let text = "\(words[kind]) \(words[stream.integer(below: 8)]) \(words[stream.integer(below: 8)])"
      lines += "\(row < 40 ? "train" : "test")\tclass \(kind)\t\(text)\n"
      if row < 40 { trains += text + "\n" } else { tests += text + "\n" }
      if row < 40 { trainLabels += "class \(kind)\n" } else { labels += "class \(kind)\n" }
    }
    try Files.write("\(folder)/texts.tsv", text: lines)
    for (name, text) in [("x.txt", tests), ("y.txt", labels), ("t.txt", trains), ("u.txt", trainLabels)] {
      try Files.write("\(folder)/\(name)", text: text)
    }
  }

  private static func context(_ folder: String) throws -> TextContext {
    try TextContext(
      model: SentenceModel(contentsOf: "\(folder)/model", precision: .float32),
      source: LabelledTexts(TextTable(contentsOf: "\(folder)/texts.tsv")))
  }

  /// The figures of the model are those of its embeddings from files.
  @Test func figuresAreThoseOfTheEmbeddings() throws {
    try withTemporaryFolder { folder in
      try Self.write(to: folder)
      let texts = MeasurementContext(try Self.context(folder))
      let model = try SentenceModel(contentsOf: "\(folder)/model", precision: .float32)
      for name in ["x", "t"] {
        let table = try TextTable(contentsOf: "\(folder)/\(name).txt")
        try NumPyFile.write(model.embeddings(of: table.texts(0..<table.count)), to: "\(folder)/\(name).npy")
      }
      let arrays = MeasurementContext(
        try EmbeddingSource(
          .init("\(folder)/x.npy", labels: "\(folder)/y.txt"),
          learned: .init("\(folder)/t.npy", labels: "\(folder)/u.txt")))
      let measurements: [(MeasurementContext) throws -> Table] = [
        NeighborMeasurement(neighbors: 5, temperature: 0.1, label: nil, variant: "cosine").measure,
        LinearMeasurement(label: nil).measure, RankingMeasurement(label: nil).measure,
        ClusterMeasurement(label: nil).measure, VerificationMeasurement(pairs: 200, label: nil).measure,
        FewShotMeasurement(shots: 2, trials: 5, from: .train, label: nil).measure,
      ]
      for measure in measurements {
        let (found, expected) = (try measure(texts), try measure(arrays))
        #expect(Array(found.rows.map(\.name).prefix(3)) == ["model", "token counts", "untrained"])
        #expect(found.rows[0].values == expected.rows[0].values, "\(found.title)")
        // The classes' own words are counted.
        if found.columns[0] == "top-1" { #expect(found.rows[1].values[0]! > 0.6) }
      }
    }
  }

  @Test func countsAreOfTokens() throws {
    try withTemporaryFolder { folder in
      try SmallSentenceModel.write(to: folder)
      let model = try SentenceModel(contentsOf: folder)
      let counts = TokenCounts(model)
      let rows = counts(["fox dog", "dog fox", "fox", "dog", "fox fox fox", ""])
      #expect(rows.shape == [6, TokenCounts.size])
      let (all, width) = (rows.values(as: Double.self), TokenCounts.size)
      func row(_ i: Int) -> [Double] { Array(all[i * width..<(i + 1) * width]) }
      #expect(row(0) == row(1) && row(0) == zip(row(2), row(3)).map(+) && row(4) == row(2).map { 3 * $0 })
      #expect(row(5).allSatisfy { $0 == 0 })
      let tokens = model.tokenizer("fox").count - model.tokenizer("").count
      #expect(tokens > 0 && row(2).reduce(0) { $0 + abs($1) } <= Double(tokens))
      #expect(row(2) != row(3) && row(2).contains { $0 != 0 })
    }
  }

  @Test func twoModelsAreComparedTextByText() throws {
    try withTemporaryFolder { folder in
      try Self.write(to: folder)
      let context = try Self.context(folder)
      let other = context.model.untrained(seed: 9)
      let table = try ModelComparison(neighbors: 5).compare(
        ("a", context.model), ("b", other), on: context.source)
      #expect(table.rows.map(\.name) == ["kNN top-1", "linear top-1", "MAP, same class"])
      let texts = MeasurementContext(context)
      let knn = try NeighborMeasurement(neighbors: 5, temperature: 0.1, label: nil, variant: "cosine").measure(texts)
      #expect(abs(table.rows[0].first - knn.rows[0].values[0]!) < 1e-12)
      #expect(table.rows.allSatisfy { $0.items == 20 })
      let error = #expect(throws: InputError.self) {
        try ModelComparison(by: .copies).compare(("a", context.model), ("b", other), on: context.source)
      }
      #expect(error?.description == "texts are not compared by copies; choose one of knn, linear and ranking")
    }
  }

  /// The command, with a page that shows texts where it errs.
  @Test func theCommandMeasuresTexts() throws {
    try withTemporaryFolder { folder in
      try Self.write(to: folder)
      let (ending, run) = try kindred(
        "evaluate", "knn", "model", "texts.tsv", "-k", "5", "--report", "page.html", "--device", "cpu", in: folder)
      #expect(ending == .exited(0), "\(run.errors)")
      #expect(
        run.output.hasPrefix(
          "nearest neighbours on texts.tsv, intent (3 classes): 20 items kept for measuring, 40 that vote\n"))
      let page = try Files.text(of: "\(folder)/page.html")
      #expect(page.contains("Surest errors") && page.contains("\"text\":\""))
      let (geometry, second) = try kindred("evaluate", "geometry", "model", "texts.tsv", in: folder)
      #expect(geometry == .exited(0) && second.output.contains("token counts"))
      let (comparison, third) = try kindred("compare", "model", "model", "texts.tsv", "--by", "knn", in: folder)
      #expect(comparison == .exited(0) && third.output.contains("kNN top-1"))
    }
  }

  @Test func saysWhatIsMissing() throws {
    try withTemporaryFolder { folder in
      try Self.write(to: folder)
      let lines: [(words: [String], message: String)] = [
        (["knn", "model", "x.txt"], "x.txt: has no labels; give it a column of classes called label"),
        (
          ["knn", "model", "texts.tsv", "--label", "kind"],
          "texts.tsv: has no labels called 'kind'; choose one of intent"
        ),
        (
          ["knn", "model", "texts.tsv", "--column", "body"],
          "texts.tsv: has no column 'body'; choose one of split, intent, text with --column"
        ),
        (["knn", "model", "texts.tsv", "--prompt", "q"], "the model has no prompt called 'q'; choose one of query"),
        (["knn", "model", "nowhere.csv"], "nowhere.csv: cannot be opened (no such file or directory); check the path"),
      ]
      for (words, message) in lines {
        let run = try startKindred(["evaluate"] + words, in: folder)
        #expect(run.wait() == .exited(1))
        #expect(run.errors == "kindred: \(message)\n")
      }
    }
  }
}
