public import Tensors

/// Embeds many rows a few at a time, with the gradient of all at once: batches beyond memory, for any loss.
///
///     forward     zₖ = f(xₖ; w) for every part k, of which only zₖ is kept
///     loss        L(z) and ∂L/∂z, z of the whole batch
///     backward    ∂L/∂w = Σₖ (∂zₖ/∂w)ᵀ ∂L/∂zₖ, with every zₖ computed again
///
/// Memory is that of one part, whatever the batch; the price is one more forward pass. Dropout drops the same both
/// times. Batch normalisation sees a part, not the batch, which makes f another function, whose gradient this then is;
/// its running statistics move in the first pass alone. Layer and group normalisation know nothing of batches.
///
/// Source: Gao, Zhang, Han, Callan. "Scaling Deep Contrastive Learning Batch Size under Memory Limited Setup." RepL4NLP
/// 2021. <https://arxiv.org/abs/2101.06983>
public final class GradientCache {
  /// How many rows go through at once; parts are of equal size, as far as they can be.
  public let partSize: Int

  /// How many passes were made, forward and for gradients.
  public private(set) var forwardPasses = 0, gradientPasses = 0

  /// How long the second passes took, with their way back, in seconds.
  public private(set) var secondsAgain = 0.0

  private let weights: [Tensor]

  /// Creates a cache.
  ///
  /// - Parameters:
  ///   - weights: All variables that an encoder may depend on.
  ///   - partSize: How many rows go through at once, 2 or more.
  public init(of weights: [Tensor], partSize: Int) {
    precondition(partSize >= 2, "a part has 2 rows or more, not \(partSize): batch normalisation needs them")
    self.weights = weights
    self.partSize = partSize
  }

  /// Runs an encoder on rows `0..<count`.
  ///
  /// - Parameters:
  ///   - count: The number of rows.
  ///   - mode: Of the step; every part draws from a source of its own.
  ///   - encode: Embeds some of the rows: `[rows, D]`. It is kept until the gradients are known, and what it gives
  ///     depends on the rows, the mode and the weights alone.
  /// - Returns: The embeddings of all rows, `[count, D]`.
  public func callAsFunction(
    _ count: Int, _ mode: Mode, _ encode: @escaping (Range<Int>, Mode) -> Tensor
  ) -> Tensor {
    let parts = Self.parts(of: count, atMost: partSize)
    let seeds = parts.map { _ in mode.source?.drawSeed() }
    func source(_ k: Int) -> RandomSource? { seeds[k].map { RandomSource(seed: $0, device: mode.source!.device) } }
    return withCustomGradient(of: weights) { [self] in
      let embeddings = parts.indices.map { k in encode(parts[k], source(k).map(Mode.training) ?? mode).detached() }
      forwardPasses += parts.count
      return (
        [.concatenation(embeddings)],
        { [self] given in
          let start = ContinuousClock.now
          var gradients = [Tensor?](repeating: nil, count: weights.count)
          for (k, rows) in parts.enumerated() {
            let again = withGradient { encode(rows, source(k).map(Mode.repetition) ?? mode) }
            for (i, gradient) in again.gradients(of: weights, seed: given[0]![rows]).enumerated() {
              guard let gradient else { continue }
              gradients[i] = gradients[i].map { $0 + gradient } ?? gradient
            }
          }
          gradientPasses += parts.count
          let duration = (ContinuousClock.now - start).components
          secondsAgain += Double(duration.seconds) + Double(duration.attoseconds) * 1e-18
          return gradients
        }
      )
    }[0]
  }

  /// `0..<count` in as few ranges of at most a size as there can be, all of about one length; none is a single row
  /// unless there is but one.
  static func parts(of count: Int, atMost size: Int) -> [Range<Int>] {
    let number = max(1, min((count + size - 1) / size, count / 2))
    return (0..<number).map { k in k * count / number..<(k + 1) * count / number }
  }
}
