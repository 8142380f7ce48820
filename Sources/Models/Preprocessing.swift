public import Images
public import Tensors

/// What is done to an image before an encoder sees it.
public struct Preprocessing: Hashable, Sendable, Codable {
  /// The height and width that images are brought to, in pixels.
  public let side: Int

  /// Subtracted from red, green and blue, on a scale from 0 to 1.
  public let mean: [Double]

  /// What red, green and blue are divided by afterwards.
  public let deviation: [Double]

  /// What of an image is kept: the middle.
  public let crop: CenterCrop

  /// Creates a preprocessing.
  public init(side: Int, mean: [Double], deviation: [Double], crop: CenterCrop = CenterCrop()) {
    precondition(mean.count == 3 && deviation.count == 3, "an image has three channels")
    precondition(deviation.allSatisfy { $0 > 0 }, "deviations are positive, not \(deviation)")
    self.side = side
    self.mean = mean
    self.deviation = deviation
    self.crop = crop
  }

  private enum CodingKeys: CodingKey { case side, mean, deviation, crop }

  /// Reads a preprocessing; the first models that were written do not say how they crop.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    side = try fields.decode(Int.self, forKey: .side)
    mean = try fields.decode([Double].self, forKey: .mean)
    deviation = try fields.decode([Double].self, forKey: .deviation)
    crop = try fields.decodeIfPresent(CenterCrop.self, forKey: .crop) ?? CenterCrop()
  }

  /// Values from 0 to 1 as they are, as SimCLR has it.
  public static func unit(side: Int) -> Preprocessing {
    Preprocessing(side: side, mean: [0, 0, 0], deviation: [1, 1, 1])
  }

  /// The mean and deviation of CLIP's training images.
  public static func clip(side: Int) -> Preprocessing {
    Preprocessing(
      side: side, mean: [0.48145466, 0.4578275, 0.40821073], deviation: [0.26862954, 0.26130258, 0.27577711])
  }

  /// The mean of ImageNet's training images.
  public static let imageNetMean = [0.485, 0.456, 0.406]

  /// The deviation of ImageNet's training images.
  public static let imageNetDeviation = [0.229, 0.224, 0.225]

  /// How an image is brought to the side for evaluation: its shorter side scaled, its middle cut out.
  public var view: ViewRecipe {
    .evaluation(size: side, proportion: crop.proportion, filter: crop.filter)
  }

  /// Turns the bytes of images `[N, side, side, 3]` into numbers: `[N, 3, side, side]`, channels-last in memory.
  ///
  /// On the processor that is one pass; another device gets the bytes, a quarter of the numbers' size.
  public func callAsFunction(_ pixels: [UInt8], on device: Device) -> Tensor {
    let shape = [pixels.count / (3 * side * side), side, side, 3]
    // Rows of pixels with their channels side by side are channels-last as they stand.
    if device == .cpu {
      let numbers = Numbers(pixels.count)
      ChannelScaling(mean: mean, deviation: deviation).write(pixels, to: numbers.start)
      return Tensor(borrowing: numbers.start, shape: shape, type: .float32, keptBy: numbers).permuted(0, 3, 1, 2)
    }
    let images = Tensor(pixels, shape: shape).to(device).permuted(0, 3, 1, 2).to(.float32) / 255.0
    if mean == [0, 0, 0], deviation == [1, 1, 1] { return images }
    let channel = [1, 3, 1, 1]
    return (images - Tensor(mean, shape: channel).to(.float32).to(device))
      / Tensor(deviation, shape: channel).to(.float32).to(device)
  }

  /// Memory for numbers, which goes with the tensor that borrows it.
  private final class Numbers {
    let start: UnsafeMutablePointer<Float>

    init(_ count: Int) { start = .allocate(capacity: count) }

    deinit { start.deallocate() }
  }
}
