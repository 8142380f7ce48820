public import Images
public import Tensors

extension RandomBlur: BatchedAugmentation {
  /// Blurs images along both axes; see `Image.blurred`.
  public func apply(_ parameters: [Blur], to pixels: Tensor) -> Tensor {
    let batches = groups(of: parameters.map(\.kernel.isMirrored)).map { places in
      let batch = places.count == parameters.count ? pixels : pixels.items(at: places)
      let kernels = places.map { parameters[$0].kernel.weights(sigma: parameters[$0].sigma) }
      let mirrored = parameters[places[0]].kernel.isMirrored
      let rows = batch.blurred(along: 3, kernels, mirrored: mirrored)
      return (places, rows.blurred(along: 2, kernels, mirrored: mirrored))
    }
    return Tensor(batches: batches)
  }
}

extension Tensor {
  /// The sum of the images moved along an axis by every distance up to the widest kernel's radius, each times its
  /// weights.
  fileprivate func blurred(along axis: Int, _ kernels: [[Double]], mirrored: Bool) -> Tensor {
    let length = shape[axis]
    let radius = kernels.map { $0.count / 2 }.max()!
    let wide = items(
      at: (-radius..<length + radius).map { Self.inside($0, of: length, mirrored: mirrored) }, along: axis)
    var sum = Tensor.zeros(shape, on: device)
    for distance in -radius...radius {
      let weights = kernels.map { kernel in
        let place = kernel.count / 2 + distance
        return kernel.indices.contains(place) ? kernel[place] : 0
      }
      let first = radius + distance
      sum = sum + wide.slice(first..<first + length, along: axis) * Tensor(each: weights, on: device)
    }
    return sum.roundedToPixels()
  }

  /// The place within an axis that stands for one beyond its edges: the edge itself, or the mirror image.
  static func inside(_ place: Int, of length: Int, mirrored: Bool = false) -> Int {
    guard mirrored, length > 1 else { return Swift.min(Swift.max(place, 0), length - 1) }
    let around = abs(place) % (2 * length - 2)
    return Swift.min(around, 2 * length - 2 - around)
  }
}
