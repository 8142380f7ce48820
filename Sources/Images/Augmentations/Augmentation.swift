public import Basics

/// A random change of an image, as a value: its settings are recorded, and so is every choice that it makes.
///
/// An augmentation works in two steps. It *samples* parameters θ from a random stream, and it *applies* θ to an
/// image, in which nothing is random any more: the same θ on the same image gives the same bytes. So θ can be
/// written down, replayed, explained in words, and shared between views of the same image.
///
/// θ follows from the image's *size*, never from its pixels: what will be needed of an image is known before any of it is
/// decoded.
///
/// The set is open. One of your own has settings that are `Codable`, all of which `usual` gives a value, and takes part
/// in recipes like any other; `Augmentations.add` lets recipes in files name it.
public protocol Augmentation: Codable, Hashable, Sendable {
  /// What one application of the augmentation is told.
  associatedtype Parameters: AugmentationParameters

  /// The name in recipes, such as `crop`.
  static var kind: String { get }

  /// The augmentation with its usual settings: those that a recipe leaves out.
  static var usual: Self { get }

  /// What is wrong with the settings, in a clause; nil when nothing is.
  var problem: String? { get }

  /// Chooses parameters.
  ///
  /// - Parameters:
  ///   - size: The size of the image that they are for.
  ///   - output: The size that the recipe's views shall have in the end.
  ///   - stream: The source of every choice.
  /// - Returns: Parameters, or nil when the image shall be left as it is.
  func sample(for size: ImageSize, output: ImageSize, using stream: inout RandomStream) -> Parameters?

  /// Changes an image as the parameters say, which must have been sampled for an image of its size.
  func apply(_ parameters: Parameters, to image: Image) -> Image
}

/// One choice θ that an augmentation has made.
public protocol AugmentationParameters: Codable, Hashable, Sendable {
  /// The name in records, as a rule that of the augmentation; those of two augmentations may be of one kind.
  static var kind: String { get }

  /// The choice in a few words, for people.
  var words: String { get }

  /// The size of the changed image.
  func size(after size: ImageSize) -> ImageSize
}

extension AugmentationParameters {
  /// Most changes leave the size as it is.
  public func size(after size: ImageSize) -> ImageSize { size }
}

/// Says what is wrong with a probability; nil when nothing is.
func problem(withProbability probability: Double) -> String? {
  (0...1).contains(probability) ? nil : "a probability is 0 … 1, not \(probability)"
}
