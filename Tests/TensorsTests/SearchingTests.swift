import TestSupport
import Tensors
import Testing

@Suite struct SearchingTests {
  @Test func countsOfElementsBelowValues() {
    let sorted = Tensor([1, 2, 2, 5, -1, 0, 3, 9] as [Double], shape: [2, 4])
    let values = Tensor([2, 0, 9, 9, -3, 4] as [Double], shape: [2, 3])
    #expect(sorted.counts(below: values).values(as: Int.self) == [1, 0, 4, 3, 0, 3])
    #expect(sorted.counts(below: values, orEqual: true).values(as: Int.self) == [3, 0, 4, 4, 0, 3])
  }

  @Test func indicesOfWhatIsNotZero() {
    let mask = Tensor([0, 1, 0, 2, 0, 3] as [Double], shape: [2, 3]) .> 0
    let indices = mask.nonZeroIndices()
    #expect(indices.shape == [3, 2])
    #expect(indices.values(as: Int.self) == [0, 1, 1, 0, 1, 2])
    #expect((mask .== 7).nonZeroIndices().shape == [0, 2])
  }

  @Test func valuesAreAddedWhereTheirIndicesSay() {
    let indices = Tensor([0, 2, 0, 1, 1, 1], shape: [2, 3])
    let values = Tensor([1, 2, 3, 4, 5, 6] as [Double], shape: [2, 3])
    let sum = Tensor.ones([2, 3], type: .float64).adding(values, at: indices, along: 1)
    expectClose(sum, [5, 1, 3, 1, 16, 1], absolute: 0)
    expectGradients(at: [Tensor.ones([2, 3], type: .float64), values]) {
      $0[0].adding($0[1].squared(), at: indices, along: 1).squared().sum()
    }
  }
}
