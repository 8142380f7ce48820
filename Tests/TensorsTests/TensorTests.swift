import TestSupport
import Tensors
import Testing

@Suite struct TensorTests {
  @Test func keepsShapeTypeAndValues() {
    let x = Tensor([1, 2, 3, 4, 5, 6] as [Float], shape: [2, 3])
    #expect(x.shape == [2, 3])
    #expect(x.rank == 2)
    #expect(x.count == 6)
    #expect(x.type == .float32)
    #expect(x.device == .cpu)
    #expect(x.transposed().values(as: Int.self) == [1, 4, 2, 5, 3, 6])
  }

  @Test(arguments: DataType.allCases) func convertsThereAndBack(type: DataType) {
    let x = Tensor([0, 1, 1, 0] as [Double], shape: [2, 2]).to(type)
    #expect(x.type == type)
    #expect(x.values(as: Double.self) == [0, 1, 1, 0])
    #expect(Tensor.zeros([3], type: type).type == type)
  }

  @Test func arithmeticBroadcasts() {
    let x = Tensor([1, 2, 3, 4] as [Double], shape: [2, 2])
    let row = Tensor([10, 20] as [Double])
    expectClose(x + row, [11, 22, 13, 24])
    expectClose(x - row, [-9, -18, -7, -16])
    expectClose(x * row, [10, 40, 30, 80])
    expectClose(x / row, [0.1, 0.1, 0.3, 0.2])
    expectClose(1 - x, [0, -1, -2, -3])
    expectClose(1 / x, [1, 0.5, 1.0 / 3, 0.25])
    expectClose(x.matrixProduct(x), [7, 10, 15, 22])
  }

  @Test func reductions() {
    let x = Tensor([1, 2, 3, 4] as [Double], shape: [2, 2])
    #expect(x.sum().item() == 10)
    expectClose(x.sum(0), [4, 6])
    expectClose(x.mean(1), [1.5, 3.5])
    expectClose(x.variance(1), [0.25, 0.25])
    expectClose(x.logSumExp(1), [2.31326168752, 4.31326168752])
    expectClose(x.norm(), [5.477225575])
    #expect(x.largest(1).indices.values(as: Int.self) == [1, 1])
    #expect(x.sorted(descending: true).values.values(as: Int.self) == [2, 1, 4, 3])
  }

  @Test func cutsAndJoins() {
    let x = Tensor([1, 2, 3, 4, 5, 6] as [Int], shape: [3, 2])
    #expect(x[1].values(as: Int.self) == [3, 4])
    #expect(x[1..<3].values(as: Int.self) == [3, 4, 5, 6])
    #expect(x.items(at: [2, 0]).values(as: Int.self) == [5, 6, 1, 2])
    #expect(x.split(into: 2).map(\.shape) == [[2, 2], [1, 2]])
    #expect(Tensor.concatenation(x.split(into: 2)).values(as: Int.self) == [1, 2, 3, 4, 5, 6])
    #expect(x.rolled(1).values(as: Int.self) == [5, 6, 1, 2, 3, 4])
  }

  @Test func unitRowsKeepZeroRowsFinite() {
    let x = Tensor([3, 4, 0, 0] as [Float], shape: [2, 2]).asVariable()
    let unit = x.normalized()
    expectClose(unit, [0.6, 0.8, 0, 0])
    let gradient = unit.sum().gradients(of: [x])[0]!
    #expect(gradient.isFinite().all())
  }

  @Test func aWrongShapeTrapsWithOperationAndShapes() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor([1, 2] as [Float]).matrixProduct(Tensor([1, 2, 3] as [Float]))
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("matmul(float32[2], float32[3])"))
  }
}
