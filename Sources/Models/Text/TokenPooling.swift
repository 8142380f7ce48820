public import Tensors

/// How the vectors of a text's tokens become one.
public struct TokenPooling: Hashable, Sendable {
  /// One way; several give their vectors joined.
  public enum Mode: String, Hashable, Sendable, CaseIterable, Codable {
    /// The first token's vector, `[CLS]`'s.
    case cls
    /// The largest number of each dimension.
    case max
    /// The mean.
    case mean
    /// The sum, divided by the square root of the number of tokens.
    case meanSqrtLength = "mean_sqrt_len_tokens"
    /// The mean, the token at place *i* weighing *i* (from 1).
    case weightedMean = "weightedmean"
    /// The last token's vector.
    case lastToken = "lasttoken"
  }

  /// The ways, in the order in which their vectors are joined.
  public let modes: [Mode]
  /// Whether the tokens of a prompt count.
  public let includesPrompt: Bool

  /// Creates a pooling.
  public init(_ modes: [Mode] = [.mean], includesPrompt: Bool = true) {
    precondition(!modes.isEmpty, "a pooling takes at least one mode")
    self.modes = modes
    self.includesPrompt = includesPrompt
  }

  /// Joins the tokens' vectors of every text.
  ///
  /// - Parameters:
  ///   - vectors: `[N, L, D]`, of any floating-point type.
  ///   - batch: The tokens that they are of.
  ///   - prompt: How many tokens at the beginning are of a prompt; they are left out if the prompt does not count.
  /// - Returns: `[N, modes·D]`, in `float32` or better.
  public func callAsFunction(_ vectors: Tensor, _ batch: TokenBatch, prompt: Int = 0) -> Tensor {
    let first = includesPrompt ? 0 : prompt
    precondition(batch.lengths.allSatisfy { $0 > first }, "a text of \(first) tokens is all prompt")
    let vectors = vectors.type == .float64 ? vectors : vectors.to(.float32)
    let (length, device) = (vectors.shape[1], vectors.device)
    let ends = Tensor(batch.lengths).to(device).unsqueezed(1)  // [N, 1]
    let places = Tensor.range(0..<length, on: device).unsqueezed(0)  // [1, L]
    let counts = (places .< ends).and((places .< Double(first)) .== 0).unsqueezed(2)  // [N, L, 1]
    let weights = counts.to(vectors.type)
    let sum = (vectors * weights).sum(1)  // [N, D]
    let number = weights.sum(1)  // [N, 1]
    let pooled = modes.map { mode -> Tensor in
      switch mode {
      case .cls: return vectors.item(first, along: 1)
      case .max: return vectors.filled(where: !counts, with: -.infinity).max(1)
      case .mean: return sum / number
      case .meanSqrtLength: return sum / number.squareRoot()
      case .weightedMean:
        let rising = weights * (places + 1).to(vectors.type).unsqueezed(2)
        return (vectors * rising).sum(1) / rising.sum(1)
      case .lastToken:
        let last = Tensor(batch.lengths.map { $0 - 1 }).to(device).reshaped(-1, 1, 1)
        return vectors.gathered(at: last.expanded(to: [vectors.shape[0], 1, vectors.shape[2]]), along: 1).squeezed(1)
      }
    }
    return pooled.count == 1 ? pooled[0] : .concatenation(pooled, along: 1)
  }
}
