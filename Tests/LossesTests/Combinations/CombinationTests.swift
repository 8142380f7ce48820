import Losses
import TestSupport
import Tensors
import Testing

@Suite struct CombinationTests {
  private let views = [PeerData.first, PeerData.second]

  @Test func cutEmbeddingsAreSummedByWeight() {
    let loss = MatryoshkaLoss(sizes: [5, 2], weights: [1, 0.25]) { NTXentLoss()($0[0], $0[1]) }
    let cut = views.map { $0.slice(0..<2, along: 1) }
    expectClose(
      loss(views), NTXentLoss()(views[0], views[1]) + NTXentLoss()(cut[0], cut[1]) * 0.25, relative: 1e-12)
    expectGradients(at: views) { loss($0) }
  }

  @Test func theWholeSizeAloneChangesNothing() {
    let loss = MatryoshkaLoss(sizes: [5]) { NTXentLoss()($0[0], $0[1]) }
    expectClose(loss(views), NTXentLoss()(views[0], views[1]), relative: 0, absolute: 0)
  }

  @Test func sizesBeyondTheEmbeddingsTrap() async {
    await #expect(processExitsWith: .failure) {
      _ = MatryoshkaLoss(sizes: [9]) { $0[0].sum() }([.ones([2, 5])])
    }
  }

  @Test func partsAreSummedByWeightAndKept() {
    expectGradients(at: views) { inputs in
      var sum = WeightedSum()
      sum.add("contrast", NTXentLoss()(inputs[0], inputs[1]))
      sum.add("alignment", AlignmentLoss()(inputs[0], inputs[1]), weight: -0.5)
      #expect(sum.parts.map(\.name) == ["contrast", "alignment"])
      expectClose(sum.loss, sum.parts[0].loss - sum.parts[1].loss * 0.5, relative: 1e-12)
      return sum.loss
    }
  }
}
