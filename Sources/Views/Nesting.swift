public import Images
public import Tensors

extension RandomApply: BatchedAugmentation {
  /// Applies the steps.
  public func apply(_ parameters: [Applied], to pixels: Tensor) -> Tensor {
    steps.applied(parameters.map(\.steps), to: pixels)
  }
}

extension RandomChoice: BatchedAugmentation {
  /// Applies to every image its option, to all of one option at once.
  public func apply(_ parameters: [Chosen], to pixels: Tensor) -> Tensor {
    let batches = groups(of: parameters.map(\.option)).map { places in
      let batch = places.count == parameters.count ? pixels : pixels.items(at: places)
      let choices = places.map { [Optional(parameters[$0].parameters)] }
      return (places, [options[parameters[places[0]].option]].applied(choices, to: batch))
    }
    return Tensor(batches: batches)
  }
}
