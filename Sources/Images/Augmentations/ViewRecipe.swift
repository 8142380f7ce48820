public import Basics

/// How views are made of an image: augmentations one after the other, and the size that comes out.
///
/// A recipe is a value that is written to a run's settings and read back. It samples parameters θ for every view and
/// applies them; see `Augmentation`.
public struct ViewRecipe: Hashable, Sendable {
  /// What a person calls the recipe: `simclr`.
  public let name: String

  /// The size of every view.
  public let size: ImageSize

  /// The augmentations, in the order in which they are applied.
  public let steps: [ViewStep]

  /// Creates a recipe.
  ///
  /// - Parameters:
  ///   - name: What a person calls it.
  ///   - size: The size of every view. When no step crops, the whole image is resized in the end.
  ///   - steps: The augmentations, whose settings must make sense.
  public init(name: String, size: ImageSize, steps: [ViewStep]) {
    for step in steps {
      if let problem = step.augmentation.problem { preconditionFailure("recipe \(name): \(problem)") }
    }
    self.name = name
    self.size = size
    self.steps = steps
  }

  /// Chooses the parameters θ of one view of an image.
  public func sample(for image: ImageSize, using stream: inout RandomStream) -> ViewParameters {
    var current = image
    return ViewParameters(
      steps: steps.map { step in
        let parameters = step.sample(for: current, output: size, using: &stream)
        if let parameters { current = parameters.choice.size(after: current) }
        return parameters
      })
  }

  /// Makes the view that the parameters describe, which must have been sampled by a recipe with the same kinds of
  /// steps, for an image of the same size.
  public func apply(_ parameters: ViewParameters, to image: Image) -> Image {
    precondition(
      parameters.steps.count == steps.count,
      "recipe \(name) has \(steps.count) steps, got parameters of \(parameters.steps.count)")
    var view = image
    for (step, choice) in zip(steps, parameters.steps) {
      if let choice { view = step.apply(choice, to: view) }
    }
    return view.size == size ? view : view.resized(to: size)
  }

  /// Makes the view with the given name: the same numbers give the same bytes, on any thread, in any order.
  ///
  /// - Parameters:
  ///   - image: The image.
  ///   - seed: The run's seed.
  ///   - epoch: How often the data has been seen before.
  ///   - index: The number of the image in its source.
  ///   - view: The number of the view among those of the same image.
  public func view(of image: Image, seed: UInt64, epoch: Int, index: Int, view: Int) -> Image {
    var stream = RandomStream(seed: seed, epoch, index, view)
    return apply(sample(for: image.size, using: &stream), to: image)
  }
}

extension ViewRecipe: Codable {
  private enum Key: CodingKey { case name, size, steps }

  /// Reads a recipe, and refuses settings that make no sense.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    self.init(
      name: try values.decode(String.self, forKey: .name),
      size: try values.decode(ImageSize.self, forKey: .size),
      steps: try values.decode([ViewStep].self, forKey: .steps))
  }
}
