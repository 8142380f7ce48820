/// An image that views are to be made of: its pixels, or the file that they can be decoded from.
public enum Picture: Sendable {
  /// The pixels.
  case pixels(Image)
  /// A file in memory.
  case file(ImageFile)

  /// The size of the upright image, for which views' parameters are chosen.
  public var size: ImageSize {
    switch self {
    case .pixels(let image): image.size
    case .file(let file): file.size
    }
  }

  /// Makes views, decoding no more of a file than they show; see `ImageFile.views(_:)`.
  ///
  /// - Parameter wanted: Recipes, and for each the parameters that it chose for an image of this size.
  /// - Throws: `InputError` when a file is damaged or cut short.
  public func views(_ wanted: [(recipe: ViewRecipe, parameters: ViewParameters)]) throws -> [Image] {
    switch self {
    case .pixels(let image): wanted.map { $0.recipe.apply($0.parameters, to: image) }
    case .file(let file): try file.views(wanted)
    }
  }
}
