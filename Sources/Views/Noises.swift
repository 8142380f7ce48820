public import Images
public import Tensors

/// The numbers of `PixelNoise` for all values of a batch of images at once.
struct PixelHash {
  /// The index of every value within its image, as `Image` numbers them, `[1, 3, H, W]`, and every image's seed.
  private let indices: Tensor
  private let seeds: Tensor

  init(_ seeds: [UInt32], height: Int, width: Int, on device: Device) {
    indices = Tensor.range(0..<height * width * 3, on: device).reshaped(1, height, width, 3).permuted(0, 3, 1, 2)
    self.seeds = Tensor(seeds.map { Int64($0 &* 0x9E37_79B9) }, shape: [seeds.count, 1, 1, 1]).to(device)
  }

  /// 32 random bits for every index, in `int64`.
  private func bits(_ indices: Tensor) -> Tensor {
    func folded(_ x: Tensor, by count: Int, times factor: Int) -> Tensor {
      // Products of two numbers of 32 bits are right in their lower 64 bits, whatever their sign.
      (x.bits(differingFrom: x.bits(movedDownBy: count)) * Tensor([Int64(factor)]).to(x.device)).bits(in: 0xFFFF_FFFF)
    }
    let first = folded((indices + seeds).bits(in: 0xFFFF_FFFF), by: 16, times: 0x7FEB_352D)
    let second = folded(first, by: 15, times: 0x846C_A68B)
    return second.bits(differingFrom: second.bits(movedDownBy: 16))
  }

  /// Values 0 … 255, all equally likely, `[N, 3, H, W]`.
  func bytes() -> Tensor { bits(indices).bits(movedDownBy: 24).to(.float32) }

  /// Numbers of the standard normal distribution, `[N, 3, H, W]`.
  func normals() -> Tensor {
    let two = Tensor([Int64(2)]).to(indices.device)
    let radius = ((bits(indices * two).to(.float32) + 1) / 0x1p32).log() * -2
    let angle = bits(indices * two + Tensor([Int64(1)]).to(indices.device)).to(.float32) / 0x1p32
    return radius.clamped(min: 0).squareRoot() * (angle * (2 * .pi)).cos()
  }
}

extension RandomNoise: BatchedAugmentation {
  /// Adds noise; see `Image.addNoise`.
  public func apply(_ parameters: [Noise], to pixels: Tensor) -> Tensor {
    let hash = PixelHash(
      parameters.map(\.seed), height: pixels.shape[2], width: pixels.shape[3], on: pixels.device)
    let deviations = Tensor(each: parameters.map { 255 * $0.sigma }, on: pixels.device)
    return (pixels + deviations * hash.normals()).roundedToPixels()
  }
}
