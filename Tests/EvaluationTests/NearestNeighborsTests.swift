import Basics
import Evaluation
import TestSupport
import Tensors
import Testing

@Suite struct NearestNeighborsTests {
  private let gallery = peerInput(40, 6, 0.37, 1.3)
  private let queries = peerInput(25, 6, 0.41, 1.1)
  private let galleryLabels = (0..<40).map { ($0 * $0) % 7 }
  private let labels = (0..<25).map { ($0 * 3) % 7 }

  @Test(
    arguments: [
      NearestNeighbors.Weighting.cosine(temperature: 0.1), .cosine(temperature: 0.001), .euclidean(),
      .euclidean(epsilon: 1),
    ], [1, 5, 20, 200])
  func agreesWithPlainLoops(weighting: NearestNeighbors.Weighting, k: Int) throws {
    let classifier = NearestNeighbors(k: k, weighting: weighting)
    let actual = try classifier.evaluate(
      queries: queries, labels: labels, gallery: gallery, galleryLabels: galleryLabels, classes: 7)
    let guesses = PlainEmbeddings(queries).rows.map { query in
      self.guesses(of: query, PlainEmbeddings(gallery).rows, galleryLabels, k, weighting)
    }
    #expect(actual == figures(guesses, labels))
  }

  @Test(arguments: [1, 5, 100])
  func leavingOneOutAgreesWithPlainLoops(k: Int) throws {
    let actual = try NearestNeighbors(k: k).evaluateLeavingOneOut(gallery, labels: galleryLabels, classes: 7)
    let rows = PlainEmbeddings(gallery).rows
    let guesses = rows.indices.map { i in
      let others = rows.indices.filter { $0 != i }
      return self.guesses(
        of: rows[i], others.map { rows[$0] }, others.map { galleryLabels[$0] }, k, .cosine(temperature: 0.1))
    }
    #expect(actual == figures(guesses, galleryLabels))
  }

  // pytorch-metric-learning's precision at 1 is the accuracy of one neighbour.
  @Test func oneNeighborAgreesWithPrecisionAtOneOfAPeer() throws {
    let (x, y) = (PeerEmbeddings.embeddings, PeerEmbeddings.labels)
    let one = NearestNeighbors(k: 1)
    #expect(abs(try one.evaluateLeavingOneOut(x, labels: y, classes: 6).top1 - 0.983333) < 1e-6)
    let apart = try one.evaluate(
      queries: x[0..<20], labels: Array(y[..<20]), gallery: x[20..<60], galleryLabels: Array(y[20...]), classes: 6)
    #expect(apart.top1 == 1)
    #expect(apart.count == 20)
  }

  @Test func itemsWithoutLabelTakeNoPart() throws {
    let some: [Int?] = labels.enumerated().map { $0.offset % 3 == 0 ? nil : $0.element }
    let someGallery: [Int?] = galleryLabels.enumerated().map { $0.offset % 4 == 1 ? nil : $0.element }
    let asked = some.indices.filter { some[$0] != nil }
    let known = someGallery.indices.filter { someGallery[$0] != nil }
    let classifier = NearestNeighbors(k: 5)
    let actual = try classifier.evaluate(
      queries: queries, labels: some, gallery: gallery, galleryLabels: someGallery, classes: 7)
    let expected = try classifier.evaluate(
      queries: queries.items(at: asked), labels: asked.map { labels[$0] }, gallery: gallery.items(at: known),
      galleryLabels: known.map { galleryLabels[$0] }, classes: 7)
    #expect(actual == expected)
    #expect(actual.count == asked.count)
  }

  @Test func tiedClassesGoToTheLowerOneAndClassesWithoutVotesAreNotGuessed() throws {
    // One vector everywhere: classes 3 and 1 have two votes each, class 4 one, the others none.
    let same = Tensor([1, 2] as [Float], shape: [1, 2])
    func accuracy(of truth: Int) throws -> ClassificationAccuracy {
      try NearestNeighbors().evaluate(
        queries: same, labels: [truth], gallery: same.expanded(to: [5, 2]), galleryLabels: [3, 1, 1, 3, 4], classes: 9)
    }
    #expect(try accuracy(of: 1) == ClassificationAccuracy(top1: 1, top5: 1, count: 1))
    #expect(try accuracy(of: 3) == ClassificationAccuracy(top1: 0, top5: 1, count: 1))
    #expect(try accuracy(of: 4) == ClassificationAccuracy(top1: 0, top5: 1, count: 1))
    #expect(try accuracy(of: 0) == ClassificationAccuracy(top1: 0, top5: 0, count: 1))
  }

  @Test func oneClassIsAlwaysRight() throws {
    let figures = try NearestNeighbors().evaluateLeavingOneOut(
      gallery, labels: [Int?](repeating: 0, count: 40), classes: 1)
    #expect(figures == ClassificationAccuracy(top1: 1, top5: 1, count: 40))
  }

  @Test func whatCannotBeMeasuredIsSaid() throws {
    let classifier = NearestNeighbors()
    let none = [Int?](repeating: nil, count: 25)
    #expect(throws: InputError("no query of 25 has a label", remedy: "take a source with classes")) {
      try classifier.evaluate(
        queries: queries, labels: none, gallery: gallery, galleryLabels: galleryLabels, classes: 7)
    }
    #expect(throws: InputError("there is no query to compare", remedy: "take a source with classes")) {
      try classifier.evaluate(
        queries: .zeros([0, 6]), labels: [], gallery: gallery, galleryLabels: galleryLabels, classes: 7)
    }
    #expect(throws: InputError.self) {
      try classifier.evaluateLeavingOneOut(gallery[0..<1], labels: [0], classes: 7)
    }
    let broken = gallery.filled(where: Tensor.range(0..<40).unsqueezed(1) .== 17, with: .nan)
    let error = #expect(throws: InputError.self) {
      try classifier.evaluate(
        queries: queries, labels: labels, gallery: broken, galleryLabels: galleryLabels, classes: 7)
    }
    #expect(error?.place == "gallery item 17")
  }

  /// The classes with votes, most votes first.
  private func guesses(
    of query: [Double], _ rows: [[Double]], _ labels: [Int], _ k: Int, _ weighting: NearestNeighbors.Weighting
  ) -> [Int] {
    let nearest = rows.indices.map { i -> (nearness: Double, weight: Double, label: Int) in
      switch weighting {
      case .cosine(let t):
        let s = PlainEmbeddings.cosine(query, rows[i])
        return (s, .exp((s - 1) / t), labels[i])
      case .euclidean(let epsilon):
        let d = PlainEmbeddings.distance(query, rows[i])
        return (-d, 1 / (d + epsilon), labels[i])
      }
    }.sorted { $0.nearness > $1.nearness }.prefix(k)
    let votes = Dictionary(nearest.map { ($0.label, $0.weight) }, uniquingKeysWith: +)
    return votes.sorted { ($0.value, -$0.key) > ($1.value, -$1.key) }.map(\.key)
  }

  private func figures(_ guesses: [[Int]], _ labels: [Int]) -> ClassificationAccuracy {
    let n = Double(labels.count)
    return ClassificationAccuracy(
      top1: Double(zip(guesses, labels).filter { $0.first == $1 }.count) / n,
      top5: Double(zip(guesses, labels).filter { $0.prefix(5).contains($1) }.count) / n, count: labels.count)
  }
}

extension NearestNeighborsTests {
  /// The share of guesses that are right is the accuracy, for both ways of weighing.
  @Test(arguments: [NearestNeighbors.Weighting.cosine(temperature: 0.1), .euclidean()])
  func guessesAreThoseThatAreCounted(weighting: NearestNeighbors.Weighting) throws {
    // Half of what makes the classes easy to tell.
    let labels = PeerEmbeddings.labels
    let rows = PeerEmbeddings.embeddings.to(.float64) + peerInput(60, 8, 0.73, 2.1) * 0.5
    let neighbors = NearestNeighbors(k: 7, weighting: weighting)
    let (queries, gallery) = (rows[0..<25], rows[25..<60])
    let (truths, known) = (Array(labels[0..<25]), Array(labels[25..<60]))
    let guesses = try neighbors.guesses(queries: queries, gallery: gallery, galleryLabels: known, classes: 6)
    let accuracy = try neighbors.evaluate(
      queries: queries, labels: truths, gallery: gallery, galleryLabels: known, classes: 6)
    let right = zip(guesses, truths).count { $0 == $1 }
    #expect(Double(right) / 25 == accuracy.top1 && right > 5 && right < 25)
    #expect(ConfusionMatrix(labels: truths, guesses: guesses, classes: 6).accuracy == accuracy.top1)
  }
}
