import Basics
import Tensors

/// How far two tokens are apart, in classes: each of the 8 nearest by itself, farther ones by the logarithm up to 128, in
/// either direction.
///
/// Source: Raffel et al. "Exploring the Limits of Transfer Learning with a Unified Text-to-Text Transformer." JMLR 2020,
/// section 2.1. <https://arxiv.org/abs/1910.10683>; the numbers are those of MPNet in transformers.
enum RelativeDistance {
  /// The number of classes.
  static let buckets = 32
  private static let (each, exact, farthest) = (16, 8, 128.0)

  /// The class of every pair of places, `[length, length]`, query before key.
  static func numbers(length: Int, on device: Device) -> Tensor {
    // A diagonal of the matrix has one class.
    let classes = (1 - length..<length).map(number)
    let numbers = (0..<length).flatMap { query in classes[(length - 1 - query)..<(2 * length - 1 - query)] }
    return Tensor(numbers, shape: [length, length]).to(device)
  }

  /// The class of a key that stands so many places behind its query.
  static func number(_ distance: Int) -> Int {
    let (side, places) = (distance > 0 ? each : 0, abs(distance))
    if places < exact { return side + places }
    let ratio = Double.log(Double(places) / Double(exact)) / Double.log(farthest / Double(exact))
    return side + min(exact + Int(ratio * Double(each - exact)), each - 1)
  }
}
