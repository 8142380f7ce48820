import Basics
import Datasets
import Layers
import Losses
import Models
import Tensors
import TestSupport
import Testing

@testable import Methods

@Suite struct CLIPTests {
  @Test func theScaleBeginsWhereThePaperHasIt() throws {
    let training = ToyTraining(.toyCLIP)
    let scale = try #require(training.method.tree["logit_scale"])
    #expect(abs(Double.exp(scale.value.item()) - 1 / 0.07) < 1e-4)
    #expect(scale.role == .scale && scale.isTrainable)
    let figures = training.method.step(try training.batch(0), .toy(0)).figures
    #expect(abs((figures["scale"]?.item() ?? 0) - 1 / 0.07) < 1e-4)
  }

  @Test(arguments: [(10.0, 100.0), (4.7, 100), (4.6, 99.484_315_641_933_8), (-3, 1), (.infinity, 100)])
  func theScaleStaysWithinItsBounds(logarithm: Double, scale: Double) throws {
    let method = ToyTraining(.toyCLIP).method
    let parameter = try #require(method.tree["logit_scale"])
    parameter.value.assign(Tensor(logarithm))
    method.didUpdate()
    #expect(abs(Double.exp(parameter.value.item()) - scale) < 1e-3)
    #expect(parameter.value.detached().exp().item() <= 100.001)
  }

  @Test func theScaleStaysWithinItsBoundsInTraining() throws {
    let training = ToyTraining(.toyCLIP)
    let scale = try #require(training.method.tree["logit_scale"])
    for step in 0..<20 {
      _ = try training.step(step, rate: 2)
      #expect((0...4.6052).contains(scale.value.item()))
    }
  }

  /// Cross entropy of rows and of columns of the similarities, in plain loops, without the pairs of an image and a text
  /// that was drawn for another but is true of it.
  @Test func aStepIsTheCrossEntropyOfBothDirections() throws {
    let training = ToyTraining(.toyCLIP)
    let source = ToySource(8)
    var shared = 0
    for step in 0..<4 {
      let batch = try training.batch(step)
      #expect(batch.viewCount == 1 && batch.captions.count == 8)
      let mode = StepContext.toy(0).mode
      let loss = training.method.step(batch, .toy(0)).loss.item()
      let model = training.method.model
      let x = model.images(batch.pixels, mode).normalized().detached()
      let y = model.texts(batch.captions, mode).normalized().detached()
      let logits = (0..<8).map {
        x[$0].unsqueezed(0).matrixProduct(y.transposed()).values(as: Double.self).map { $0 / 0.07 }
      }
      // A toy's keywords are its colour, and the block that it shares with its neighbour.
      func isTrue(_ text: String, of item: Int) -> Bool {
        let keywords = source.captions(of: item).filter { $0.role == .keyword }.map(\.text)
        let subsets = [[0], [1], [0, 1], [1, 0]].map { $0.map { keywords[$0] }.joined(separator: " ") }
        return text == source.captions(of: item)[0].text || subsets.contains(text)
      }
      func isCompared(_ i: Int, _ k: Int) -> Bool { i == k || !isTrue(batch.captions[k], of: batch.items[i]) }
      var sum = 0.0
      for i in 0..<8 {
        sum += .log((0..<8).filter { isCompared(i, $0) }.reduce(0) { $0 + .exp(logits[i][$1]) }) - logits[i][i]
        sum += .log((0..<8).filter { isCompared($0, i) }.reduce(0) { $0 + .exp(logits[$1][i]) }) - logits[i][i]
        shared += (0..<8).filter { !isCompared(i, $0) }.count
      }
      #expect(abs(loss - sum / 16) < 1e-3, "\(loss), expected \(sum / 16)")
    }
    #expect(shared > 10, "the toys' texts must be shared for this test to tell")
  }

  @Test func theModelHasBothTowers() {
    let method = ToyTraining(.toyCLIP).method
    #expect(method.model.size == 8 && method.model.textEncoder != nil)
    #expect(method.tree.parameters.allSatisfy { $0.path.hasPrefix("model.") || $0.path == "logit_scale" })
  }

  @Test func aFewStepsLowerTheLoss() throws {
    let training = ToyTraining(.toyCLIP)
    let losses = try (0..<60).map { try training.step($0) }
    let (first, last) = (losses[..<10].reduce(0, +) / 10, losses[50...].reduce(0, +) / 10)
    #expect(last < first - 0.3, "from \(first) to \(last)")
  }
}
