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
  public init(name: String, size: ImageSize, steps: [any Augmentation]) {
    for step in steps {
      if let problem = step.problem { preconditionFailure("recipe \(name): \(problem)") }
    }
    self.name = name
    self.size = size
    self.steps = steps.map { ViewStep($0) }
  }

  /// Chooses the parameters θ of one view of an image.
  public func sample(for image: ImageSize, using stream: inout RandomStream) -> ViewParameters {
    ViewParameters(steps.sample(for: image, output: size, using: &stream))
  }

  /// Makes the view that the parameters describe, which must have been sampled by a recipe with the same kinds of
  /// steps, for an image of the same size.
  public func apply(_ parameters: ViewParameters, to image: Image) -> Image {
    precondition(
      parameters.steps.count == steps.count,
      "recipe \(name) has \(steps.count) steps, got parameters of \(parameters.steps.count)")
    guard let opening = ViewOpening(self, parameters) else { return applyRest(of: parameters, from: 0, to: image) }
    precondition(opening.crop.box.fits(image.size), "\(opening.crop.box) does not lie within \(image.size)")
    let view = opening.resampling(opening.crop.box, of: image.size)
      .apply(to: ImagePart(window: PixelWindow(image.size), pixels: image))
    return applyRest(of: parameters, from: opening.steps, to: view)
  }

  /// Takes the steps from one on, and brings the view to its size.
  func applyRest(of parameters: ViewParameters, from first: Int, to image: Image) -> Image {
    let view = Array(steps[first...]).apply(Array(parameters.steps[first...]), to: image)
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
    apply(parameters(for: image.size, seed: seed, epoch: epoch, index: index, view: view), to: image)
  }

  /// Chooses the parameters of the view with the given name, as `view(of:seed:epoch:index:view:)` does.
  public func parameters(for image: ImageSize, seed: UInt64, epoch: Int, index: Int, view: Int) -> ViewParameters {
    var stream = RandomStream(seed: seed, epoch, index, view)
    return sample(for: image, using: &stream)
  }
}

extension ViewRecipe: Codable {
  private enum Key: String, CodingKey, CaseIterable { case name, size, steps }

  /// Reads a recipe, and refuses settings that make no sense.
  public init(from decoder: any Decoder) throws {
    guard case .object(let parts) = try JSONValue(from: decoder) else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription: #"is no recipe, which is written {"name": …, "size": …, "steps": […]}"#))
    }
    try requireKnown(
      parts.keys, among: Key.allCases.map(\.rawValue), orElse: "is no part of a recipe", at: decoder.codingPath)
    let values = try decoder.container(keyedBy: Key.self)
    self.init(
      name: try values.decode(String.self, forKey: .name),
      size: try values.decode(ImageSize.self, forKey: .size),
      steps: try values.decode([ViewStep].self, forKey: .steps).map(\.augmentation))
  }
}
