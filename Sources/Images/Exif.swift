extension Orientation {
  /// Reads the orientation from the Exif data of an image file; upright where the file says nothing or nonsense.
  init(of file: UnsafeRawBufferPointer, _ format: ImageFormat) {
    let tiff =
      switch format {
      case .jpeg: Self.tiff(inJPEG: file)
      case .png: Self.tiff(inPNG: file)
      case .webp: Self.tiff(inWebP: file)
      }
    self = tiff.flatMap(Self.value) ?? .upright
  }

  /// Six bytes that precede the data in a JPEG, and that some programs write into other files as well.
  private static let mark = Array("Exif\0\0".utf8)

  /// The first segment of a JPEG that is marked as Exif.
  private static func tiff(inJPEG file: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    var position = 2
    while position + 4 <= file.count, file[position] == 0xFF {
      let marker = file[position + 1]
      if marker == 0xFF {  // padding
        position += 1
        continue
      }
      let length = Int(file[position + 2]) << 8 | Int(file[position + 3])
      // 0xDA begins the pixels.
      guard marker != 0xDA, length >= 2, position + 2 + length <= file.count else { break }
      let segment = UnsafeRawBufferPointer(rebasing: file[position + 4..<position + 2 + length])
      if marker == 0xE1, segment.starts(with: mark) { return UnsafeRawBufferPointer(rebasing: segment[mark.count...]) }
      position += 2 + length
    }
    return nil
  }

  /// The chunk `eXIf` of a PNG, which may stand before or after the pixels.
  private static func tiff(inPNG file: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    var position = 8
    while position + 12 <= file.count {
      let length = file[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
      guard position + 12 + length <= file.count else { break }
      if file[position + 4..<position + 8].elementsEqual("eXIf".utf8) {
        return UnsafeRawBufferPointer(rebasing: file[position + 8..<position + 8 + length])
      }
      position += 12 + length
    }
    return nil
  }

  /// The chunk `EXIF` of a WebP, which comes after the pixels.
  private static func tiff(inWebP file: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    var position = 12
    while position + 8 <= file.count {
      let length = file[position + 4..<position + 8].reversed().reduce(0) { $0 << 8 | Int($1) }
      guard position + 8 + length <= file.count else { break }
      if file[position..<position + 4].elementsEqual("EXIF".utf8) {
        let chunk = UnsafeRawBufferPointer(rebasing: file[position + 8..<position + 8 + length])
        return chunk.starts(with: mark) ? UnsafeRawBufferPointer(rebasing: chunk[mark.count...]) : chunk
      }
      position += 8 + length + length % 2
    }
    return nil
  }

  /// Looks the tag up in the first directory of Exif data, which is a TIFF file.
  private static func value(in tiff: UnsafeRawBufferPointer) -> Orientation? {
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
