import Evaluation
import TestSupport
import Tensors
import Testing

@Suite struct NearestNeighborsTests {
  @Test(arguments: ["lightly", "soloLearn", "soloLearnEuclidean"])
  func agreesWithScikitLearn(name: String) throws {
    let goldens = try Goldens("evaluation")
    let classifier: NearestNeighbors =
      switch name {
      case "lightly": .lightly
      case "soloLearn": .soloLearn
      default: .soloLearnEuclidean
      }
    let accuracy = classifier.accuracy(
      of: goldens["test"], labels: goldens.labels("testLabels"), gallery: goldens["training"],
      galleryLabels: goldens.labels("trainingLabels"))
    #expect(accuracy.top1 == goldens["knn.\(name)"].item())
    #expect(accuracy.count == 250)
    #expect(accuracy.top5 == 1)
  }

  /// Directions at 0°, 10°, 20° (class 4) and 80°, 90° (class 9).
  private let rows = Tensor([1, 0, 0.985, 0.174, 0.94, 0.342, 0.174, 0.985, 0, 1] as [Double], shape: [5, 2])

  @Test func itemsWithoutLabelNeitherVoteNorCount() {
    let one = NearestNeighbors(k: 1)
    let all = one.accuracyLeavingOneOut(of: rows, labels: [4, 4, 4, 9, 9])
    #expect(all.top1 == 1 && all.count == 5)
    // Without the row at 90° the one at 80° finds class 4 nearest.
    let some = one.accuracyLeavingOneOut(of: rows, labels: [4, nil, 4, 9, nil])
    #expect(some.count == 3)
    #expect(abs(some.top1 - 2.0 / 3) < 1e-12)
  }

  @Test func aTieIsNoSuccess() {
    let same = Tensor.ones([6, 3])
    let accuracy = NearestNeighbors().accuracyLeavingOneOut(of: same, labels: [0, 1, 2, 3, 4, 5])
    #expect(accuracy.top1 == 0 && accuracy.top5 == 0)
    // Two classes of which each has one vote of the same weight.
    let gallery = Tensor([1, 1, 1, -1] as [Double], shape: [2, 2])
    let query = Tensor([1, 0] as [Double], shape: [1, 2])
    let tied = NearestNeighbors(k: 2).accuracy(of: query, labels: [0], gallery: gallery, galleryLabels: [0, 1])
    #expect(tied.top1 == 0 && tied.top5 == 1)
  }

  @Test func aClassThatTheGalleryLacksIsNotFound() {
    let accuracy = NearestNeighbors(k: 3).accuracy(
      of: rows, labels: [7, 7, 7, 7, 7], gallery: rows, galleryLabels: [4, 4, 4, 4, 4])
    #expect(accuracy.top1 == 0)
  }

  @Test func aLowTemperatureDoesNotOverflow() {
    let sharp = NearestNeighbors(k: 4, weighting: .cosine(temperature: 0.0005))
    #expect(sharp.accuracyLeavingOneOut(of: rows, labels: [4, 4, 4, 9, 9]).top1 == 1)
  }
}

extension Goldens {
  func labels(_ name: String) -> [Int?] { self[name].values(as: Int.self) }
}
