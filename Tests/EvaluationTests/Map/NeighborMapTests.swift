import Basics
import Tensors
import TestSupport
import Testing

@testable import Evaluation

@Suite struct NeighborMapTests {
  /// Rows in a few clusters.
  private func clusters(_ count: Int, of groups: Int, dimensions: Int = 6) -> Tensor {
    var random = RandomStream(seed: 4)
    let values = (0..<count).flatMap { row in
      (0..<dimensions).map { (($0 + row % groups) % groups == 0 ? 3.0 : 0) + random.uniform(in: -0.5...0.5) }
    }
    return Tensor(values, shape: [count, dimensions])
  }

  /// Embeddings that differ in the sixth digit end in different places, here as there, and as well on the average.
  @Test func endsWhereScikitLearnEnds() throws {
    let goldens = try Goldens("map")
    let finals = goldens["finalDivergences"].values(as: Double.self)
    var own: [Double] = []
    for number in 0..<8 {
      var random = RandomStream(seed: 1, number)
      let noise = Tensor((0..<45 * 6).map { _ in random.uniform(in: -1e-5...1e-5) }, shape: [45, 6])
      own.append(try #require(NeighborMap(perplexity: 8).places(of: goldens["rows"] + noise).divergence))
    }
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    #expect(own.max()! < finals.max()! * 1.05 && own.min()! > finals.min()! * 0.95, "\(own)")
    #expect(abs(mean(own) / mean(finals) - 1) < 0.05, "\(mean(own)) and \(mean(finals))")
  }

  @Test func theSameEmbeddingsGiveTheSameMap() throws {
    let rows = clusters(40, of: 3)
    let map = NeighborMap(iterations: 60)
    let again = try map.places(of: rows)
    #expect(try map.places(of: rows) == again)
    // Lengths do not matter: only directions are compared.
    let longer = try map.places(of: rows * 8)
    let own = try map.places(of: rows)
    #expect(longer == own)
  }

  @Test func clustersStayTogether() throws {
    let rows = clusters(60, of: 3)
    let places = try NeighborMap(perplexity: 10, iterations: 300).places(of: rows)
    func square(_ i: Int, _ j: Int) -> Double {
      let (dx, dy) = (places.x[i] - places.x[j], places.y[i] - places.y[j])
      return dx * dx + dy * dy
    }
    for i in 0..<60 {
      let nearest = (0..<60).filter { $0 != i }.min { square(i, $0) < square(i, $1) }!
      #expect(nearest % 3 == i % 3)
    }
  }

  @Test(arguments: [1, 2, 3, 9]) func fewItemsLieAlongTheirPrincipalComponents(count: Int) throws {
    let places = try NeighborMap().places(of: clusters(count, of: 3))
    #expect(places.x.count == count && places.divergence == nil)
    #expect((places.x + places.y).allSatisfy { $0.isFinite })
    // The first component varies the most.
    func spread(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 } }
    #expect(spread(places.x) >= spread(places.y))
  }

  @Test func noItemsAreAnEmptyMap() throws {
    #expect(try NeighborMap().places(of: .zeros([0, 4])).x.isEmpty)
  }

  /// A collapsed encoder gives one direction for all: nothing to tell them by, and still a map.
  @Test func aCollapsedEncoderIsMapped() throws {
    let places = try NeighborMap(iterations: 50).places(of: .ones([20, 4]))
    #expect((places.x + places.y).allSatisfy { $0.isFinite })
  }

  @Test func whatIsNoNumberIsRefused() {
    #expect(throws: InputError.self) { try NeighborMap().places(of: Tensor([1, .nan, 2, 3], shape: [2, 2])) }
  }
}
