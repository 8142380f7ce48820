/// A 64-bit hash that is the same in every process and on every machine, unlike the standard library's.
///
/// FNV-1a over bytes: for naming what a source holds and for drawing its split, not for cryptography.
///
/// Source: Fowler, Noll, Vo, Eastlake. "The FNV Non-Cryptographic Hash Algorithm." RFC 9923.
struct StableHash: Hashable, Sendable {
  /// The hash of what was put in so far.
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  /// Creates the hash of nothing.
  init() {}

  /// Creates the hash of a text.
  init(_ text: String) {
    combine(text)
  }

  /// Puts in a text, ended by a zero byte, so that `ab`, `c` differs from `a`, `bc`.
  mutating func combine(_ text: String) {
    for byte in text.utf8 { combine(byte) }
    combine(0 as UInt8)
  }

  /// Puts in a number.
  mutating func combine(_ number: Int) {
    var rest = UInt64(bitPattern: Int64(number))
    for _ in 0..<8 {
      combine(UInt8(truncatingIfNeeded: rest))
      rest >>= 8
    }
  }

  /// The hash as 16 hexadecimal digits.
  var text: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  private mutating func combine(_ byte: UInt8) {
    value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
  }
}
