import Tensors
import TestSupport
import Testing

@testable import Evaluation

@Suite struct ClassGuessTests {
  @Test func equalScoresGoToTheLowerClassAndTheFloorIsNeverGuessed() {
    let scores = [0.0, 2, 3, 2, 3]
    func guess(_ truth: Int, floor: Double = 0) -> ClassGuess { ClassGuess(scores: scores, truth: truth, floor: floor) }
    #expect((0..<5).map { guess($0).rank } == [nil, 3, 1, 4, 2])
    #expect((0..<5).allSatisfy { guess($0).guess == 2 && guess($0).truth == $0 })
    #expect(guess(0, floor: -1).rank == 5)
    #expect(ClassGuess(scores: [0, 0], truth: 1, floor: 0) == ClassGuess(truth: 1, guess: nil, rank: nil))
    #expect(guess(3).share == 0.3 && guess(3).ownShare == 0.2 && guess(0).ownShare == 0)
    let unseen = ClassGuess(scores: [-.infinity, 0.25, 0.75], truth: 0, floor: -.infinity)
    #expect(unseen.share == 0.75 && unseen.ownShare == 0)
    #expect(guess(3).isRight(among: 4) && !guess(3).isRight(among: 3) && !guess(0).isRight(among: 5))
    #expect(
      ClassificationAccuracy((0..<5).map { guess($0) }) == ClassificationAccuracy(top1: 0.2, top5: 0.8, count: 5))
    #expect(ClassificationAccuracy([]) == ClassificationAccuracy(top1: 0, top5: 0, count: 0))
  }

  /// What is judged is what is guessed, and its share of right ones is the accuracy.
  @Test func judgedAsGuessed() throws {
    let labels: [Int?] = PeerEmbeddings.labels.enumerated().map { $0 % 7 == 3 ? nil : $1 }
    let rows = PeerEmbeddings.embeddings.to(.float64) + peerInput(60, 8, 0.73, 2.1) * 0.5
    let classes = labels.compactMap { $0 }.max()! + 1
    let (test, train) = (0..<20, 20..<60)
    let (truths, known) = (Array(labels[test]), Array(labels[train]))
    let asked = test.filter { labels[$0] != nil }

    let neighbors = NearestNeighbors(k: 7)
    let judged = try neighbors.judgedGuesses(
      queries: rows[test], labels: truths, gallery: rows[train], galleryLabels: known, classes: classes)
    let guesses = try neighbors.guesses(
      queries: rows[test], gallery: rows[train], galleryLabels: known, classes: classes)
    #expect(judged.map(\.truth) == asked.map { labels[$0]! })
    #expect(judged.map(\.guess) == asked.map { guesses[$0] })
    #expect(judged.allSatisfy { ($0.rank == 1) == ($0.guess == $0.truth) })

    let probe = try LinearProbe().fit(rows[train], labels: known, classes: classes)
    let told = try probe.judgedGuesses(of: rows[test], labels: truths)
    let predictions = try probe.predictions(of: rows[test])
    #expect(told.map(\.guess) == asked.map { predictions[$0] })
    #expect(try ClassificationAccuracy(told) == probe.accuracy(on: rows[test], labels: truths))
  }
}
