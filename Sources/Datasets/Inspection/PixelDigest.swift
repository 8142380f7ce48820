import Images

/// A 64-bit number that images of the same size and pixels share, and others do not but by chance: among a million
/// images two that differ meet with a probability of 3·10⁻⁸.
///
/// Eight bytes at a time are mixed in by a product and a shift; not for cryptography.
struct PixelDigest: Hashable, Sendable {
  let value: UInt64

  /// That of no image.
  init() { value = 0 }

  init(of image: Image) {
    var value: UInt64 = 0x9E37_79B9_7F4A_7C15
    func mix(_ word: UInt64) {
      value = (value ^ word) &* 0xD6E8_FEB8_6659_FD93
      value ^= value >> 32
    }
    mix(UInt64(image.width) << 32 | UInt64(image.height) << 2 | UInt64(image.channels))
    image.pixels.withUnsafeBytes { bytes in
      let whole = bytes.count / 8 * 8
      for offset in stride(from: 0, to: whole, by: 8) {
        mix(bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      }
      var rest: UInt64 = 0
      for byte in bytes[whole...] { rest = rest << 8 | UInt64(byte) }
      mix(rest)
    }
    self.value = value
  }
}
