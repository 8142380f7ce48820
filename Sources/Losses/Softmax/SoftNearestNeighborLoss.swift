public import Tensors

/// How mixed the classes are: of all neighbours of a row, how likely one drawn by nearness is of its class.
///
/// For rows *x* with classes *y*, and a temperature *T*:
///
///     loss = 1/N · Σᵢ −log( Σ_{j≠i, yⱼ=yᵢ} exp(−‖xᵢ − xⱼ‖²/T) / Σ_{k≠i} exp(−‖xᵢ − xₖ‖²/T) )
///
/// Rows are taken as they are, not normalised; rows that are alone in their class do not count. At a high temperature all
/// distances count, at a low one the nearest neighbours do. With *T* = 1 it is neighbourhood component analysis with the
/// logarithm of the probability.
///
/// Memory: O(*N*·*D*) beyond one tile of `Comparison`.
///
/// Source: Frosst, Papernot, Hinton. "Analyzing and Improving Representations with the Soft Nearest Neighbor Loss." ICML
/// 2019, equation 1. <https://arxiv.org/abs/1902.01889>
public struct SoftNearestNeighborLoss: Hashable, Sendable {
  /// The divisor *T* of the squared distances.
  public let temperature: Double
  /// What becomes of rows that are alone in their class.
  public let policy: AnchorPolicy

  /// Creates the loss.
  ///
  /// - Parameters:
  ///   - temperature: A positive number. The authors begin with 100 and learn 1/*T*; 1 is that of equation 1 before it.
  ///   - policy: What becomes of rows that are alone in their class.
  public init(temperature: Double = 1, policy: AnchorPolicy = .ignore) {
    precondition(temperature > 0, "temperature must be positive, not \(temperature)")
    self.temperature = temperature
    self.policy = policy
  }

  /// Returns the loss of rows with their classes.
  ///
  /// - Parameters:
  ///   - rows: `[N, D]`.
  ///   - labels: `int64`, `[N]`.
  /// - Returns: A scalar, `[]`, `float32` unless the embeddings are `float64`.
  public func callAsFunction(_ rows: Tensor, labels: Tensor) -> Tensor {
    let comparison = Comparison(
      anchors: rows, candidates: rows, relation: .labels(labels), similarity: .squaredDistance, scale: -1 / temperature)
    let (all, same, count) = comparison.reduced(
      .logSumExp(over: .compared), .logSumExp(over: .positives), .count(over: .positives))
    return comparison.mean(all - same, where: count .> 0, policy)
  }

  /// What the loss tells about itself.
  public static let description = LossDescription(
    name: "soft-nearest-neighbor", summary: "Each row is near some of its class, by squared distances",
    needs: [.classes],
    formula: "1/N · Σᵢ −log( Σ_{same class} exp(−‖xᵢ − xⱼ‖²/T) / Σ_{k≠i} exp(−‖xᵢ − xₖ‖²/T) )",
    source: "Frosst, Papernot, Hinton. Soft Nearest Neighbor Loss. ICML 2019, <https://arxiv.org/abs/1902.01889>",
    parameters: [
      .init(
        "temperature", standard: SoftNearestNeighborLoss().temperature, "the divisor T of the squared distances",
        origin: "none: the authors learn it")
    ])
}
