public import Tensors

/// Classification of frozen embeddings by multinomial logistic regression: how much of a class can be read off a
/// representation along straight lines.
///
/// Features are standardised with the mean and deviation of the training items (a constant feature only centred). Then
/// weights *W* and biases *b* minimise
///
///     1/N · Σᵢ −log softmax(xᵢ·W + b)[yᵢ] + ‖W‖² / (2·C·N)
///
/// which is scikit-learn's `LogisticRegression(C)` on `StandardScaler` features. The minimum is unique, and found from
/// zero by L-BFGS over all items until no element of the gradient exceeds 10⁻⁵: no rate to tune, nothing random.
/// Published tables train by SGD with augmented crops, which takes hours and measures a little more.
///
/// Memory: O(*N*·*D*) and the logits of a chunk.
public struct LinearProbe: Hashable, Sendable {
  /// The inverse *C* of the regularisation: 1, scikit-learn's default, unless told.
  public let strength: Double

  /// Creates a probe.
  public init(strength: Double = 1) {
    precondition(strength > 0, "the inverse of the regularisation must be positive, not \(strength)")
    self.strength = strength
  }

  /// Fits the training items and returns the accuracy on others; items without label are left out.
  ///
  /// - Parameters:
  ///   - training: `[N, D]`.
  ///   - trainingLabels: Their classes.
  ///   - test: `[M, D]`.
  ///   - testLabels: Their classes. One that no training item has counts as not found.
  public func accuracy(
    training: Tensor, trainingLabels: [Int?], test: Tensor, testLabels: [Int?]
  ) -> ClassificationAccuracy {
    let fit = fitted(to: training, labels: trainingLabels)
    let (rows, labels) = labeled(test, testLabels)
    let scores = fit.scores(of: rows)
    let places = labels.map { fit.classes.firstIndex(of: $0) }
    guard !labels.isEmpty else { return ClassificationAccuracy(othersAhead: []) }
    let own = scores.gathered(at: Tensor(places.map { $0 ?? 0 }).to(scores.device).unsqueezed(1), along: 1)
    // All classes but the own one that do not score less; a NaN thereby counts as ahead.
    let behind = (scores .< own).sum(1).values(as: Int.self)
    return ClassificationAccuracy(
      othersAhead: zip(places, behind).map { place, behind in
        place == nil ? fit.classes.count : fit.classes.count - 1 - behind
      })
  }

  /// A probe after training.
  public struct Fit {
    /// The labels of the columns, ascending.
    public let classes: [Int]
    /// The weights for standardised features, `[D, classes]`.
    public let weights: Tensor
    /// The biases, `[classes]`.
    public let biases: Tensor
    /// What is taken off every feature, `[D]`.
    public let mean: Tensor
    /// What every feature is then divided by, `[D]`.
    public let deviation: Tensor

    /// The logits of every class, `[N, classes]`.
    public func scores(of embeddings: Tensor) -> Tensor {
      withoutGradient {
        withPrecision(.float32, on: embeddings.device) {
          ((embeddings.detached().to(weights.type) - mean) / deviation).matrixProduct(weights) + biases
        }
      }
    }
  }

  /// Fits the training items.
  public func fitted(to embeddings: Tensor, labels: [Int?]) -> Fit {
    precondition(
      embeddings.rank == 2 && embeddings.shape[0] == labels.count,
      "embeddings [N, D] with N labels expected, got \(embeddings.shape) and \(labels.count)")
    let (rows, known) = labeled(embeddings.detached(), labels)
    let classes = Classes(of: known)
    precondition(classes.labels.count >= 2, "a probe takes two classes or more, got \(classes.labels.count)")
    return withoutGradient {
      withPrecision(.float32, on: rows.device) {
        let type: DataType = rows.type == .float64 ? .float64 : .float32
        let x = rows.to(type)
        let mean = x.mean(0)
        let spread = x.variance(0).squareRoot()
        let deviation = (spread .> 1e-12).select(spread, else: Tensor(1, type: type, on: x.device))
        let problem = Problem(
          features: (x - mean) / deviation, targets: Tensor(known.map { classes[$0]! }).to(x.device),
          classCount: classes.labels.count, decay: 1 / (strength * Double(known.count)))
        let solution = LBFGS().minimum(from: problem.start, of: problem.valueAndGradient)
        let (weights, biases) = problem.parts(of: solution)
        return Fit(classes: classes.labels, weights: weights, biases: biases, mean: mean, deviation: deviation)
      }
    }
  }
}

/// The function that a probe minimises, of all weights and then all biases in one vector.
///
/// The vector is `float64`, which L-BFGS needs near the minimum; products with the features stay in the features' type.
private struct Problem {
  let features: Tensor  // [N, D]
  let targets: Tensor  // [N]
  let classCount: Int
  let decay: Double

  private var width: Int { features.shape[1] }

  var start: Tensor { .zeros([(width + 1) * classCount], type: .float64) }

  func parts(of vector: Tensor) -> (weights: Tensor, biases: Tensor) {
    let table = vector.reshaped(width + 1, classCount).to(features.type).to(features.device)
    return (table[0..<width], table[width])
  }

  func valueAndGradient(at vector: Tensor) -> (value: Double, gradient: Tensor) {
    let (weights, biases) = parts(of: vector)
    let count = features.shape[0]
    var loss = 0.0
    let products = Tensor.zeros([width, classCount], type: features.type, on: features.device)
    let sums = Tensor.zeros([classCount], type: features.type, on: features.device)
    let length = max(1, (1 << 22) / classCount)
    for start in stride(from: 0, to: count, by: length) {
      let range = start..<min(start + length, count)
      let logProbabilities = (features[range].matrixProduct(weights) + biases).logSoftmax(along: 1)
      let own = targets[range].unsqueezed(1)
      loss -= logProbabilities.gathered(at: own, along: 1).to(.cpu).to(.float64).sum().item()
      let wanted = own .== Tensor.range(0..<classCount, on: features.device).unsqueezed(0)
      let residual = logProbabilities.exp() - wanted.to(features.type)
      products.addProduct(features[range].transposed(), residual)
      sums.add(residual.sum(0))
    }
    let table = vector.reshaped(width + 1, classCount)
    let gradient = Tensor.concatenation([products, sums.unsqueezed(0)]).to(.cpu).to(.float64) / Double(count)
    let own = table[0..<width]
    gradient[0..<width].add(own, times: decay)
    return (loss / Double(count) + decay / 2 * own.squared().sum().item(), gradient.flattened())
  }
}
