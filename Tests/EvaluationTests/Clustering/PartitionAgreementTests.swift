import Basics
import TestSupport
import Tensors
import Testing

@testable import Evaluation

@Suite struct PartitionAgreementTests {
  @Test(arguments: [
    "chance", "near", "renamed", "onePart", "onePartBoth", "singles", "singlesAgainstClasses", "negativeLabels",
  ])
  func agreesWithScikitLearn(name: String) throws {
    let goldens = try Goldens("partitions")
    let agreement = PartitionAgreement(
      clusters: goldens["\(name).clusters"].values(as: Double.self).map(Int.init),
      classes: goldens["\(name).classes"].values(as: Double.self).map(Int.init))
    let figures = [
      agreement.normalizedMutualInformation, agreement.adjustedMutualInformation, agreement.adjustedRandIndex,
      agreement.matchedAccuracy, agreement.purity,
    ]
    for (ours, theirs) in zip(figures, goldens["\(name).figures"].values(as: Double.self)) {
      #expect(abs(ours - theirs) < 1e-9, "\(figures)")
    }
    let shares = [agreement.homogeneity, agreement.completeness, agreement.normalizedMutualInformation]
    for (ours, theirs) in zip(shares, goldens["\(name).homogeneity"].values(as: Double.self)) {
      #expect(abs(ours - theirs) < 1e-9, "\(shares)")
    }
  }

  @Test func namesOfPartsDoNotMatter() {
    let (clusters, classes) = ([0, 0, 1, 2, 2, 2, 3], [1, 1, 0, 0, 2, 2, 2])
    let renamed = clusters.map { [7, -3, 100, 0][$0] }
    #expect(
      PartitionAgreement(clusters: clusters, classes: classes)
        == PartitionAgreement(clusters: renamed, classes: classes))
  }
}

@Suite struct AssignmentTests {
  @Test func findsTheBestOfAllPermutations() {
    var stream = RandomStream(seed: 3)
    for (rows, columns) in [(1, 1), (3, 3), (4, 4), (2, 5), (5, 2), (3, 4), (4, 3)] {
      for _ in 0..<20 {
        let gains = (0..<rows).map { _ in (0..<columns).map { _ in stream.uniform(in: -5...9).rounded() } }
        let found = Assignment.maximal(gains)
        #expect(found.count { $0 != nil } == min(rows, columns))
        #expect(Set(found.compactMap(\.self)).count == min(rows, columns))
        let sum = zip(gains, found).reduce(0) { sum, pair in sum + (pair.1.map { pair.0[$0] } ?? 0) }
        #expect(sum == Self.best(gains))
      }
    }
    #expect(Assignment.maximal([]) == [])
  }

  /// The largest sum with as many rows matched as can be, by trying everything.
  private static func best(_ gains: [[Double]]) -> Double {
    guard let first = gains.first else { return 0 }
    let rest = Array(gains.dropFirst())
    var best = gains.count > first.count ? Self.best(rest) : -Double.infinity
    for column in first.indices where first.count > 0 {
      let left = rest.map { row in row.indices.filter { $0 != column }.map { row[$0] } }
      best = max(best, first[column] + (left.isEmpty || left[0].isEmpty ? 0 : Self.best(left)))
    }
    return best
  }
}
