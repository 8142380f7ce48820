import Basics
import Optimizers
public import Tensors

/// A linear classifier on frozen embeddings, trained by stochastic gradient descent: the protocols of papers and libraries.
///
/// Features are as they are; the loss is the mean cross entropy of a batch, without weight decay; W and b begin at zero, and
/// every epoch visits all items in an order of its own, drawn from (seed, epoch). What differs is in a `Recipe`. Papers
/// crop and mirror the images anew at every epoch, where these embeddings are computed once: their figures lie higher by
/// what that is worth. `LinearProbe` solves the problem itself, and needs no rate.
public struct SGDProbe: Hashable, Sendable, Codable {
  /// What a protocol lays down.
  public struct Recipe: Hashable, Sendable, Codable {
    /// Passes over the items.
    public let epochs: Int
    /// Items a step; all where there are fewer.
    public let batch: Int
    /// The rate of the first step.
    public let rate: Double
    /// How much of a step goes into the next.
    public let momentum: Double
    /// Whether a step looks ahead by one more momentum.
    public let nesterov: Bool
    /// The epochs, from 0, before which the rate is multiplied by `factor`; nil for half a wave of the cosine down to 0.
    public let drops: [Int]?
    /// What a drop multiplies the rate by.
    public let factor: Double

    /// Creates a recipe.
    public init(
      epochs: Int, batch: Int, rate: Double, momentum: Double = 0.9, nesterov: Bool = false, drops: [Int]? = nil,
      factor: Double = 1
    ) {
      precondition(epochs > 0 && batch > 0 && rate > 0, "epochs, batch and rate must be positive")
      (self.epochs, self.batch, self.rate, self.momentum) = (epochs, batch, rate, momentum)
      (self.nesterov, self.drops, self.factor) = (nesterov, drops, factor)
    }

    /// lightly's benchmarks: 90 epochs of batches of 256 at the rate 0.1, which falls by a cosine.
    ///
    /// Source: lightly 1.6, `LinearClassifier`.
    public static let lightly = Recipe(epochs: 90, batch: 256, rate: 0.1)

    /// SupCon's second stage on CIFAR-10: 100 epochs of batches of 512 at the rate 5, times 0.2 before epochs 61, 76, 91.
    ///
    /// Source: the README of <https://github.com/HobbitLong/SupContrast>.
    public static let supContrast = Recipe(epochs: 100, batch: 512, rate: 5, drops: [60, 75, 90], factor: 0.2)

    /// SimCLR's: 90 epochs of batches of 4,096 at the rate 1.6 with Nesterov's momentum, which falls by a cosine.
    ///
    /// Source: Chen et al. "A Simple Framework for Contrastive Learning of Visual Representations." ICML 2020, appendix
    /// B.6. <https://arxiv.org/abs/2002.05709>
    public static let simCLR = Recipe(epochs: 90, batch: 4096, rate: 1.6, nesterov: true)

    /// The rate of a step of an epoch.
    func rate(epoch: Int, step: Int, of steps: Int) -> Double {
      guard let drops else {
        return RateSchedule.cosine(peak: rate, end: 0, warmUp: 0, total: epochs * steps).rate(at: epoch * steps + step)
      }
      return drops.reduce(rate) { $1 <= epoch ? $0 * factor : $0 }
    }
  }

  /// What the protocol lays down.
  public let recipe: Recipe

  /// What the orders are drawn from.
  public let seed: UInt64

  /// Creates a probe.
  public init(_ recipe: Recipe, seed: UInt64 = 1) {
    (self.recipe, self.seed) = (recipe, seed)
  }

  /// Fits a classifier, in `float32` or the type of the embeddings where that is finer.
  ///
  /// - Parameters:
  ///   - embeddings: `[N, D]`.
  ///   - labels: The class of every item, 0 ..< `classes`; items with nil are left out.
  ///   - classes: How many classes there are.
  /// - Throws: `InputError` when an embedding is not finite, no item has a label, or the weights do not stay finite.
  public func fit(_ embeddings: Tensor, labels: [Int?], classes: Int) throws -> LinearClassifier {
    let items = try LabelledRows(embeddings, labels, classes: classes, name: "training item")
    return try withoutGradient {
      let present = Set(items.labels).sorted()
      let place = Dictionary(uniqueKeysWithValues: zip(present, 0...))
      let type: DataType = items.rows.type == .float64 ? .float64 : .float32
      let planes = descend(items.rows.to(type), Tensor(items.labels.map { place[$0]! }), classes: present.count)
      guard planes.isFinite().all() else {
        throw InputError(
          "a linear classifier by gradient descent at the rate \(recipe.rate) did not stay finite",
          remedy: "these embeddings are too long for it: take another protocol")
      }
      return LinearClassifier(
        standard: FeatureStandard(items.rows.shape[1]), planes: planes.to(.float64), present: present, classes: classes)
    }
  }

  /// The weights with the intercept in the last column, `[classes, D + 1]`.
  private func descend(_ rows: Tensor, _ targets: Tensor, classes: Int) -> Tensor {
    let n = rows.shape[0]
    let weights = Tensor.zeros([classes, rows.shape[1]], type: rows.type)
    let intercepts = Tensor.zeros([classes], type: rows.type)
    let optimizer = SGD([OptimizerGroup([weights, intercepts])], momentum: recipe.momentum, nesterov: recipe.nesterov)
    let batch = min(recipe.batch, n)
    let steps = (n + batch - 1) / batch
    for epoch in 0..<recipe.epochs {
      var stream = RandomStream(seed: seed, epoch)
      let order = Tensor(stream.permutation(of: n))
      for step in 0..<steps {
        let chosen = order[step * batch..<min((step + 1) * batch, n)]
        let x = rows.items(at: chosen)
        let truth = targets.items(at: chosen).unsqueezed(1) .== Tensor.range(0..<classes)
        let excess = (x.linear(weights, bias: intercepts).softmax(along: 1) - truth.to(rows.type)) / Double(x.shape[0])
        optimizer.step(
          gradients: [excess.transposed().matrixProduct(x), excess.sum(0)],
          rate: recipe.rate(epoch: epoch, step: step, of: steps))
      }
    }
    return .concatenation([weights, intercepts.unsqueezed(1)], along: 1)
  }
}
