public import Images
public import Tensors

// Changes of colour with the rounding of those of one image; see `Image.adjustBrightness` and its neighbours.

extension Tensor {
  /// The brightness of pixels `[N, 3, H, W]`, rounded: `[N, 1, H, W]`.
  ///
  /// The sum of three products with weights of 16 bits is below 2²⁴, and so exact.
  func luma() -> Tensor {
    let sum = slice(0..<1, along: 1) * 19595 + slice(1..<2, along: 1) * 38470 + slice(2..<3, along: 1) * 7471
    return ((sum + 32768) / 65536).floored()
  }

  /// A mixture *from* + factor·(self − *from*), cut to 0 … 255, its fraction dropped.
  func mixed(from: Tensor, _ factor: Tensor) -> Tensor {
    (from + factor * (self - from)).clamped(min: 0, max: 255).floored()
  }

  /// Hues turned by a part of the circle each; see `Image.shiftHue`.
  fileprivate func turnedHues(_ turns: [Double]) -> Tensor {
    let (red, green, blue) = (slice(0..<1, along: 1), slice(1..<2, along: 1), slice(2..<3, along: 1))
    let value = Tensor.maximum(Tensor.maximum(red, green), blue)
    let range = value - Tensor.minimum(Tensor.minimum(red, green), blue)
    let divisor = range.clamped(min: 1)  // gray pixels stay, whatever their hue
    let hue = (value .== red).select(
      (green - blue) / divisor,
      else: (value .== green).select((blue - red) / divisor + 2, else: (red - green) / divisor + 4))
    let turned = hue + Tensor(each: turns.map { ($0 - $0.rounded(.down)) * 6 }, on: device)
    func channel(_ n: Double) -> Tensor {
      let k = (turned + n).remainder(by: 6)
      return (value - range * Tensor.minimum(k, 4 - k).clamped(min: 0, max: 1) + 0.5).floored()
    }
    return .concatenation([channel(5), channel(3), channel(1)], along: 1)
  }
}

extension ColorJitter: BatchedAugmentation {
  /// Changes colours, at every place of the order all images together that have the same change there.
  public func apply(_ parameters: [ColorChange], to pixels: Tensor) -> Tensor {
    var result = pixels
    for turn in 0..<(parameters.map(\.order.count).max() ?? 0) {
      for part in ColorChange.Part.allCases {
        let places = parameters.indices.filter {
          parameters[$0].order.count > turn && parameters[$0].order[turn] == part
        }
        result = result.changingImages(places) { Self.changed($0, part, places.map { parameters[$0] }) }
      }
    }
    return result
  }

  private static func changed(_ pixels: Tensor, _ part: ColorChange.Part, _ changes: [ColorChange]) -> Tensor {
    func each(_ amount: (ColorChange) -> Double) -> Tensor {
      Tensor(each: changes.map(amount), on: pixels.device)
    }
    switch part {
    case .brightness: return (pixels * each(\.brightness)).clamped(min: 0, max: 255).floored()
    case .contrast:
      let middle = (pixels.luma().mean(1, 2, 3, keeping: true) + 0.5).floored()
      return pixels.mixed(from: middle, each(\.contrast))
    case .saturation: return pixels.mixed(from: pixels.luma(), each(\.saturation))
    case .hue: return pixels.turnedHues(changes.map(\.hue))
    }
  }
}

extension RandomGrayscale: BatchedAugmentation {
  /// Takes the colours away.
  public func apply(_ parameters: [Gray], to pixels: Tensor) -> Tensor {
    pixels.luma().expanded(to: pixels.shape)
  }
}

extension RandomSolarize: BatchedAugmentation {
  /// Inverts bright values.
  public func apply(_ parameters: [Inversion], to pixels: Tensor) -> Tensor {
    let thresholds = Tensor(each: parameters.map { Double($0.threshold) }, on: pixels.device)
    return (pixels .< thresholds).select(pixels, else: 255 - pixels)
  }
}

extension RandomPosterize: BatchedAugmentation {
  /// Drops the lower bits.
  public func apply(_ parameters: [Bits], to pixels: Tensor) -> Tensor {
    let steps = Tensor(each: parameters.map { Double(1 << (8 - $0.bits)) }, on: pixels.device)
    return (pixels / steps).floored() * steps
  }
}
