import Basics
import TestSupport
import Testing

@testable import Kindred

/// Measurements of embeddings that no model of ours made.
@Suite struct EmbeddingInputTests {
  /// Clouds around three centres, and noise between them.
  private static func rows(_ count: Int, seed: UInt64) -> (values: [[Double]], labels: [Int]) {
    var stream = RandomStream(seed: seed)
    let labels = (0..<count).map { _ in stream.integer(below: 3) }
    let values = labels.map { label in (0..<4).map { ($0 == label ? 1.2 : 0) + stream.normal() } }
    return (values, labels)
  }

  private static func write(_ rows: [[Double]], _ path: String) throws {
    try NumPyFile.write(Tensor(rows.flatMap { $0 }, shape: [rows.count, 4]), to: path)
  }

  private static func context(
    _ folder: String, beside others: Int? = nil
  ) throws -> (
    MeasurementContext, own: (values: [[Double]], labels: [Int]), others: (values: [[Double]], labels: [Int])
  ) {
    let (own, further) = (rows(40, seed: 1), rows(others ?? 1, seed: 2))
    for (name, set) in [("x", own), ("t", further)] {
      try write(set.values, "\(folder)/\(name).npy")
      try Files.write("\(folder)/\(name).txt", text: set.labels.map { "class \($0)\n" }.joined())
    }
    let paths = ["x", "t"].map { EmbeddingSource.Paths("\(folder)/\($0).npy", labels: "\(folder)/\($0).txt") }
    let source = try EmbeddingSource(paths[0], learned: others == nil ? nil : paths[1])
    return (MeasurementContext(source), own, further)
  }

  private static func cosine(_ x: [Double], _ y: [Double]) -> Double {
    func product(_ x: [Double], _ y: [Double]) -> Double { zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } }
    return product(x, y) / (product(x, x) * product(y, y)).squareRoot()
  }

  /// The places of others, the nearest first.
  private static func nearest(_ row: [Double], in others: [[Double]], but own: Int? = nil) -> [Int] {
    others.indices.filter { $0 != own }.sorted { cosine(row, others[$0]) > cosine(row, others[$1]) }
  }

  @Test func theNearestOtherVotes() throws {
    try withTemporaryFolder { folder in
      let (context, own, _) = try Self.context(folder)
      let right = own.values.indices.count {
        own.labels[Self.nearest(own.values[$0], in: own.values, but: $0)[0]] == own.labels[$0]
      }
      let table = try NeighborMeasurement(neighbors: 1, temperature: 0.1, label: nil, variant: "cosine").measure(
        context)
      #expect(table.rows.map(\.name) == ["embeddings"])
      #expect(table.rows[0].values[0] == Double(right) / 40)
      #expect(table.title.hasSuffix("x.npy, label (3 classes): 40 items, for each of which all others vote"))
    }
  }

  @Test func theNearestOfASecondArrayVotes() throws {
    try withTemporaryFolder { folder in
      let (context, own, others) = try Self.context(folder, beside: 25)
      let right = own.values.indices.count {
        others.labels[Self.nearest(own.values[$0], in: others.values)[0]] == own.labels[$0]
      }
      let table = try NeighborMeasurement(neighbors: 1, temperature: 0.1, label: nil, variant: "cosine").measure(
        context)
      #expect(table.rows[0].values[0] == Double(right) / 40)
    }
  }

  @Test func queriesSearchAGallery() throws {
    try withTemporaryFolder { folder in
      let (context, own, others) = try Self.context(folder, beside: 25)
      var (first, precision) = (0.0, 0.0)
      for (row, label) in zip(own.values, own.labels) {
        let order = Self.nearest(row, in: others.values)
        let ranks = order.indices.filter { others.labels[order[$0]] == label }.map { $0 + 1 }
        first += ranks[0] == 1 ? 1 : 0
        precision += zip(1..., ranks).reduce(0) { $0 + Double($1.0) / Double($1.1) } / Double(ranks.count)
      }
      let table = try RankingMeasurement(label: nil, in: .train).measure(context)
      #expect(abs(try #require(table.rows[0].values[0]) - first / 40) < 1e-12)
      #expect(abs(try #require(table.rows[0].values[4]) - precision / 40) < 1e-12)
      #expect(table.rows[1].name == "chance")
      #expect(table.title.hasSuffix("40 items kept for measuring, searched for among 25 to learn from"))
      #expect(try RankingMeasurement(label: nil).measure(context).rows[0] != table.rows[0])
    }
  }

  @Test func partnersFindEachOther() throws {
    try withTemporaryFolder { folder in
      let first = Self.rows(30, seed: 3).values
      var stream = RandomStream(seed: 4)
      let second = first.map { $0.map { $0 + stream.normal() } }
      try Self.write(first, "\(folder)/a.npy")
      try Self.write(second, "\(folder)/b.npy")
      let groups = (0..<30).map { $0 < 6 ? "g" : $0 % 2 == 0 ? "row \($0)" : "" }
      try Files.write("\(folder)/g.txt", text: groups.map { "\($0)\n" }.joined())
      func hits(_ a: [[Double]], _ b: [[Double]], _ belongs: (Int, Int) -> Bool) -> Double {
        Double(a.indices.count { i in Self.nearest(a[i], in: b).prefix(5).contains { belongs(i, $0) } }) / 30
      }
      let alone = try RetrievalMeasurement().measure(EmbeddingPairs("\(folder)/a.npy", "\(folder)/b.npy"))
      #expect(alone.rows.map(\.name) == ["embeddings → partners", "partners → embeddings", "chance"])
      #expect(alone.rows[0].values[1] == hits(first, second) { $0 == $1 })
      #expect(alone.rows[1].values[1] == hits(second, first) { $0 == $1 })
      #expect(abs(try #require(alone.rows[2].values[1]) - 5.0 / 30) < 1e-12)
      let grouped = try RetrievalMeasurement().measure(
        EmbeddingPairs("\(folder)/a.npy", "\(folder)/b.npy", labels: "\(folder)/g.txt"))
      #expect(grouped.rows[0].values[1] == hits(first, second) { $0 == $1 || $0 < 6 && $1 < 6 })
    }
  }

  @Test func givenPairsAreVerified() throws {
    try withTemporaryFolder { folder in
      let first = Self.rows(50, seed: 5).values
      var stream = RandomStream(seed: 6)
      let same = first.indices.map { $0 % 3 == 0 }
      let second = zip(first, same).map { row, isSame in row.map { (isSame ? $0 : 0) + stream.normal() } }
      try Self.write(first, "\(folder)/a.npy")
      try Self.write(second, "\(folder)/b.npy")
      try Files.write("\(folder)/same.txt", text: same.map { $0 ? "1\n" : "0\n" }.joined())
      let pairs = try EmbeddingPairs("\(folder)/a.npy", "\(folder)/b.npy", labels: "\(folder)/same.txt")
      let table = try VerificationMeasurement.measure(pairs)
      let scores = zip(first, second).map(Self.cosine)
      let expected = try Verification(scores: scores, same: same)
      let values = try table.rows[0].values.map { try #require($0) }
      let known = try #require(try Verification.crossValidatedAccuracy(scores: scores, same: same))
      for (value, figure) in zip(values, [known, expected.areaUnderCurve, expected.averagePrecision]) {
        #expect(abs(value - figure) < 1e-9)
      }
      #expect(table.title.hasSuffix("17 that belong together, 33 that do not"))
    }
  }

  @Test func everyCommandTakesThem() throws {
    try withTemporaryFolder { folder in
      _ = try Self.context(folder, beside: 25)
      let rows = ["--embeddings", "x.npy", "--labels", "x.txt"]
      let train = ["--train-embeddings", "t.npy", "--train-labels", "t.txt"]
      let lines = [
        ["knn"] + rows, ["knn"] + rows + train, ["linear"] + rows + train, ["clusters"] + rows, ["ranking"] + rows,
        ["ranking"] + rows + ["--gallery-embeddings", "t.npy", "--gallery-labels", "t.txt", "--json"],
        ["verification"] + rows + ["--pairs", "50"], ["verification"] + rows + train + ["--pairs", "50"],
        ["verification", "--embeddings", "x.npy", "--partners", "x.npy", "--same", "same.txt"],
        ["retrieval", "--embeddings", "x.npy", "--partners", "x.npy"],
      ]
      try Files.write("\(folder)/same.txt", text: (0..<40).map { $0 < 9 ? "1\n" : "0\n" }.joined())
      for line in lines {
        let run = try startKindred(["evaluate"] + line, in: folder)
        #expect(run.wait() == .exited(0), "\(line): \(run.errors)")
        #expect(run.output.contains("embeddings"), "\(line)")
        #expect(run.errors.isEmpty)
      }
    }
  }

  @Test(arguments: [
    ("knn", 2, "missing MODEL: measure a model on a source, or --embeddings of any tool"),
    ("knn run", 2, "missing SOURCE: measure a model on a source, or --embeddings of any tool"),
    ("knn run photos --embeddings x.npy", 2, "--embeddings stand in place of a model and a source; leave out 'run'"),
    ("knn --embeddings x.npy", 2, "--embeddings needs the labels of its rows; add --labels, such as --labels y.npy"),
    ("knn --labels x.txt", 2, "missing MODEL"),
    (
      "knn --embeddings x.npy --labels x.txt --train-embeddings t.npy", 2,
      "--train-embeddings and --train-labels go together; give both"
    ),
    (
      "linear --embeddings x.npy --labels x.txt", 2,
      "there is nothing to learn from; add --train-embeddings and --train-labels"
    ),
    ("verification --embeddings x.npy --partners t.npy", 2, "--partners needs to know which pairs belong together"),
    ("retrieval --embeddings x.npy", 2, "--embeddings needs the rows they belong to; add --partners B.npy"),
    ("copies --embeddings x.npy", 2, "unknown option --embeddings"),
    ("knn --embeddings x.npy --labels t.txt", 1, "t.txt: has 25 labels; x.npy has 40 rows"),
    (
      "knn --embeddings x.npy --labels x.txt --label kind", 1, "x.npy: has no labels called 'kind'; choose one of label"
    ),
  ])
  func mistakesAreOneLine(line: String, code: Int32, message: String) throws {
    try withTemporaryFolder { folder in
      _ = try Self.context(folder, beside: 25)
      let run = try startKindred(["evaluate"] + line.split(separator: " ").map(String.init), in: folder)
      #expect(run.wait() == .exited(code))
      #expect(run.errors.hasPrefix("kindred: \(message)"), "\(run.errors)")
      #expect(run.errors.split(separator: "\n").count == 1)
      #expect(run.output.isEmpty)
    }
  }
}
