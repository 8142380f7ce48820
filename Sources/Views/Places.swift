public import Images
public import Tensors

// Augmentations for which it matters where a pixel lies.

extension RandomRotation: BatchedAugmentation {
  /// Turns images about their middles; see `Image.rotated`.
  public func apply(_ parameters: [Angle], to pixels: Tensor) -> Tensor {
    let device = pixels.device
    let (count, height, width) = (pixels.shape[0], pixels.shape[2], pixels.shape[3])
    let angles = Tensor(parameters.map { Float($0.degrees / 180 * .pi) }, shape: [count, 1, 1]).to(device)
    let (sine, cosine) = (angles.sin(), angles.cos())
    let u = (Tensor.range(0..<width, on: device).to(.float32) + (0.5 - Double(width) / 2)).reshaped(1, 1, width)
    let v = (Tensor.range(0..<height, on: device).to(.float32) + (0.5 - Double(height) / 2)).reshaped(1, height, 1)
    let x = cosine * u - sine * v + Double(width) / 2  // [N, H, W]
    let y = sine * u + cosine * v + Double(height) / 2
    let isOutside = (x .< 0).or(y .< 0).or(!(x .< Double(width))).or(!(y .< Double(height))).unsqueezed(1)
    let turned: Tensor
    switch filter {
    case .nearest:
      turned = pixels.values(atX: x.floored(), y: y.floored())
    case .bilinear:
      let (left, top) = ((x - 0.5).floored(), (y - 0.5).floored())
      let (dx, dy) = ((x - 0.5 - left).unsqueezed(1), (y - 0.5 - top).unsqueezed(1))
      let above = pixels.values(atX: left, y: top) * (1 - dx) + pixels.values(atX: left + 1, y: top) * dx
      let below = pixels.values(atX: left, y: top + 1) * (1 - dx) + pixels.values(atX: left + 1, y: top + 1) * dx
      turned = (above * (1 - dy) + below * dy).roundedToPixels()
    }
    return turned.filled(where: isOutside, with: Double(level))
  }
}

extension Tensor {
  /// The pixels of images `[N, 3, H, W]` at whole places `[N, H, W]`; beyond an edge they are those of the edge.
  fileprivate func values(atX x: Tensor, y: Tensor) -> Tensor {
    let (count, height, width) = (shape[0], shape[2], shape[3])
    let places = y.clamped(min: 0, max: Double(height - 1)) * Double(width) + x.clamped(min: 0, max: Double(width - 1))
    let flat = places.to(.int64).reshaped(count, 1, height * width).expanded(to: [count, 3, height * width])
    return contiguous().reshaped(count, 3, height * width).gathered(at: flat, along: 2).reshaped(to: shape)
  }

  /// The tensor with an image's boxes covered.
  fileprivate func erased(_ choices: [ErasedBox]) -> Tensor {
    let (height, width) = (shape[2], shape[3])
    func isWithin(_ start: [Double], _ length: [Double], _ count: Int, _ shape: [Int]) -> Tensor {
      let places = (Tensor.range(0..<count, on: device).to(.float32) + 0.5).reshaped(to: shape)
      let first = Tensor(each: start, on: device)
      return (first .< places).and(places .< first + Tensor(each: length, on: device))
    }
    let columns = isWithin(choices.map(\.box.x), choices.map(\.box.width), width, [1, 1, 1, width])
    let rows = isWithin(choices.map(\.box.y), choices.map(\.box.height), height, [1, 1, height, 1])
    let isCovered = columns.and(rows)  // [N, 1, H, W]
    let levels = choices.map { if case .level(let level) = $0.fill { Double(level) } else { 0.0 } }
    let noisy = choices.indices.filter { choices[$0].fill == .noise }
    let cover = Tensor(each: levels, on: device).expanded(to: shape)
      .changingImages(noisy) { _ in
        PixelHash(noisy.map { choices[$0].seed }, height: height, width: width, on: device).bytes()
      }
    return isCovered.select(cover, else: self)
  }
}

extension RandomErasing: BatchedAugmentation {
  /// Covers a box of every image.
  public func apply(_ parameters: [ErasedBox], to pixels: Tensor) -> Tensor { pixels.erased(parameters) }
}

extension Cutout: BatchedAugmentation {
  /// Covers a square of every image.
  public func apply(_ parameters: [ErasedBox], to pixels: Tensor) -> Tensor { pixels.erased(parameters) }
}

extension RandomSobel: BatchedAugmentation {
  /// Shows how steeply brightness changes; see `Image.edges`.
  public func apply(_ parameters: [Edges], to pixels: Tensor) -> Tensor {
    let gray = pixels.luma()
    func moved(_ image: Tensor, _ distance: Int, _ axis: Int) -> Tensor {
      let length = image.shape[axis]
      return image.items(at: (0..<length).map { Tensor.inside($0 + distance, of: length) }, along: axis)
    }
    func slope(along axis: Int, across: Int) -> Tensor {
      let smooth = moved(gray, -1, across) + gray * 2 + moved(gray, 1, across)
      return moved(smooth, 1, axis) - moved(smooth, -1, axis)
    }
    let squares = slope(along: 3, across: 2).squared() + slope(along: 2, across: 3).squared()
    return ((squares / 32).squareRoot() + 0.5).floored().expanded(to: pixels.shape)
  }
}
