import Basics

/// The shape of a blur along one axis.
public enum BlurKernel: Hashable, Sendable, Codable {
  /// The Gaussian exp(−*d*²/2σ²) at whole distances *d* up to a radius, scaled to a sum of 1.
  ///
  /// Below σ ≈ 0.5 it blurs less than its name says. It is what google-research/simclr uses.
  case sampled(radius: Int)

  /// The same, and beyond its edges the image goes on as its mirror image: torchvision's `gaussian_blur`.
  case mirrored(radius: Int)

  /// Three boxes one after the other, their ends weighted so that the variance is exactly σ²: Pillow's
  /// `GaussianBlur`, which lightly, MoCo and others use.
  ///
  /// Source: Gwosdek, Grewenig, Bruhn, Weickert. "Theoretical Foundations of Gaussian Convolution by Extended Box
  /// Filtering." SSVM 2011, section 3.
  case boxes

  /// Whether the image goes on as its mirror image beyond its edges, and not with the edge itself.
  package var isMirrored: Bool {
    if case .mirrored = self { true } else { false }
  }

  /// The weights, an odd number of them, of sum 1.
  package func weights(sigma: Double) -> [Double] {
    switch self {
    case .sampled(let radius), .mirrored(let radius):
      let weights = (-radius...radius).map { Double.exp(-Double($0 * $0) / (2 * sigma * sigma)) }
      let sum = weights.reduce(0, +)
      return weights.map { $0 / sum }
    case .boxes:
      // A box of 2l + 1 ones has the variance l(l + 1)/3; the largest that stays below the share of each of three
      // is widened on both sides by a pixel of weight a, such that the variance is right.
      let share = sigma * sigma / 3
      let whole = (((12 * share + 1).squareRoot() - 1) / 2).rounded(.down)
      let end =
        (2 * whole + 1) * (whole * (whole + 1) - 3 * share) / (6 * (share - (whole + 1) * (whole + 1)))
      let length = 2 * whole + 1 + 2 * end
      let box = [end / length] + Array(repeating: 1 / length, count: 2 * Int(whole) + 1) + [end / length]
      return Self.convolved(Self.convolved(box, box), box)
    }
  }

  private static func convolved(_ a: [Double], _ b: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: a.count + b.count - 1)
    for (i, x) in a.enumerated() {
      for (j, y) in b.enumerated() { result[i + j] += x * y }
    }
    return result
  }
}

extension Image {
  /// The image blurred along both axes; pixels beyond the edge are those of the edge, unless the kernel says otherwise.
  ///
  /// - Parameters:
  ///   - sigma: The standard deviation in pixels.
  ///   - kernel: The shape that stands for the Gaussian.
  public func blurred(sigma: Double, kernel: BlurKernel = .boxes) -> Image {
    precondition(sigma > 0, "a blur needs a positive sigma, not \(sigma)")
    let weights = kernel.weights(sigma: sigma)
    guard weights.count > 1 else { return self }
    let columns = AxisWeights(blurring: width, with: weights, mirrored: kernel.isMirrored)
    let rows = AxisWeights(blurring: height, with: weights, mirrored: kernel.isMirrored)
    let stride = width * channels
    return withPixels { source in
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: stride * height) { scratch in
        let between = scratch.baseAddress!
        columns.filterRows(0..<height, of: source, stride: stride, channels: channels, into: between)
        return Image(size, channels: channels) {
          rows.filterColumns(of: UnsafePointer(between), stride: stride, width: stride, into: $0)
        }
      }
    }
  }
}
