public import Images
public import Tensors

extension RandomFlip: BatchedAugmentation {
  /// Mirrors images.
  public func apply(_ parameters: [Flip], to pixels: Tensor) -> Tensor {
    pixels
      .changingImages(parameters.indices.filter { parameters[$0].axis == .horizontal }) { $0.reversed(along: 3) }
      .changingImages(parameters.indices.filter { parameters[$0].axis == .vertical }) { $0.reversed(along: 2) }
  }
}

extension RandomTurn: BatchedAugmentation {
  /// Turns images.
  public func apply(_ parameters: [Turn], to pixels: Tensor) -> Tensor {
    let batches = groups(of: parameters.map(\.quarters)).map { places in
      let batch = places.count == parameters.count ? pixels : pixels.items(at: places)
      return (places, Self.turned(batch, quarters: parameters[places[0]].quarters))
    }
    return Tensor(batches: batches)
  }

  private static func turned(_ pixels: Tensor, quarters: Int) -> Tensor {
    switch quarters {
    case 1: pixels.transposed(2, 3).reversed(along: 2)
    case 2: pixels.reversed(along: 2).reversed(along: 3)
    case 3: pixels.transposed(2, 3).reversed(along: 3)
    default: pixels
    }
  }
}
