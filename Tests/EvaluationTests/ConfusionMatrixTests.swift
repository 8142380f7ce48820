import Testing

@testable import Evaluation

@Suite struct ConfusionMatrixTests {
  private let matrix = ConfusionMatrix(
    labels: [0, 0, 0, 1, 1, 2, nil, 2, 2], guesses: [0, 1, 1, 1, 0, 2, 0, nil, 1], classes: 4)

  @Test func countsItemsWithLabelAndGuess() {
    #expect(matrix.total == 7)
    let expected = [[1, 2, 0, 0], [1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 0, 0]]
    for truth in 0..<4 {
      for guess in 0..<4 { #expect(matrix[truth: truth, guess: guess] == expected[truth][guess]) }
    }
    #expect(matrix.cells.map(\.count) == [1, 2, 1, 1, 1, 1])
  }

  @Test func sharesOfClassesAndOfAll() {
    #expect(matrix.accuracy == 3.0 / 7)
    #expect((0..<4).map { matrix.accuracy(of: $0) } == [1.0 / 3, 0.5, 0.5, nil])
    #expect((0..<4).map { matrix.precision(of: $0) } == [0.5, 0.25, 1, nil])
  }

  @Test func theMostFrequentConfusionComesFirst() {
    #expect(matrix.confusions.map { [$0.truth, $0.guess, $0.count] } == [[0, 1, 2], [1, 0, 1], [2, 1, 1]])
  }

  @Test func nothingIsNoNumber() {
    #expect(ConfusionMatrix(labels: [], guesses: [], classes: 2).accuracy.isNaN)
  }
}
