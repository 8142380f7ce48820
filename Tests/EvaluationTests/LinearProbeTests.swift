import Basics
import TestSupport
import Tensors
import Testing

@testable import Evaluation

@Suite struct LinearProbeTests {
  @Test(arguments: [("manyClasses", 7), ("heldDown", 4), ("twoClasses", 2), ("fewItems", 5)])
  func agreesWithScikitLearn(name: String, classes: Int) throws {
    let goldens = try Goldens("evaluation")
    let train = goldens["\(name).train"]
    let test = goldens["\(name).test"]
    let trainLabels = goldens["\(name).trainLabels", .int64].values(as: Int.self)
    let testLabels = goldens["\(name).testLabels", .int64].values(as: Int.self)
    let probe = LinearProbe(inverseRegularization: goldens["\(name).C"].item())
    let classifier = try probe.fit(train, labels: trainLabels, classes: classes)
    let expected = goldens["\(name).probabilities"]
    expectClose(try classifier.probabilities(of: test), expected, relative: 0, absolute: 1e-4)
    let accuracy = try classifier.accuracy(on: test, labels: testLabels)
    #expect(abs(accuracy.top1 - goldens["\(name).accuracy"].item()) < 0.002)
    #expect(try classifier.predictions(of: test) == expected.indexOfMax(along: 1).values(as: Int.self))
  }

  @Test func weightsAgreeWithScikitLearn() throws {
    let goldens = try Goldens("evaluation")
    let labels = goldens["heldDown.trainLabels", .int64].values(as: Int.self)
    let classifier = try LinearProbe(inverseRegularization: 0.03)
      .fit(goldens["heldDown.train"], labels: labels, classes: 4)
    expectClose(
      classifier.planes.slice(0..<6, along: 1), goldens["heldDown.weights"], relative: 1e-3, absolute: 1e-4)
    expectClose(
      classifier.planes.item(6, along: 1), goldens["heldDown.intercepts"], relative: 1e-3, absolute: 1e-4)
  }

  /// Fewer items than features are fitted in their span, which gives the planes that more give as they are.
  @Test func theMinimumInTheSpanOfFewItemsIsTheMinimum() throws {
    let x = peerInput(9, 12, 0.37, 1.3)
    let labels = (0..<9).map { $0 % 3 }
    let few = try LinearProbe(inverseRegularization: 2, scaling: .none).fit(x, labels: labels, classes: 3)
    // Every item twice weighs as C twice as large, and makes 18 items of 12 features.
    let twice = try LinearProbe(scaling: .none)
      .fit(.concatenation([x, x]), labels: labels + labels, classes: 3)
    expectClose(few.planes, twice.planes, relative: 1e-4, absolute: 1e-5)
  }

  // The intercept is free: with weights held at nothing, probabilities are the shares of the classes.
  @Test func probabilitiesOfAHeldDownProbeAreTheSharesOfClasses() throws {
    let labels: [Int?] = [0, 1, 2, 0, 2, 2, 2, 0, nil]
    let classifier = try LinearProbe(inverseRegularization: 1e-9)
      .fit(peerInput(9, 3, 0.37, 1.3), labels: labels, classes: 3)
    let probabilities = try classifier.probabilities(of: peerInput(2, 3, 0.41, 1.1))
    expectClose(probabilities, [3, 1, 4, 3, 1, 4].map { $0 / 8 }, relative: 0, absolute: 1e-5)
  }

  @Test func classesWithoutItemsAreNeverGuessed() throws {
    let x = peerInput(12, 3, 0.37, 1.3)
    let labels = (0..<12).map { $0 % 3 }
    let dense = try LinearProbe().fit(x, labels: labels, classes: 3).probabilities(of: x)
    let sparse = try LinearProbe().fit(x, labels: labels.map { $0 * 2 + 1 }, classes: 7)
    let probabilities = try sparse.probabilities(of: x)
    expectClose(probabilities.items(at: [1, 3, 5], along: 1), dense, absolute: 1e-12)
    #expect(probabilities.items(at: [0, 2, 4, 6], along: 1).max().item() == 0)
    let unseen = try sparse.accuracy(on: x, labels: [Int](repeating: 0, count: 12))
    #expect(unseen == ClassificationAccuracy(top1: 0, top5: 0, count: 12))
  }

  @Test func oneClassOneItemAndConstantFeatures() throws {
    let one = try LinearProbe().fit(peerInput(1, 3, 0.37, 1.3), labels: [1], classes: 2)
    #expect(try one.predictions(of: peerInput(4, 3, 0.41, 1.1)) == [1, 1, 1, 1])
    // A constant whose mean is rounded must not be blown up, nor noise of the test set in it.
    let x = peerInput(30, 3, 0.37, 1.3)
    let labels = (0..<30).map { $0 % 2 }
    let plain = try LinearProbe().fit(x, labels: labels, classes: 2).probabilities(of: x)
    let constant = Tensor.full([30, 1], 0.1, type: .float64)
    let padded = try LinearProbe().fit(.concatenation([x, constant], along: 1), labels: labels, classes: 2)
    expectClose(
      try padded.probabilities(of: .concatenation([x, constant * 7], along: 1)), plain, relative: 0, absolute: 1e-9)
    let collapsed = try LinearProbe().fit(.ones([6, 2]), labels: [0, 0, 0, 0, 1, 1], classes: 2)
    expectClose(try collapsed.probabilities(of: .ones([1, 2])), [2 / 3, 1 / 3], relative: 0, absolute: 1e-5)
  }

  @Test func blocksAddUpAndNothingIsRandom() throws {
    // More rows than a block holds: the same rows three times over weigh as C three times as large.
    let x = peerInput(1500, 2, 0.37, 1.3).to(.float32)
    let labels = (0..<1500).map { ($0 / 3) % 3 }
    let once = try LinearProbe(inverseRegularization: 3).fit(x, labels: labels, classes: 3)
    let thrice = try LinearProbe().fit(.concatenation([x, x, x]), labels: labels + labels + labels, classes: 3)
    expectClose(thrice.planes, once.planes, relative: 1e-4, absolute: 1e-4)
    let again = try LinearProbe(inverseRegularization: 3).fit(x, labels: labels, classes: 3)
    #expect(again.planes.values(as: Double.self) == once.planes.values(as: Double.self))
    #expect(try once.probabilities(of: x[0..<0]).shape == [0, 3])
  }

  @Test func whatCannotBeFittedIsSaid() {
    let x = peerInput(3, 2, 0.37, 1.3)
    #expect(throws: InputError("no training item of 3 has a label", remedy: "take a source with classes")) {
      try LinearProbe().fit(x, labels: [nil, nil, nil], classes: 2)
    }
    let broken = x.filled(where: Tensor.range(0..<3).unsqueezed(1) .== 2, with: .nan)
    let error = #expect(throws: InputError.self) { try LinearProbe().fit(broken, labels: [0, 1, 0], classes: 2) }
    #expect(error?.place == "training item 2")
  }
}
