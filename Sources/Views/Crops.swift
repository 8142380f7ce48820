public import Images
import Tensors

/// An augmentation that resizes a box of every image.
protocol BatchedCrop: BatchedAugmentation, CroppingAugmentation {}

extension RandomResizedCrop: BatchedCrop {}

extension CenterCrop: BatchedCrop {}

extension BatchedCrop {
  /// Resizes a box of every image of a batch.
  public func apply(_ parameters: [Crop], to pixels: Tensor) -> Tensor {
    let size = ImageSize(width: pixels.shape[3], height: pixels.shape[2])
    return resized(pixels, parameters, windows: parameters.map { window(around: $0.box, in: size) })
  }

  /// Resizes a box of every one of some images, whose sizes may differ; no more than is seen of them is copied.
  func cropped(_ images: [Image], _ crops: [Crop], on device: Device) -> Tensor {
    let windows = zip(images, crops).map { window(around: $1.box, in: $0.size) }
    let (width, height) = (windows.map(\.columns.count).max()!, windows.map(\.rows.count).max()!)
    var pixels = [UInt8](repeating: 0, count: images.count * height * width * 3)
    for (number, (image, window)) in zip(images.lazy.map { $0.color() }, windows).enumerated() {
      for (row, y) in window.rows.enumerated() {
        let from = (y * image.width + window.columns.lowerBound) * 3
        let to = (number * height + row) * width * 3
        pixels.replaceSubrange(
          to..<to + window.columns.count * 3, with: image.pixels[from..<from + window.columns.count * 3])
      }
    }
    let moved = zip(crops, windows).map { crop, window in
      let (x, y) = (crop.box.x - Double(window.columns.lowerBound), crop.box.y - Double(window.rows.lowerBound))
      return Crop(
        box: ImageBox(x: x, y: y, width: crop.box.width, height: crop.box.height), output: crop.output)
    }
    let batch = Tensor(pixels, shape: [images.count, height, width, 3]).to(device).permuted(0, 3, 1, 2).to(.float32)
    return resized(batch, moved, windows: windows.map { PixelWindow($0.size) })
  }

  /// First rows, then columns, are multiplied by the weights of the filter, and rounded in between.
  private func resized(_ pixels: Tensor, _ crops: [Crop], windows: [PixelWindow]) -> Tensor {
    let (count, height, width) = (pixels.shape[0], pixels.shape[2], pixels.shape[3])
    let output = crops[0].output
    let columns = filter.matrix(
      crops.map { ($0.box.x, $0.box.width) }, windows: windows.map(\.columns), from: width,
      to: output.width, on: pixels.device)  // [N, W′, W]
    let rows = filter.matrix(
      crops.map { ($0.box.y, $0.box.height) }, windows: windows.map(\.rows), from: height,
      to: output.height, on: pixels.device)  // [N, H′, H]
    let flat = pixels.contiguous().reshaped(count, 3 * height, width)
    let narrow = flat.matrixProduct(columns.transposed()).reshaped(count, 3, height, output.width).roundedToPixels()
    return rows.unsqueezed(1).matrixProduct(narrow).roundedToPixels()  // [N, 3, H′, W′]
  }
}

extension ResizeFilter {
  /// The weights that resize a part of one axis of every image, `[N, output, input]`; see `Image.resized`.
  ///
  /// - Parameters:
  ///   - parts: Where the part of each image begins, and how long it is.
  ///   - windows: What is seen around it.
  fileprivate func matrix(
    _ parts: [(start: Double, length: Double)], windows: [Range<Int>], from input: Int,
    to output: Int, on device: Device
  ) -> Tensor {
    func each(_ number: (Int) -> Double) -> Tensor {
      Tensor(parts.indices.map { Float(number($0)) }, shape: [parts.count, 1, 1]).to(device)
    }
    let scale = each { parts[$0].length / Double(output) }
    let steps = (Tensor.range(0..<output, on: device).to(.float32) + 0.5).reshaped(1, output, 1)
    let places = (Tensor.range(0..<input, on: device).to(.float32) + 0.5).reshaped(1, 1, input)
    let middles = each { parts[$0].start } + steps * scale
    let distances = ((places - middles) / scale.clamped(min: 1)).magnitude()
    let isSeen = (each { Double(windows[$0].lowerBound) } .< places)
      .and(places .< each { Double(windows[$0].upperBound) })
    let weights = self.weights(at: distances) * isSeen.to(.float32)
    return weights / weights.sum(-1, keeping: true)
  }

  private func weights(at x: Tensor) -> Tensor {
    switch self {
    case .bilinear:
      return (1 - x).clamped(min: 0)
    case .bicubic:
      let near = (1.5 * x - 2.5) * x * x + 1
      let far = ((-0.5 * x + 2.5) * x - 4) * x + 2
      return (x .< 1).select(near, else: (x .< 2).select(far, else: x * 0))
    }
  }
}
