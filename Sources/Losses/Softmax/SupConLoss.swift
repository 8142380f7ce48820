public import Tensors

/// Supervised contrast: all rows of a class are each other's positives, with the mean over them outside the logarithm.
///
/// Of rows *z* of unit length, *P(i)* the other rows of row *i*'s class:
///
///     loss = 1/N · Σᵢ 1/|P(i)| · Σₚ −log( exp(zᵢ·zₚ/τ) / Σₖ≠ᵢ exp(zᵢ·zₖ/τ) )
///
/// The denominator has all other rows in it, positives too. This is the objective that the authors call *L_out* and
/// recommend; `SupConInsideLoss` is the other one.
///
/// | semantics | rows that are alone in their class | |
/// |---|---|---|
/// | `paper` | do not count | |
/// | `pml` | do not count | nor do rows whose loss is 0; a batch without any negative has a loss of 0 |
/// | `supcontrast` | count as 0 | times τ/τ₀, τ₀ = 0.07: the authors' code, whose base temperature is its default one |
///
/// Memory: O(*N*·*D*) beyond one tile of `Comparison`.
///
/// Source: Khosla et al. "Supervised Contrastive Learning." NeurIPS 2020, equation 2. <https://arxiv.org/abs/2004.11362>
public struct SupConLoss: Hashable, Sendable {
  /// Which rows of several views look for their positives.
  public enum Anchors: String, Hashable, Sendable, CaseIterable {
    /// All rows of all views.
    case all
    /// The rows of the first view.
    case one
  }

  /// τ₀ of the authors' code.
  public static let authorsBaseTemperature = 0.07

  /// The divisor τ of the cosines.
  public let temperature: Double
  /// Whose numbers are computed.
  public let semantics: Semantics
  /// τ₀ of `supcontrast`, by whose ratio the loss is scaled.
  public let baseTemperature: Double
  /// What becomes of rows that are alone in their class; nil for what the semantics say.
  public let policy: AnchorPolicy?

  /// Creates the loss.
  ///
  /// - Parameters:
  ///   - temperature: A positive number. 0.1 is the authors' (section 4.1), and pytorch-metric-learning's.
  ///   - semantics: One of `description.variants`.
  ///   - baseTemperature: τ₀, for `supcontrast` only; equal to τ it makes no difference.
  ///   - policy: What becomes of rows that are alone in their class, where it is not to be what the semantics say.
  public init(
    temperature: Double = 0.1, semantics: Semantics = .paper,
    baseTemperature: Double = SupConLoss.authorsBaseTemperature, policy: AnchorPolicy? = nil
  ) {
    precondition(
      temperature > 0 && baseTemperature > 0, "temperatures must be positive, not \(temperature), \(baseTemperature)")
    semantics.require(among: Self.variants, of: "SupConLoss")
    self.temperature = temperature
    self.semantics = semantics
    self.baseTemperature = baseTemperature
    self.policy = policy
  }

  /// Returns the loss of rows with their classes.
  ///
  /// - Parameters:
  ///   - rows: `[N, D]`, of any norm.
  ///   - labels: `int64`, `[N]`.
  /// - Returns: A scalar, `[]`, `float32` unless the embeddings are `float64`.
  public func callAsFunction(_ rows: Tensor, labels: Tensor) -> Tensor {
    let z = rows.normalized()
    return loss(Comparison(anchors: z, candidates: z, relation: .labels(labels), scale: 1 / temperature))
  }

  /// Returns the loss of several views of examples.
  ///
  /// - Parameters:
  ///   - views: `[N, D]` each, of any norm, in one order.
  ///   - labels: `int64`, `[N]`, one an example. Without them every example is a class of its own.
  ///   - anchors: Which rows look for their positives.
  /// - Returns: A scalar, `[]`, `float32` unless the embeddings are `float64`.
  public func callAsFunction(_ views: [Tensor], labels: Tensor? = nil, anchors: Anchors = .all) -> Tensor {
    precondition(
      views.allSatisfy { $0.shape == views[0].shape }, "views of one shape expected, got \(views.map(\.shape))")
    let examples = labels ?? .range(0..<views[0].shape[0], on: views[0].device)
    let all = Tensor.concatenation(views.map { _ in examples })
    let rows = Tensor.concatenation(views)
    guard anchors == .one else { return self(rows, labels: all) }
    let z = rows.normalized()
    return loss(
      Comparison(
        anchors: z[0..<views[0].shape[0]], candidates: z,
        relation: .labels(anchors: examples, candidates: all).excludingSelf(), scale: 1 / temperature))
  }

  /// Returns the loss of a batch against a memory of labelled rows, without gradient to these.
  ///
  /// - Parameters:
  ///   - rows: `[N, D]`, of any norm.
  ///   - labels: `int64`, `[N]`.
  ///   - memory: What `CrossBatchMemory` made of the batch.
  public func callAsFunction(_ rows: Tensor, labels: Tensor, among memory: CrossBatchMemory.Candidates) -> Tensor {
    let itself = (0..<rows.shape[0]).map { (anchor: $0, candidate: memory.offset + $0) }
    return loss(
      Comparison(
        anchors: rows.normalized(), candidates: memory.embeddings,
        relation: .labels(anchors: labels, candidates: memory.labels).excluding(itself), scale: 1 / temperature))
  }

  private func loss(_ comparison: Comparison) -> Tensor {
    let (denominators, positives, count, negatives) = comparison.reduced(
      .logSumExp(over: .compared), .mean(over: .positives), .count(over: .positives), .count(over: .negatives))
    let losses = denominators - positives
    switch semantics {
    case .pml:
      let counts = (count .> 0).and(losses .> 0)
      let mean = comparison.mean(losses, where: counts, policy ?? .ignore)
      return negatives.sum().item() > 0 ? mean : mean * 0
    case .supcontrast:
      return comparison.mean(losses, where: count .> 0, policy ?? .zero) * (temperature / baseTemperature)
    default:
      return comparison.mean(losses, where: count .> 0, policy ?? .ignore)
    }
  }

  /// What the loss tells about itself.
  public static let description = LossDescription(
    name: "supcon", summary: "Each row finds the others of its class among all rows, one at a time",
    needs: [.classes, .pairs], formula: standardFormula,
    variants: variants,
    source:
      "Khosla et al. Supervised Contrastive Learning. NeurIPS 2020, equation 2, <https://arxiv.org/abs/2004.11362>",
    parameters: [
      .init("temperature", standard: SupConLoss().temperature, "the divisor τ of the cosines", origin: "the authors'"),
      .init(
        "base-temperature", standard: authorsBaseTemperature, "τ₀, by which supcontrast scales the loss",
        origin: "the authors' code"),
    ])

  /// The formulas of the semantics that the loss knows.
  private static let variants: [Semantics: String] = [
    .paper: standardFormula, .pml: standardFormula + "; the mean over rows whose loss is above 0",
    .supcontrast: "τ/τ₀ · " + standardFormula + "; rows without a positive count as 0",
  ]

  private static let standardFormula =
    "1/N · Σᵢ 1/|P(i)| · Σₚ −log( exp(zᵢ·zₚ/τ) / Σₖ≠ᵢ exp(zᵢ·zₖ/τ) )   z of unit length, P(i) the others of the class"
}
