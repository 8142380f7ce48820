import Basics
public import Images
public import Tensors

/// Makes the views of many images at once by tensor operations on any device: those of `ViewRecipe.apply`, from the same
/// parameters θ, to within two levels in the mean (as a rule, no level at all).
///
///     let views = BatchedViews(.simCLR(size: 224))
///     let pixels = views(images, parameters, on: try Device("cuda"))  // [N, 3, 224, 224], 0 … 255
///
/// A crop at the beginning takes images of any sizes together, and only the pixels in its boxes go to the device: it is
/// two matrix products, whose matrices are made there. Images are taken as colour.
///
/// Memory: a few times the batch, 4 bytes a value.
public struct BatchedViews: Hashable, Sendable {
  /// How views are made.
  public let recipe: ViewRecipe

  /// Prepares a recipe.
  public init(_ recipe: ViewRecipe) {
    self.recipe = recipe
  }

  /// Makes one view of every image.
  ///
  /// - Parameters:
  ///   - images: The images, of any sizes.
  ///   - parameters: What the recipe chose for each of them.
  ///   - device: Where the views shall lie.
  /// - Returns: Whole numbers 0 … 255 as `float32`, `[N, 3, height, width]`.
  public func callAsFunction(_ images: [Image], _ parameters: [ViewParameters], on device: Device = .cpu) -> Tensor {
    precondition(
      !images.isEmpty && images.count == parameters.count,
      "views of \(images.count) images take as many parameters, at least one, got \(parameters.count)")
    for choice in parameters {
      precondition(
        choice.steps.count == recipe.steps.count,
        "recipe \(recipe.name) has \(recipe.steps.count) steps, got parameters of \(choice.steps.count)")
    }
    let choices = parameters.map(\.steps)
    return withoutGradient {
      if let pixels = openingCrop(images, choices.map { $0.first ?? nil }, on: device) {
        return recipe.steps.applied(choices, to: pixels, from: 1, last: resized)
      }
      let batches = groups(of: images.map(\.size)).map { places in
        let pixels = Tensor(images: places.map { images[$0] }).to(device)
        return (places, recipe.steps.applied(places.map { choices[$0] }, to: pixels, last: resized))
      }
      return Tensor(batches: batches)
    }
  }

  /// The images after the recipe's first step, where that crops all of them.
  private func openingCrop(_ images: [Image], _ choices: [ViewStepParameters?], on device: Device) -> Tensor? {
    guard let crop = recipe.steps.first?.augmentation as? any BatchedCrop else { return nil }
    let crops = choices.compactMap { $0?.choice as? Crop }
    guard crops.count == images.count else { return nil }
    return crop.cropped(images, crops, on: device)
  }

  /// The views in the recipe's size.
  private func resized(_ pixels: Tensor) -> Tensor {
    let size = ImageSize(width: pixels.shape[3], height: pixels.shape[2])
    if size == recipe.size { return pixels }
    let whole = Array(repeating: Crop(box: ImageBox(size), output: recipe.size), count: pixels.shape[0])
    return RandomResizedCrop().apply(whole, to: pixels)
  }
}

extension [ViewStep] {
  /// The images `[N, 3, H, W]` after all steps from one on, and a last one that is applied to all of them; choices are
  /// those of every image.
  func applied(
    _ choices: [[ViewStepParameters?]], to pixels: Tensor, from first: Int = 0, last: (Tensor) -> Tensor = { $0 }
  ) -> Tensor {
    guard first < count else { return last(pixels) }
    let size = ImageSize(width: pixels.shape[3], height: pixels.shape[2])
    // Images of different sizes go on in batches of their own.
    let batches = groups(of: choices.map { $0[first]?.choice.size(after: size) ?? size }).map { places in
      let batch = places.count == choices.count ? pixels : pixels.items(at: places)
      let own = places.map { choices[$0] }
      let chosen = own.indices.filter { own[$0][first] != nil }
      let changed = batch.changingImages(chosen) {
        self[first].augmentation.applied(any: chosen.map { own[$0][first]!.choice }, to: $0)
      }
      return (places, applied(own, to: changed, from: first + 1, last: last))
    }
    return Tensor(batches: batches)
  }
}

/// The places of equal keys, in the order in which they come first.
func groups<Key: Hashable>(of keys: [Key]) -> [[Int]] {
  var places: [Key: [Int]] = [:]
  for (place, key) in keys.enumerated() { places[key, default: []].append(place) }
  return places.values.sorted { $0[0] < $1[0] }
}
