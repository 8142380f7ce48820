import Basics
import TestSupport
import Tensors
import Testing

@testable import Evaluation

/// Everything that is found, by labels.
@Suite struct RankingTests {
  private static func goldens() throws -> (rows: Tensor, labels: [Int?], Goldens) {
    let goldens = try Goldens("partitions")
    let labels = goldens["retrieval.labels"].values(as: Double.self).map { Int($0) }
    return (goldens["retrieval.rows", .float32], labels, goldens)
  }

  private static func expect(_ figures: RetrievalFigures, equal theirs: [Double]) {
    let ours = [
      figures.recall[1]!, figures.rPrecision, figures.meanAveragePrecisionAtR, figures.meanAveragePrecision,
      figures.meanReciprocalRank,
    ]
    // It averages in float32.
    for (ours, theirs) in zip(ours, theirs) { #expect(abs(ours - theirs) < 1e-7, "\(ours) \(theirs)") }
  }

  @Test func agreesWithPytorchMetricLearning() throws {
    let (rows, labels, goldens) = try Self.goldens()
    let alone = try Retrieval().evaluate(queries: rows, gallery: rows, relevance: .labelsLeavingOneOut(labels))
    Self.expect(alone, equal: goldens["retrieval.alone"].values(as: Double.self))
    #expect(alone.withoutRelevant == 1)
    let apart = try Retrieval().evaluate(
      queries: rows[0..<30], gallery: rows[30..<90],
      relevance: .labels(queries: Array(labels[..<30]), gallery: Array(labels[30...])))
    Self.expect(apart, equal: goldens["retrieval.apart"].values(as: Double.self))
    #expect(apart.withoutRelevant == 3)
    for (k, gain) in zip([1, 5, 10], goldens["retrieval.gain"].values(as: Double.self)) {
      #expect(abs(apart.gain[k]! - gain) < 1e-9)
    }
  }

  // PEERS' published figures of the same class on other embeddings.
  @Test func agreesWithPublishedFigures() throws {
    let (x, y) = (PeerEmbeddings.embeddings, PeerEmbeddings.labels.map(Optional.some))
    let alone = try Retrieval().evaluate(queries: x, gallery: x, relevance: .labelsLeavingOneOut(y))
    for (ours, theirs) in [
      (alone.precision[1]!, 0.983333), (alone.rPrecision, 0.353704), (alone.meanAveragePrecisionAtR, 0.309301),
      (alone.meanAveragePrecision, 0.456348), (alone.meanReciprocalRank, 0.991667),
    ] { #expect(abs(ours - theirs) < 1e-6) }
  }

  @Test func listsAndLabelsSayTheSame() throws {
    let (rows, labels, _) = try Self.goldens()
    let (queries, gallery) = (rows[0..<30], rows[30..<90])
    let lists = (0..<30).map { query in (30..<90).filter { labels[$0] == labels[query] }.map { $0 - 30 } }
    let byList = try Retrieval().rankings(queries: queries, gallery: gallery, relevance: .lists(lists))
    let byLabel = try Retrieval().rankings(
      queries: queries, gallery: gallery,
      relevance: .labels(queries: Array(labels[..<30]), gallery: Array(labels[30...])))
    #expect(byList == byLabel)
  }

  @Test func agreesWithASortOfEverything() throws {
    let rows = peerInput(40, 6, 0.41, 1.1)
    let labels: [Int?] = (0..<40).map { $0 % 7 == 3 ? nil : $0 * $0 % 5 }
    let cutoffs = [1, 4, 50]
    let rankings = try Retrieval(cutoffs: cutoffs).rankings(
      queries: rows, gallery: rows, relevance: .labelsLeavingOneOut(labels))
    let plain = PlainEmbeddings(rows).rows
    for query in 0..<40 {
      let order = (0..<40).filter { $0 != query }
        .sorted { PlainEmbeddings.cosine(plain[query], plain[$0]) > PlainEmbeddings.cosine(plain[query], plain[$1]) }
      let ranks = order.indices.filter { labels[query] != nil && labels[order[$0]] == labels[query] }.map { $0 + 1 }
      #expect(rankings[query] == (ranks.isEmpty ? nil : QueryRanking(ranks: ranks, cutoffs: cutoffs)))
    }
  }

  @Test func figuresOfKnownRanks() {
    let ranking = QueryRanking(ranks: [1, 3, 10], cutoffs: [1, 2, 5, 20])
    #expect(abs(ranking.averagePrecision - (1 + 2.0 / 3 + 3.0 / 10) / 3) < 1e-15)
    #expect(abs(ranking.averagePrecisionAtR - (1 + 2.0 / 3) / 3) < 1e-15)
    #expect(abs(ranking.rPrecision - 2.0 / 3) < 1e-15)
    #expect(ranking.found == [1, 1, 2, 3])
    #expect(ranking.gain[0] == 1)
    // log₂ of 2, 4 and 11 against 2, 3 and 4.
    let most = 1 + 1 / (Double.log(3) / .log(2)) + 0.5
    #expect(abs(ranking.gain[3] - (1 + 0.5 + 1 / (Double.log(11) / .log(2))) / most) < 1e-12)
  }

  @Test func aCollapsedEncoderRanksLast() throws {
    let figures = try Retrieval(cutoffs: [1]).evaluate(
      queries: .ones([12, 5]), gallery: .ones([12, 5]), relevance: .labelsLeavingOneOut((0..<12).map { $0 % 3 }))
    #expect(figures.recall[1] == 0)
    // 8 of other classes come first, then the own 3.
    #expect(figures.medianRank == 9)
    #expect(abs(figures.meanAveragePrecision - (1.0 / 9 + 2.0 / 10 + 3.0 / 11) / 3) < 1e-12)
  }

  @Test func nothingToFind() {
    #expect {
      try Retrieval().evaluate(
        queries: .ones([2, 3]), gallery: .ones([2, 3]), relevance: .labelsLeavingOneOut([0, 1]))
    } throws: {
      "\($0)" == "nothing in the gallery is relevant to any of 2 queries; take queries and a gallery from one source"
    }
  }
}
