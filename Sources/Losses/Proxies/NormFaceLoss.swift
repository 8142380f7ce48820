public import Tensors

/// Classification by the angle to a learned proxy of each class.
///
/// For rows *x* of classes *y*, proxies *w*, all of unit length, and a temperature τ:
///
///     loss = 1/N · Σᵢ −log( exp(xᵢ·w_yᵢ/τ) / Σ_c exp(xᵢ·w_c/τ) )
///
/// Proxies are a parameter that the model declares, `[C, D]`, of any norm:
///
///     let proxies = (tree.root / "loss").parameter("proxies", [classes, size], .kaimingNormal(), .weight)
///     NormFaceLoss()(rows, labels: y, proxies: proxies.value)
///
/// Memory: O((*N* + *C*)·*D*) beyond one tile of `Comparison`, which matters where there are a million classes.
///
/// Source: Wang, Xiang, Cheng, Yuille. "NormFace: L2 Hypersphere Embedding for Face Verification." ACM MM 2017, section
/// 3.2 <https://arxiv.org/abs/1704.06369>; with a temperature: Zhai, Wu. "Classification is a Strong Baseline for Deep
/// Metric Learning." BMVC 2019. <https://arxiv.org/abs/1811.12649>
public struct NormFaceLoss: Hashable, Sendable {
  /// The divisor τ of the cosines.
  public let temperature: Double

  /// Creates the loss.
  ///
  /// - Parameter temperature: A positive number; 0.05 is that of Zhai and Wu, and of pytorch-metric-learning.
  public init(temperature: Double = 0.05) {
    precondition(temperature > 0, "temperature must be positive, not \(temperature)")
    self.temperature = temperature
  }

  /// Returns the loss of rows with their classes.
  ///
  /// - Parameters:
  ///   - rows: `[N, D]`, of any norm.
  ///   - labels: `int64`, `[N]`, from 0 to below C.
  ///   - proxies: One a class, `[C, D]`, of any norm.
  /// - Returns: A scalar, `[]`, `float32` unless the embeddings are `float64`.
  public func callAsFunction(_ rows: Tensor, labels: Tensor, proxies: Tensor) -> Tensor {
    let classified = ClassifiedRows(rows, labels: labels, proxies: proxies)
    return classified.crossEntropy(target: classified.ownCosines, scale: 1 / temperature)
  }

  /// What the loss tells about itself.
  public static let description = LossDescription(
    name: "normface", summary: "Classifies by cosines to one learned proxy a class",
    needs: [.classes],
    formula: formula,
    variants: [.paper: formula, .pml: formula],
    source: "Wang et al. NormFace. ACM MM 2017, <https://arxiv.org/abs/1704.06369>",
    parameters: [
      .init(
        "temperature", standard: NormFaceLoss().temperature, "the divisor τ of the cosines", origin: "Zhai, Wu 2019")
    ])

  private static let formula =
    "1/N · Σᵢ −log( exp(xᵢ·w_yᵢ/τ) / Σ_c exp(xᵢ·w_c/τ) )   rows x and proxies w of unit length"
}
