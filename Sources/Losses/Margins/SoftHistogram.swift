import Tensors

extension Tensor {
  /// Histograms of every row that can be differentiated: a number between two nodes is shared by both, the nearer one
  /// getting more.
  ///
  /// Node *k* lies at lowest + *k*·*w*, where *w* is the width of a bin; a number *x* counts max(0, 1 − |*x* − node|/*w*)
  /// there.
  ///
  /// - Parameters:
  ///   - lowest: Where node 0 lies. All numbers lie in lowest ... lowest + bins·*w*, up to rounding.
  ///   - bins: The number of bins, one less than that of nodes.
  ///   - width: *w*.
  ///   - masks: Which numbers count, `bool`, `[R, M]`, for one histogram each.
  /// - Returns: One histogram `[R, bins + 1]` a mask.
  func softHistograms(from lowest: Double, bins: Int, width: Double, of masks: [Tensor]) -> [Tensor] {
    let places = (self - lowest) / width
    // Truncation is the floor of what is not negative.
    let lower = places.detached().clamped(min: 0, max: Double(bins) - 0.5).to(.int64)
    let toUpper = places - lower.to(type)
    let indices = Tensor.concatenation([lower, lower + Tensor([1]).to(device)], along: 1)
    return masks.map { mask in
      let counted = mask.to(type)
      let shares = Tensor.concatenation([(1 - toUpper) * counted, toUpper * counted], along: 1)
      return Tensor.zeros([shape[0], bins + 1], type: type, on: device).adding(shares, at: indices, along: 1)
    }
  }
}
