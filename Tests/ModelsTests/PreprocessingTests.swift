import Models
import Tensors
import TestSupport
import Testing

@Suite struct PreprocessingTests {
  /// The formula in Double, at sizes that no register's width divides.
  @Test(arguments: [1, 3, 7, 16]) func scalesEveryChannelByItsOwn(side: Int) {
    let (mean, deviation) = ([0.485, 0.1, 0.9], [0.229, 1, 0.01])
    let preprocessing = Preprocessing(side: side, mean: mean, deviation: deviation)
    let pixels = (0..<2 * side * side * 3).map { UInt8(truncatingIfNeeded: $0 * 37 + 5) }
    let result = preprocessing(pixels, on: .cpu)
    #expect(result.shape == [2, 3, side, side] && result.type == .float32)
    let found = result.permuted(0, 2, 3, 1).contiguous().values(as: Float.self).map { Double($0) }
    for (i, value) in pixels.enumerated() {
      let expected = (Double(value) / 255 - mean[i % 3]) / deviation[i % 3]
      #expect(abs(found[i] - expected) <= 3e-7 * max(abs(expected), 1 / deviation[i % 3]))
    }
  }

  @Test func unitScalingKeepsZeroAndOne() {
    let result = Preprocessing.unit(side: 1)([0, 255, 51], on: .cpu)
    #expect(result.values(as: Float.self) == [0, 1, 51 * Float(1.0 / 255)])
  }

  @Test func noImagesGiveNoNumbers() {
    #expect(Preprocessing.unit(side: 4)([], on: .cpu).shape == [0, 3, 4, 4])
  }
}
