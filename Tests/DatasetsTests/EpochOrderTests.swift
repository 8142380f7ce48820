import Datasets
import Testing

@Suite struct EpochOrderTests {
  @Test func shufflesEachEpochAnew() {
    let order = EpochOrder(seed: 7, count: 50)
    #expect(order.order(ofEpoch: 3).sorted() == Array(0..<50))
    #expect(order.order(ofEpoch: 3) == EpochOrder(seed: 7, count: 50).order(ofEpoch: 3))
    #expect(order.order(ofEpoch: 3) != order.order(ofEpoch: 4))
    #expect(order.order(ofEpoch: 3) != EpochOrder(seed: 8, count: 50).order(ofEpoch: 3))
    #expect(EpochOrder(seed: 7, count: 0).order(ofEpoch: 0).isEmpty)
  }

  @Test func dividesAnEpochIntoBatches() {
    let dropping = Batches(of: 10, size: 4)
    #expect(dropping.perEpoch == 2)
    #expect((0..<2).map(dropping.places) == [0..<4, 4..<8])
    #expect(dropping.position(ofStep: 5) == (2, 1))
    let keeping = Batches(of: 10, size: 4, dropsLast: false)
    #expect(keeping.perEpoch == 3)
    #expect((0..<3).map(keeping.places) == [0..<4, 4..<8, 8..<10])
    #expect(keeping.position(ofStep: 5) == (1, 2))
    #expect(Batches(of: 3, size: 4, dropsLast: false).places(ofBatch: 0) == 0..<3)
  }

  @Test func refusesAnEpochWithoutABatch() async {
    await #expect(processExitsWith: .failure) { _ = Batches(of: 3, size: 4) }
  }
}
