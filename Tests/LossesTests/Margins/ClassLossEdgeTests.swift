import TestSupport
import Tensors
import Testing

@testable import Losses

/// What holds for every loss over the pairs of a batch.
@Suite struct ClassLossEdgeTests {
  /// Those that scale rows to unit length.
  static let normalizing: [any ClassLoss] = [
    BatchAllTripletLoss(), BatchSemiHardTripletLoss(), AngularLoss(), FastAPLoss(), HistogramLoss(), RankedListLoss(),
    TupletMarginLoss(), MultiSimilarityLoss(), MultiSimilarityLoss(mining: 0.1), CircleLoss(scale: 8),
    LiftedStructureLoss.pml, GeneralizedLiftedStructureLoss.pml, MarginLoss(), NCALoss.pml, IntraPairVarianceLoss(),
    UnsquaredContrastiveLoss(),
  ]
  static let all: [any ClassLoss] =
    normalizing + [
      BatchAllTripletLoss(TripletLoss(hinge: .soft, swap: true)), BatchHardTripletLoss(),
      BatchHardTripletLoss.softMargin,
      AngularLoss.pml, LiftedStructureLoss(), GeneralizedLiftedStructureLoss(), NCALoss(),
      ContrastiveLoss(),
    ]

  @Test(arguments: [[7], [1, 1, 1], [1, 2, 3]])
  func batchesWithoutPairsOfAKindHaveALossAndAGradient(labels: [Int]) {
    for loss in Self.all {
      let z = PairGoldens.first[0..<labels.count].asVariable()
      let value = loss(z, labels: Tensor(labels))
      #expect(value.shape == [] && value.isFinite().all(), "\(loss)")
      #expect(value.gradients(of: [z])[0]!.isFinite().all(), "\(loss)")
      if labels.count == 1 { #expect(value.item() == 0, "\(loss) of a batch of one") }
    }
  }

  @Test func equalRowsAndZeroRowsHaveFiniteGradients() {
    let equal = Tensor([0.3, -1, 2] as [Float], shape: [1, 3]).expanded(to: [6, 3]).copy()
    for rows in [equal, .zeros([6, 3])] {
      for loss in Self.all {
        let z = rows.asVariable()
        let value = loss(z, labels: Tensor([0, 0, 1, 1, 2, 2]))
        #expect(value.isFinite().all(), "\(loss)")
        #expect(value.gradients(of: [z])[0]!.isFinite().all(), "\(loss)")
      }
    }
  }

  @Test func orderNamesAndScaleDoNotMatter() {
    let (rows, labels) = PairGoldens.odd
    let order = [3, 9, 0, 7, 10, 1, 5, 4, 8, 2, 6]
    for loss in Self.all {
      let value = loss(rows, labels: labels).item()
      expectClose(loss(rows.items(at: order), labels: labels.items(at: order)), [value], relative: 1e-11, "\(loss)")
      expectClose(loss(rows, labels: Tensor([-1]) - labels), [value], relative: 1e-12, "\(loss)")
    }
    let lengths = Tensor((1...11).map(Double.init), shape: [11, 1])
    for loss in Self.normalizing {
      expectClose(loss(rows * lengths, labels: labels), loss(rows, labels: labels), relative: 1e-10, "\(loss)")
    }
  }

  @Test func singleAndReducedPrecisionAgreeWithDouble() {
    let (rows, labels) = PairGoldens.odd
    for loss in Self.all {
      let single = loss(rows.to(.float32), labels: labels)
      #expect(single.type == .float32, "\(loss)")
      expectClose(single, loss(rows, labels: labels), relative: 2e-4, absolute: 1e-5, "\(loss)")
      let reduced = rows.to(.bfloat16)
      expectClose(
        withPrecision(.bfloat16) { loss(reduced, labels: labels) }, loss(reduced.to(.float32), labels: labels),
        relative: 1e-5, "\(loss)")
    }
  }

  @Test func aBatchIsItsOwnMemory() {
    // Against a copy of itself with a label that nobody bears, every row only has negatives.
    let (rows, labels) = PairGoldens.odd
    for loss in Self.all {
      let alone = loss(rows, labels: labels, candidates: rows, candidateLabels: labels * Tensor([0]) - Tensor([5]))
      #expect(alone.isFinite().all(), "\(loss)")
    }
    // With the memory's rows as the batch's own, only the comparison with itself is added.
    let memory = HistogramLoss()(rows, labels: labels, candidates: rows.copy(), candidateLabels: labels)
    #expect(memory.item() != HistogramLoss()(rows, labels: labels).item())
  }

  @Test func policiesCountAnchorsWithoutAPositive() async {
    let pairs: [(any ClassLoss, any ClassLoss)] = [
      (GeneralizedLiftedStructureLoss(), GeneralizedLiftedStructureLoss(policy: .zero)),
      (FastAPLoss(), FastAPLoss(policy: .zero)), (BatchHardTripletLoss(), BatchHardTripletLoss(policy: .zero)),
      (CircleLoss(), CircleLoss(policy: .zero)), (NCALoss(), NCALoss(policy: .zero)),
    ]
    let (rows, labels) = PairGoldens.odd  // one of the eleven has none
    for (ignoring, counting) in pairs {
      expectClose(counting(rows, labels: labels), [ignoring(rows, labels: labels).item() * 10 / 11], relative: 1e-12)
    }
    await #expect(processExitsWith: .failure) {
      _ = NCALoss(policy: .error)(PairGoldens.odd.rows, labels: PairGoldens.odd.labels)
    }
  }

  @Test func descriptionsAreDistinctAndComplete() {
    let descriptions = Self.all.map { type(of: $0).description }
    #expect(Set(descriptions.map(\.name)).count == Set(descriptions).count)
    for description in descriptions {
      #expect(description.needs.contains(.classes) && description.source.contains(where: \.isNumber))
    }
  }
}
