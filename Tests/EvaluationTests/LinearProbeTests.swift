import Evaluation
import TestSupport
import Tensors
import Testing

@Suite struct LinearProbeTests {
  @Test(arguments: [(DataType.float64, 1e-4), (.float32, 1e-3)])
  func agreesWithScikitLearn(type: DataType, tolerance: Double) throws {
    let goldens = try Goldens("evaluation")
    let probe = LinearProbe()
    let fit = probe.fitted(to: goldens["training", type], labels: goldens.labels("trainingLabels"))
    #expect(fit.classes == [2, 5, 8, 11, 14])
    expectClose(fit.weights, goldens["probe.coefficients"].to(type), relative: tolerance, absolute: tolerance)
    // Softmax does not see a number added to all biases.
    let biases = goldens["probe.biases"]
    expectClose(
      fit.biases - fit.biases.mean(), (biases - biases.mean()).to(type), relative: tolerance, absolute: tolerance)

    let accuracy = probe.accuracy(
      training: goldens["training", type], trainingLabels: goldens.labels("trainingLabels"),
      test: goldens["test", type], testLabels: goldens.labels("testLabels"))
    #expect(abs(accuracy.top1 - goldens["probe.accuracy"].item()) < 0.002)
    #expect(accuracy.count == 250 && accuracy.top5 == 1)
  }

  @Test func itemsWithoutLabelAreLeftOut() throws {
    let goldens = try Goldens("evaluation")
    let (x, labels) = (goldens["training"], goldens.labels("trainingLabels"))
    let some = labels.enumerated().map { $0 % 3 == 0 ? nil : $1 }
    let kept = labels.indices.filter { $0 % 3 != 0 }
    let a = LinearProbe().fitted(to: x, labels: some)
    let b = LinearProbe().fitted(to: x.items(at: kept), labels: kept.map { labels[$0] })
    expectClose(a.weights, b.weights, relative: 0, absolute: 0)
    let accuracy = LinearProbe().accuracy(training: x, trainingLabels: labels, test: x, testLabels: some)
    #expect(accuracy.count == kept.count)
  }

  @Test func aConstantFeatureDoesNoHarm() {
    let x = Tensor([-1, 7, -2, 7, 1, 7, 2, 7] as [Float], shape: [4, 2])
    let labels = [0, 0, 1, 1]
    let accuracy = LinearProbe().accuracy(
      training: x, trainingLabels: labels, test: x, testLabels: [0, 0, 1, nil])
    #expect(accuracy.top1 == 1 && accuracy.count == 3)
  }

  @Test func aClassThatTrainingLacksIsNotFound() {
    let x = Tensor([-1, 1] as [Float], shape: [2, 1])
    let accuracy = LinearProbe().accuracy(training: x, trainingLabels: [0, 1], test: x, testLabels: [0, 5])
    #expect(accuracy.top1 == 0.5)
  }
}
