import Basics
import TestSupport
import Tensors
import Testing

@testable import Evaluation

@Suite struct FewShotClassifierTests {
  private let rows = PeerEmbeddings.embeddings
  private let labels: [Int?] = PeerEmbeddings.labels

  @Test(arguments: [1, 3]) func meansAndNeighboursAgreeWithPlainLoops(shots: Int) throws {
    let episodes = try Episodes(ways: 4, shots: shots, queries: 5, trials: 20).drawn(from: labels)
    let plain = PlainEmbeddings(rows.to(.float64).normalized()).rows
    func share(_ episode: Episode, _ score: ([Double], [[Double]]) -> Double) -> Double {
      var right = 0
      for (way, items) in episode.queries.enumerated() {
        for item in items {
          let scores = episode.support.map { score(plain[item], $0.map { plain[$0] }) }
          if scores.indices.allSatisfy({ $0 == way || scores[$0] < scores[way] }) { right += 1 }
        }
      }
      return Double(right) / Double(episode.queries.joined().count)
    }
    let means = episodes.map { episode in
      share(episode) { query, support in
        let mean = query.indices.map { d in support.reduce(0) { $0 + $1[d] } / Double(support.count) }
        return -PlainEmbeddings.distance(query, mean)
      }
    }
    let nearest = episodes.map { episode in
      share(episode) { query, support in support.map { PlainEmbeddings.cosine(query, $0) }.max()! }
    }
    // Of any norm: embeddings are scaled to unit length.
    let scaled = rows * (Tensor.range(0..<60).to(.float32).unsqueezed(1) + 1)
    #expect(try FewShotClassifier.nearestMean.accuracies(on: episodes, labelled: scaled, asked: scaled) == means)
    #expect(try FewShotClassifier.nearestNeighbor.accuracies(on: episodes, labelled: rows, asked: rows) == nearest)
    #expect(Set(means).count > 3, "a measurement that says the same of every trial would pass")
    #expect((means == nearest) == (shots == 1))
  }

  @Test func linearIsTheProbeOfRowsAtUnitLength() throws {
    let episodes = try Episodes(ways: 3, shots: 4, queries: 5, trials: 4).drawn(from: labels)
    let found = try FewShotClassifier.linear.accuracies(on: episodes, labelled: rows, asked: rows)
    for (episode, accuracy) in zip(episodes, found) {
      let classes = episode.support.enumerated().flatMap { way, items in items.map { _ in way } }
      let truth = episode.queries.enumerated().flatMap { way, items in items.map { _ in way } }
      let unit = rows.to(.float64).normalized()
      let probe = try LinearProbe(scaling: .none)
        .fit(unit.items(at: episode.support.flatMap(\.self)), labels: classes, classes: 3)
      let expected = try probe.accuracy(on: unit.items(at: episode.queries.flatMap(\.self)), labels: truth).top1
      #expect(abs(accuracy - expected) < 1e-12)
    }
  }

  @Test(arguments: FewShotClassifier.allCases) func separateClassesAreAllToldAndACollapsedEncoderTellsNone(
    classifier: FewShotClassifier
  ) throws {
    let apart = Tensor.identity(6).items(at: PeerEmbeddings.labels)
    let drawn = Episodes(ways: 5, shots: 2, queries: 3, trials: 4)
    #expect(
      try classifier.accuracies(on: drawn.drawn(from: labels), labelled: apart, asked: apart) == [1, 1, 1, 1])
    let point = Tensor.full([60, 6], 0.3)
    #expect(
      try classifier.accuracies(on: drawn.drawn(from: labels), labelled: point, asked: point) == [0, 0, 0, 0])
  }

  @Test func moreQueriesThanABlockHoldsAddUp() throws {
    let asked = Tensor.concatenation([Tensor](repeating: rows, count: 100))
    let all = (0..<100).flatMap { _ in labels }
    let drawn = Episodes(ways: nil, shots: 3, queries: nil, trials: 2)
    let once = try FewShotClassifier.nearestMean.accuracies(
      on: drawn.drawn(labelled: labels, asked: labels), labelled: rows, asked: rows)
    let often = try FewShotClassifier.nearestMean.accuracies(
      on: drawn.drawn(labelled: labels, asked: all), labelled: rows, asked: asked)
    for (once, often) in zip(once, often) { #expect(abs(once - often) < 1e-12) }
  }

  @Test func refusesWhatIsNoNumber() throws {
    let broken = rows.filled(where: Tensor.range(0..<60).unsqueezed(1) .== 7, with: .nan)
    let episodes = try Episodes(ways: 2, shots: 1, queries: 1, trials: 1).drawn(from: labels)
    let error = #expect(throws: InputError.self) {
      try FewShotClassifier.nearestMean.accuracies(on: episodes, labelled: rows, asked: broken)
    }
    #expect(error?.place == "item 7")
  }
}
