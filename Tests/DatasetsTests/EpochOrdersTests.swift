import Testing

@testable import Datasets

@Suite struct EpochOrdersTests {
  @Test func remembersWithoutChangingAnything() {
    let shuffle = EpochOrder(seed: 3, count: 50)
    let orders = EpochOrders(shuffle)
    for epoch in [0, 0, 1, 0, 1, 2, 7, 2, 0] {
      #expect(orders.order(ofEpoch: epoch) == shuffle.order(ofEpoch: epoch))
    }
  }
}
