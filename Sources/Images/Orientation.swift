/// How a camera was held: what must be done to a stored image to turn it upright.
///
/// The raw values are those of Exif's tag 0x0112 (CIPA DC-008, 4.6.4 A).
public enum Orientation: Int, Hashable, Sendable, CaseIterable {
  /// Nothing is to be done.
  case upright = 1
  /// Mirror left to right.
  case mirrored
  /// Turn by 180°.
  case upsideDown
  /// Mirror top to bottom.
  case flipped
  /// Swap rows and columns.
  case transposed
  /// Turn by 90° clockwise.
  case quarterClockwise
  /// Swap rows and columns, then turn by 180°.
  case transversed
  /// Turn by 90° counter-clockwise.
  case quarterCounterclockwise

  /// Whether rows become columns.
  var swapsSides: Bool { rawValue >= 5 }
}

extension Orientation {
  /// Reads the orientation from a JPEG file; upright where the file says nothing or nonsense.
  init(ofJPEG file: UnsafeRawBufferPointer) {
    var position = 2
    while position + 4 <= file.count, file[position] == 0xFF {
      let marker = file[position + 1]
      let length = Int(file[position + 2]) << 8 | Int(file[position + 3])
      // 0xDA begins the pixels.
      guard marker != 0xDA, length >= 2, position + 2 + length <= file.count else { break }
      let segment = position + 4..<position + 2 + length
      if marker == 0xE1, let value = Self.value(inExif: UnsafeRawBufferPointer(rebasing: file[segment])) {
        self = value
        return
      }
      position = segment.upperBound
    }
    self = .upright
  }

  /// Looks the tag up in the first directory of an Exif segment, which is a TIFF file after six bytes.
  private static func value(inExif segment: UnsafeRawBufferPointer) -> Orientation? {
    guard segment.starts(with: "Exif\0\0".utf8) else { return nil }
    let tiff = UnsafeRawBufferPointer(rebasing: segment[6...])
    let isLittleEndian = tiff.starts(with: "II".utf8)
    guard isLittleEndian || tiff.starts(with: "MM".utf8) else { return nil }
    func number(at offset: Int, bytes: Int) -> Int? {
      guard offset >= 0, offset + bytes <= tiff.count else { return nil }
      let digits = tiff[offset..<offset + bytes]
      return isLittleEndian
        ? digits.reversed().reduce(0) { $0 << 8 | Int($1) } : digits.reduce(0) { $0 << 8 | Int($1) }
    }
    guard let directory = number(at: 4, bytes: 4), let entries = number(at: directory, bytes: 2) else { return nil }
    for entry in 0..<entries {
      let start = directory + 2 + 12 * entry
      guard let tag = number(at: start, bytes: 2) else { return nil }
      if tag == 0x0112 { return number(at: start + 8, bytes: 2).flatMap(Orientation.init) }
    }
    return nil
  }
}

extension Image {
  /// The image turned upright.
  public func oriented(_ orientation: Orientation) -> Image {
    switch orientation {
    case .upright: self
    case .mirrored: flipped(.horizontal)
    case .upsideDown: flipped(.horizontal).flipped(.vertical)
    case .flipped: flipped(.vertical)
    case .transposed: transposed()
    case .quarterClockwise: transposed().flipped(.horizontal)
    case .transversed: transposed().flipped(.horizontal).flipped(.vertical)
    case .quarterCounterclockwise: transposed().flipped(.vertical)
    }
  }
}
