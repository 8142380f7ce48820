import Basics
import Images
import Tensors

/// Images of one size in a NumPy array: `[N, H, W]`, `[N, H, W, 1 or 3]` or `[N, 1 or 3, H, W]`, read where they lie.
///
/// Bytes are levels 0…255. Floating-point numbers are levels, too, unless none of a sample of the images has one above
/// 1: then 0…1 becomes 0…255.
struct ImageArray: Sendable {
  /// What errors call it.
  let name: String
  /// The number of images.
  let count: Int

  private let bytes: HeldBytes
  private let layout: NumPyFile.Layout
  private let height, width, channels: Int
  private let isPlanar: Bool
  private let scale: Float

  /// Whether an array could be one of images by its shape.
  static func isImages(_ shape: [Int]) -> Bool {
    shape.count == 3 || shape.count == 4 && ([1, 3].contains(shape[3]) || [1, 3].contains(shape[1]))
  }

  /// Opens an array.
  ///
  /// - Throws: `InputError` when it is damaged, or its shape or type is not one of images.
  init(_ bytes: HeldBytes, named name: String) throws {
    self.bytes = bytes
    self.name = name
    layout = try NumPyFile.Layout(of: bytes.bytes, named: name)
    let shape = layout.shape
    guard Self.isImages(shape), shape.allSatisfy({ $0 > 0 }) else {
      throw InputError(
        in: name, "has the shape \(shape), which is none of images",
        remedy: "save [N, H, W], [N, H, W, 3] or [N, 3, H, W]")
    }
    guard [.uint8, .float16, .float32, .float64].contains(layout.type) else {
      throw InputError(
        in: name, "holds images of \(layout.type)", remedy: "save them as uint8, or as float32 between 0 and 1")
    }
    guard !layout.isColumnMajor else {
      throw InputError(in: name, "has its first index run fastest", remedy: "save numpy.ascontiguousarray of it")
    }
    count = shape[0]
    isPlanar = shape.count == 4 && ![1, 3].contains(shape[3])
    channels = shape.count == 3 ? 1 : isPlanar ? shape[1] : shape[3]
    (height, width) = isPlanar ? (shape[2], shape[3]) : (shape[1], shape[2])
    scale = layout.type == .uint8 ? 1 : try Self.scale(of: bytes.bytes, layout, named: name)
  }

  /// A checksum of everything.
  var checksum: UInt32 { Gzip.checksum(of: bytes.bytes) }

  /// Copies an image of one or three channels.
  ///
  /// - Throws: `InputError` when a value is no level.
  func image(_ index: Int) throws -> Image {
    let size = height * width * channels
    let start = index * size
    let values = UnsafeRawBufferPointer(rebasing: bytes.bytes[layout.start...])
    var isFine = true
    let pixels = [UInt8](unsafeUninitializedCapacity: size) { pixels, count in
      for place in 0..<size {
        // Planes become pixels.
        let from = isPlanar ? place % channels * height * width + place / channels : place
        if layout.type == .uint8 {
          pixels[place] = values[start + from]
        } else {
          let level = Self.value(values, layout.type, start + from) * scale
          isFine = isFine && level >= -0.5 && level < 255.5
          pixels[place] = isFine ? UInt8(max(0, level.rounded())) : 0
        }
      }
      count = size
    }
    guard isFine else {
      throw InputError(
        in: "\(name) #\(index)", "has values that are no levels from 0 to \(scale == 1 ? 255 : 1)",
        remedy: "undo the normalization before saving")
    }
    return Image(width: width, height: height, channels: channels, pixels: pixels)
  }

  private static func value(_ values: UnsafeRawBufferPointer, _ type: DataType, _ place: Int) -> Float {
    switch type {
    case .float64: Float(values.loadUnaligned(fromByteOffset: 8 * place, as: Double.self))
    case .float32: values.loadUnaligned(fromByteOffset: 4 * place, as: Float.self)
    default: Float(half: values.loadUnaligned(fromByteOffset: 2 * place, as: UInt16.self))
    }
  }

  /// 255 where floating-point numbers go from 0 to 1, told by 64 images spread over all.
  private static func scale(
    of bytes: UnsafeRawBufferPointer, _ layout: NumPyFile.Layout, named name: String
  ) throws -> Float {
    let values = UnsafeRawBufferPointer(rebasing: bytes[layout.start...])
    let size = layout.shape.dropFirst().reduce(1, *)
    var (low, high): (Float, Float) = (0, 0)
    for index in stride(from: 0, to: layout.shape[0], by: max(1, layout.shape[0] / 64)) {
      for place in index * size..<(index + 1) * size {
        let value = value(values, layout.type, place)
        low = min(low, value)
        high = max(high, value)
      }
    }
    guard low >= 0, high <= 255 else {
      throw InputError(
        in: name, "has values from \(low) to \(high), where images have levels from 0 to 1 or from 0 to 255",
        remedy: "undo the normalization before saving")
    }
    return high <= 1 ? 255 : 1
  }
}

extension Float {
  /// A number from the bits of IEEE half precision, which not every platform's Swift has a type for.
  init(half bits: UInt16) {
    let (sign, exponent, fraction) = (UInt32(bits >> 15), Int(bits >> 10 & 31), UInt32(bits & 0x3FF))
    switch exponent {
    case 0: self = Float(fraction) * 0x1p-24 * (sign == 0 ? 1 : -1)
    case 31: self = Float(bitPattern: sign << 31 | 0x7F80_0000 | fraction << 13)
    default: self = Float(bitPattern: sign << 31 | UInt32(exponent + 112) << 23 | fraction << 13)
    }
  }
}
