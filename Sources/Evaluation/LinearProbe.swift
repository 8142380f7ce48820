import Basics
import Search
public import Tensors

/// Logistic regression on frozen embeddings: how much of the classes a plane through the representation can tell.
///
/// With every feature less its mean and divided by its deviation over the *N* training items (a feature that never
/// varies is left at zero), weights W `[classes, D]` and intercepts b minimise
///
///     C·Σᵢ −log softmax(W·xᵢ + b)[yᵢ] + ½‖W‖²
///
/// the objective of scikit-learn's LogisticRegression with its C; the intercepts are not held down. Of two classes the
/// model is scikit-learn's too, one plane with the penalty ½‖w₁ − w₀‖², which is twice ½‖W‖² at the minimum. Classes
/// without a training item get no plane and the probability zero.
///
/// Everything is computed in `float64` over all items at once by L-BFGS, from W = 0: nothing is random, and there is no
/// learning rate to tune. Of fewer items than features the minimum is looked for among combinations of items, where the
/// penalty keeps it. Embeddings are converted a block at a time; beyond them memory is bounded, by 256 MiB for what
/// is kept of the conversion and one block.
public struct LinearProbe: Hashable, Sendable, Codable {
  /// What is done to features first.
  public enum Scaling: String, Hashable, Sendable, Codable {
    /// Every feature less its mean and divided by its deviation over the training items.
    case standardized
    /// Nothing: features as they are.
    case none
  }

  /// C: the smaller, the more the weights are held down.
  public let inverseRegularization: Double

  /// How many directions are searched at most.
  public let maximumIterations: Int

  /// What is done to features first.
  public let scaling: Scaling

  /// The most standardised numbers that are kept between looks at the data: 256 MiB.
  private static let keptElements = 1 << 25

  /// Creates a probe.
  ///
  /// - Parameters:
  ///   - inverseRegularization: scikit-learn's 1.
  ///   - maximumIterations: Enough for features that depend on each other; most end after a hundred.
  ///   - scaling: What is done to features first.
  public init(inverseRegularization: Double = 1, maximumIterations: Int = 1000, scaling: Scaling = .standardized) {
    precondition(inverseRegularization > 0, "C must be positive, not \(inverseRegularization)")
    precondition(maximumIterations > 0, "a fit takes at least one iteration, not \(maximumIterations)")
    self.inverseRegularization = inverseRegularization
    self.maximumIterations = maximumIterations
    self.scaling = scaling
  }

  /// Fits a classifier.
  ///
  /// - Parameters:
  ///   - embeddings: `[N, D]`.
  ///   - labels: The class of every item, 0 ..< `classes`; items with nil are left out.
  ///   - classes: How many classes there are.
  /// - Throws: `InputError` when an embedding is not finite or no item has a label.
  public func fit(_ embeddings: Tensor, labels: [Int?], classes: Int) throws -> LinearClassifier {
    let items = try LabelledRows(embeddings, labels, classes: classes, name: "training item")
    return withoutGradient {
      let standard = scaling == .none ? FeatureStandard(items.rows.shape[1]) : FeatureStandard(of: items.rows)
      let present = Set(items.labels).sorted()
      let place = Dictionary(uniqueKeysWithValues: zip(present, 0...))
      let targets = Tensor(items.labels.map { place[$0]! })
      let plane =
        present.count == 1
        ? Tensor.zeros([1, items.rows.shape[1] + 1], type: .float64)
        : inSpan(items.rows, standard) { minimum($0, targets, classes: present.count, $1) }
      return LinearClassifier(standard: standard, planes: plane, present: present, classes: classes)
    }
  }

  /// Fits to fewer rows than features in coordinates of the rows' own span, in which their distances are the same: with
  /// Xᵀ = Q·R the rows are Rᵀ `[N, N]`, and weights A there are A·Qᵀ.
  private func inSpan(
    _ rows: Tensor, _ standard: FeatureStandard, _ fit: (Tensor, FeatureStandard) -> Tensor
  ) -> Tensor {
    let (n, d) = (rows.shape[0], rows.shape[1])
    guard n < d, n * d <= Self.keptElements else { return fit(rows, standard) }
    let features = Tensor.concatenation(standard.blocks(of: rows).map(\.features)).slice(0..<d, along: 1)
    let (q, r) = features.transposed().orthogonalTriangular()
    let planes = fit(r.transposed(), FeatureStandard(n))
    return .concatenation(
      [planes.slice(0..<n, along: 1).matrixProduct(q.transposed()), planes.slice(n..<(n + 1), along: 1)], along: 1)
  }

  /// The weights with the intercept in the last column, `[classes, D + 1]`.
  private func minimum(_ rows: Tensor, _ targets: Tensor, classes: Int, _ standard: FeatureStandard) -> Tensor {
    let (n, d) = (rows.shape[0], rows.shape[1])
    // The objective is divided by C·N, so that a tolerance means the same whatever the number of items.
    let penalty = (classes == 2 ? 2 : 1) / (inverseRegularization * Double(n))
    let held = Tensor.concatenation([.full([d], penalty, type: .float64), .zeros([1], type: .float64)])
    let optimizer = LBFGS(maximumIterations: maximumIterations, gradientTolerance: 1e-6)
    let start = Tensor.zeros([classes * (d + 1)], type: .float64)
    // Kept where they take little, standardised anew at every look where they do not.
    let blocks = standard.blocks(of: rows)
    let kept = n * (d + 1) <= Self.keptElements ? Array(blocks) : nil
    return optimizer.minimum(from: start) { vector in
      let planes = vector.reshaped(classes, d + 1)
      var value = (planes.squared() * held).sum().item() / 2
      var gradient = planes * held
      for block in kept.map(AnySequence.init) ?? AnySequence(blocks) {
        let truth = targets[block.range].unsqueezed(1) .== Tensor.range(0..<classes)
        let logProbabilities = block.features.linear(planes).logSoftmax(along: 1)
        value -= logProbabilities.filled(where: !truth, with: 0).sum().item() / Double(n)
        let excess = (logProbabilities.exp() - truth.to(.float64)) / Double(n)
        gradient = gradient + excess.transposed().matrixProduct(block.features)
      }
      return (value, gradient.flattened())
    }.reshaped(classes, d + 1)
  }
}

/// The mean and deviation of every feature over training items, by which all items are scaled.
struct FeatureStandard {
  /// `[D]`, `float64`.
  let mean: Tensor

  /// `[D]`, `float64`; infinite for a feature that never varies.
  let deviation: Tensor

  private static let block = 4096

  /// Leaves a number of features as they are.
  init(_ features: Int) {
    (mean, deviation) = (.zeros([features], type: .float64), .ones([features], type: .float64))
  }

  /// Measures rows `[N, D]`, the mean first, so that a large one does not swallow a small deviation.
  init(of rows: Tensor) {
    let zero = Tensor.zeros([rows.shape[1]], type: .float64)
    let blocks = Self.ranges(of: rows)
    let mean = blocks.reduce(zero) { $0 + rows[$1].to(.float64).sum(0) } / Double(rows.shape[0])
    let squares = blocks.reduce(zero) { $0 + (rows[$1].to(.float64) - mean).squared().sum(0) }
    let deviation = (squares / Double(rows.shape[0])).squareRoot()
    // Equal numbers can have a mean that differs from them in the last digit.
    let isConstant = deviation .<= (mean.magnitude() * 1e-14)
    self.mean = mean
    self.deviation = deviation.filled(where: isConstant, with: .infinity)
  }

  /// Rows a block at a time, standardised, with a column of ones for the intercept: `[block, D + 1]`, `float64`.
  func blocks(of rows: Tensor) -> some Sequence<(range: Range<Int>, features: Tensor)> {
    Self.ranges(of: rows).lazy.map { range in
      let features = (rows[range].to(.float64) - mean) / deviation
      return (range, .concatenation([features, .ones([range.count, 1], type: .float64)], along: 1))
    }
  }

  private static func ranges(of rows: Tensor) -> [Range<Int>] {
    stride(from: 0, to: rows.shape[0], by: block).map { $0..<min($0 + block, rows.shape[0]) }
  }
}
