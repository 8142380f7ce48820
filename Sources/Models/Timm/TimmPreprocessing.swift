import Basics
import Images

/// What timm does to images before a model sees them, among the fields of `pretrained_cfg`.
public struct TimmPreprocessing: Hashable, Sendable, Codable {
  /// The classes that the weights are for.
  public let classes: Int?

  private let size: [Int]?
  private let mean, deviation: [Double]?
  private let proportion: Double?
  private let interpolation, cropMode: String?

  private enum CodingKeys: String, CodingKey {
    case classes = "num_classes"
    case size = "input_size"
    case mean
    case deviation = "std"
    case proportion = "crop_pct"
    case interpolation
    case cropMode = "crop_mode"
  }

  /// The width of images, where it is said.
  var side: Int? { size?.last }

  /// Says what a preprocessing does.
  init(_ preprocessing: Preprocessing, classes: Int) {
    self.classes = classes
    size = [3, preprocessing.side, preprocessing.side]
    mean = preprocessing.mean
    deviation = preprocessing.deviation
    proportion = preprocessing.crop.proportion
    interpolation = preprocessing.crop.filter.rawValue
    cropMode = "center"
  }

  /// The same as ours; what is not said is as timm has it: 224 pixels, mean and deviation of ImageNet, bicubic, and
  /// seven eighths of the shorter side.
  ///
  /// - Parameters:
  ///   - place: What an error names.
  ///   - side: The only height and width that the model takes, where it does not take several.
  /// - Throws: `InputError` when it does what is not done here.
  func preprocessing(from place: String, side fixed: Int?) throws -> Preprocessing {
    func refusal(_ what: String) -> InputError {
      InputError(in: place, "wants \(what), which is not known here")
    }
    let size = size ?? [3, 224, 224]
    guard size.count == 3, size[0] == 3, size[1] == size[2], size[1] > 0 else { throw refusal("images of \(size)") }
    let side = fixed ?? size[1]
    guard let filter = ResizeFilter(rawValue: interpolation ?? "bicubic") else {
      throw refusal("the interpolation '\(interpolation ?? "")'")
    }
    if let cropMode, cropMode != "center" { throw refusal("the crop '\(cropMode)'") }
    let share = proportion ?? 0.875
    let (mean, deviation) = (mean ?? Preprocessing.imageNetMean, deviation ?? Preprocessing.imageNetDeviation)
    guard mean.count == 3, deviation.count == 3, deviation.allSatisfy({ $0 > 0 }), share > 0, share <= 1 else {
      throw InputError(in: place, "has a mean, deviation or crop that makes no sense")
    }
    return Preprocessing(
      side: side, mean: mean, deviation: deviation, crop: CenterCrop(proportion: share, filter: filter))
  }
}
