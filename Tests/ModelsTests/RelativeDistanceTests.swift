import Tensors
import Testing

@testable import Models

@Suite struct RelativeDistanceTests {
  /// Worked out by hand from the definition: 8 classes of single places, then 8 that grow by 16^(1/8) up to 128.
  @Test(arguments: [
    (0, 0), (-1, 1), (-7, 7), (-8, 8), (-11, 8), (-12, 9), (-16, 10), (-64, 14), (-91, 15), (-128, 15), (-9999, 15),
    (1, 17), (7, 23), (8, 24), (128, 31),
  ]) func classesOfDistances(distance: Int, number: Int) {
    #expect(RelativeDistance.number(distance) == number)
  }

  @Test func matricesHaveAClassADiagonal() {
    let numbers = RelativeDistance.numbers(length: 3, on: .cpu).values(as: Int.self)
    #expect(numbers == [0, 17, 18, 1, 0, 17, 2, 1, 0])
  }
}
