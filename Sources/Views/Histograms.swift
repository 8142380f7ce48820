public import Images
public import Tensors

extension RandomEqualize: BatchedAugmentation {
  /// Makes all values of every channel about equally frequent; see `Image.equalize`.
  public func apply(_ parameters: [Equalized], to pixels: Tensor) -> Tensor {
    func whole(_ number: Int64) -> Tensor { Tensor([number]).to(pixels.device) }
    let channels = pixels.shape[0] * 3
    let values = pixels.contiguous().reshaped(channels, -1).to(.int64)  // [3N, H·W]
    let counts = Tensor.zeros([channels, 256], type: .int64, on: pixels.device)
      .adding(.full(values.shape, 1, type: .int64, on: pixels.device), at: values, along: 1)
    let highest = values.max(1, keeping: true)
    let below = counts.cumulativeSum(along: 1) - counts
    let steps = below.gathered(at: highest, along: 1).quotient(by: whole(255))  // [3N, 1]
    let divisor = Tensor.maximum(steps, whole(1))
    let spread = Tensor.minimum((below + divisor.quotient(by: whole(2))).quotient(by: divisor), whole(255))
    let same = Tensor.range(0..<256, on: pixels.device).reshaped(1, 256).expanded(to: counts.shape)
    let table = (steps .== 0).select(same, else: spread)
    return table.gathered(at: values, along: 1).to(.float32).reshaped(to: pixels.shape)
  }
}

extension RandomAutocontrast: BatchedAugmentation {
  /// Stretches the values of every channel to the whole range; see `Image.stretchContrast`.
  public func apply(_ parameters: [Stretched], to pixels: Tensor) -> Tensor {
    let lowest = pixels.min(2, 3, keeping: true)
    let highest = pixels.max(2, 3, keeping: true)
    let scale = 255 / (highest - lowest).clamped(min: 1)
    // A thousandth makes up for quotients that come out a little low.
    let stretched = ((pixels - lowest) * scale + 0.001).floored()
    return (lowest .< highest).select(stretched, else: pixels)
  }
}
