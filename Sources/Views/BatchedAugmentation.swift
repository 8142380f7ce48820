public import Images
public import Tensors

/// An augmentation that changes many images at once, on whatever device they lie.
///
/// It is told the same θ as `apply(_:to:)` is, and gives the same pixels to within rounding. One that does not conform
/// works all the same: its images are changed one by one on the processor.
public protocol BatchedAugmentation: Augmentation {
  /// Changes images as the parameters say.
  ///
  /// - Parameters:
  ///   - parameters: One for each image, all of which lead to the same size.
  ///   - pixels: Whole numbers 0 … 255 as `float32`, `[N, 3, H, W]`.
  /// - Returns: The same of the changed images, `[N, 3, H′, W′]`.
  func apply(_ parameters: [Parameters], to pixels: Tensor) -> Tensor
}

extension Augmentation {
  /// Changes images at once where the augmentation can, and one by one where it cannot.
  func applied(any choices: [any AugmentationParameters], to pixels: Tensor) -> Tensor {
    let parameters = choices.map { choice in
      guard let parameters = choice as? Parameters else {
        preconditionFailure("parameters “\(choice.words)” do not fit a step of kind \(Self.kind)")
      }
      return parameters
    }
    if let batched = self as? any BatchedAugmentation { return batched.applied(known: parameters, to: pixels) }
    let changed = zip(parameters, pixels.images()).map { apply($0, to: $1) }
    return Tensor(images: changed).to(pixels.device)
  }
}

extension BatchedAugmentation {
  fileprivate func applied(known choices: [any AugmentationParameters], to pixels: Tensor) -> Tensor {
    apply(choices.map { $0 as! Parameters }, to: pixels)  // checked before
  }
}

extension Tensor {
  /// Puts images of one size into a batch, `[N, 3, H, W]`.
  init(images: [Image]) {
    let size = images[0].size
    precondition(
      images.allSatisfy { $0.size == size }, "images of one batch are of one size, got \(images.map(\.size))")
    let pixels = images.flatMap { $0.color().pixels }
    self = Tensor(pixels, shape: [images.count, size.height, size.width, 3]).permuted(0, 3, 1, 2).to(.float32)
  }

  /// The images of a batch `[N, 3, H, W]`.
  func images() -> [Image] {
    let (count, height, width) = (shape[0], shape[2], shape[3])
    let pixels = permuted(0, 2, 3, 1).values(as: UInt8.self)
    let stride = height * width * 3
    return (0..<count).map {
      Image(width: width, height: height, pixels: Array(pixels[$0 * stride..<($0 + 1) * stride]))
    }
  }

  /// The images at some places changed, all others as they are.
  func changingImages(_ places: [Int], _ body: (Tensor) -> Tensor) -> Tensor {
    if places.isEmpty { return self }
    if places.count == shape[0] { return body(self) }
    return replacingItems(at: places, with: body(items(at: places)))
  }

  /// A batch of the images of several, each at its own place.
  init(batches: [(places: [Int], pixels: Tensor)]) {
    if batches.count == 1 {
      self = batches[0].pixels
      return
    }
    let places = batches.flatMap(\.places)
    var order = [Int](repeating: 0, count: places.count)
    for (row, place) in places.enumerated() { order[place] = row }
    self = Tensor.concatenation(batches.map(\.pixels)).items(at: order)
  }

  /// One number an image, to be spread over its pixels: `[N, 1, 1, 1]`.
  init(each numbers: [Double], on device: Device) {
    self = Tensor(numbers.map { Float($0) }, shape: [numbers.count, 1, 1, 1]).to(device)
  }

  /// The nearest whole numbers within 0 … 255, halves upwards.
  func roundedToPixels() -> Tensor { (self + 0.5).floored().clamped(min: 0, max: 255) }
}
