import Basics
import TestSupport
import Tensors
import Testing

@testable import Evaluation

@Suite struct SGDProbeTests {
  /// Gradient descent written out in loops: 7 items in batches of 3, 3 and 1.
  @Test(arguments: [
    SGDProbe.Recipe(epochs: 4, batch: 3, rate: 0.5), .init(epochs: 4, batch: 3, rate: 0.5, nesterov: true),
    .init(epochs: 4, batch: 3, rate: 0.5, momentum: 0.5, drops: [1, 3], factor: 0.2),
  ]) func agreesWithPlainLoops(recipe: SGDProbe.Recipe) throws {
    let x = peerInput(7, 3, 0.37, 1.3)
    let labels = [0, 1, 0, 1, 1, 0, 0]
    let rows = PlainEmbeddings(x).rows.map { $0 + [1] }
    var (w, v) = ([[Double]](repeating: [0, 0, 0, 0], count: 2), [[Double]](repeating: [0, 0, 0, 0], count: 2))
    for epoch in 0..<4 {
      var stream = RandomStream(seed: 5, epoch)
      let order = stream.permutation(of: 7)
      for (step, items) in [order[0..<3], order[3..<6], order[6..<7]].enumerated() {
        let rate =
          recipe.drops == nil
          ? 0.5 * (1 + Double.cos(.pi * Double(epoch * 3 + step) / 12)) / 2
          : 0.5 * [1, 0.2, 0.2, 0.04][epoch]
        var gradient = [[Double]](repeating: [0, 0, 0, 0], count: 2)
        for item in items {
          let logits = w.map { PlainEmbeddings.product($0, rows[item]) }
          for c in 0..<2 {
            let p = Double.exp(logits[c]) / (Double.exp(logits[0]) + Double.exp(logits[1]))
            for d in 0..<4 { gradient[c][d] += (p - (labels[item] == c ? 1 : 0)) * rows[item][d] / Double(items.count) }
          }
        }
        for c in 0..<2 {
          for d in 0..<4 {
            v[c][d] = recipe.momentum * v[c][d] + gradient[c][d]
            w[c][d] -= rate * (recipe.nesterov ? gradient[c][d] + recipe.momentum * v[c][d] : v[c][d])
          }
        }
      }
    }
    let found = try SGDProbe(recipe, seed: 5).fit(x, labels: labels, classes: 2)
    expectClose(found.planes, w.flatMap(\.self), relative: 1e-9, absolute: 1e-12)
  }

  /// Classes that never came are not guessed, and every protocol gets near what the problem's minimum gets.
  @Test(arguments: [SGDProbe.Recipe.lightly, .supContrast, .simCLR])
  func everyProtocolLearnsWhatLBFGSDoes(recipe: SGDProbe.Recipe) throws {
    let rows = PeerEmbeddings.embeddings
    let labels = PeerEmbeddings.labels.map { $0 * 2 }
    let exact = try LinearProbe(inverseRegularization: 1000).fit(rows, labels: labels, classes: 12)
    let found = try SGDProbe(recipe).fit(rows, labels: labels, classes: 12)
    let (best, own) = (
      try exact.accuracy(on: rows, labels: labels).top1, try found.accuracy(on: rows, labels: labels).top1
    )
    #expect(own >= best - 0.1 && own > 0.85, "\(own) of \(best)")
    #expect(try found.probabilities(of: rows).items(at: [1, 3, 5, 7, 9, 11], along: 1).max().item() == 0)
    let again = try SGDProbe(recipe).fit(rows, labels: labels, classes: 12)
    #expect(again.planes.values(as: Double.self) == found.planes.values(as: Double.self))
  }

  @Test func weightsThatDoNotStayFiniteAreSaid() {
    let error = #expect(throws: InputError.self) {
      try SGDProbe(.supContrast).fit(PeerEmbeddings.embeddings * 3e38, labels: PeerEmbeddings.labels, classes: 6)
    }
    #expect(error?.description.contains("did not stay finite") == true, "\(String(describing: error))")
  }
}
