/// A box of the image that becomes the whole view: the choice of every augmentation that crops.
public struct Crop: AugmentationParameters {
  /// `crop`.
  public static let kind = "crop"

  /// The part of the image that stays.
  public let box: ImageBox

  /// The size that it is brought to.
  public let output: ImageSize

  /// Creates a choice.
  public init(box: ImageBox, output: ImageSize) {
    self.box = box
    self.output = output
  }

  /// Such as `crop 61×58 at 3,4`.
  public var words: String {
    func short(_ x: Double) -> String { x.rounded(decimals: x == x.rounded() ? 0 : 1) }
    return "crop \(short(box.width))×\(short(box.height)) at \(short(box.x)),\(short(box.y))"
  }

  /// The output size.
  public func size(after size: ImageSize) -> ImageSize { output }
}
