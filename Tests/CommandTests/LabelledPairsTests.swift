import Basics
import Tensors
import Testing

@testable import Kindred

@Suite struct LabelledPairsTests {
  private let labels = [0, 0, 0, 0, 1, 1, 2]

  @Test func pairsAreOfTheirKindAndOfTheirItems() throws {
    let pairs = try LabelledPairs(labels, each: 4000, seed: 1)
    #expect(pairs.same.count { $0 } == 4000)
    #expect(pairs.same.count == 8000)
    var counts: [[Int]: Int] = [:]
    for (i, isSame) in pairs.same.enumerated() {
      #expect(pairs.first[i] != pairs.second[i])
      #expect((labels[pairs.first[i]] == labels[pairs.second[i]]) == isSame)
      if isSame { counts[[pairs.first[i], pairs.second[i]].sorted(), default: 0] += 1 }
    }
    // Six pairs of class 0 and one of class 1, each as likely as another: 571 times, give or take 22.
    #expect(counts.count == 7)
    for count in counts.values { #expect((460...680).contains(count)) }
  }

  @Test func similaritiesAreCosines() throws {
    let pairs = try LabelledPairs([0, 0, 1], each: 1, seed: 2)
    let found = pairs.similarities(Tensor([2, 0, 4, 0, 0, 3] as [Float], shape: [3, 2]))
    #expect(found == [1, 0])
  }

  @Test func refusesLabelsWithoutBothKindsOfPairs() {
    #expect {
      try LabelledPairs([0, 1, 2], each: 5, seed: 1)
    } throws: {
      "\($0)".hasPrefix("verification takes two classes, and two items in one of them; 3 items have 3")
    }
    #expect(throws: InputError.self) { try LabelledPairs([4, 4], each: 5, seed: 1) }
    #expect(throws: InputError.self) { try LabelledPairs([], each: 5, seed: 1) }
  }
}
