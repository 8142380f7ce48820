/// 128 bits that tell contents apart: equal bytes have equal digests, and among a billion contents that differ two meet
/// with a probability of 10⁻²¹.
///
/// MurmurHash3 for 64-bit processors, with seed 0: several bytes a cycle, the same on every machine. It resists chance, not
/// malice: who can choose bytes can make two that meet.
///
/// Source: Appleby. "MurmurHash3." 2011, `MurmurHash3_x64_128`. <https://github.com/aappleby/smhasher>
public struct Digest: Hashable, Sendable {
  private let first, second: UInt64

  /// The digest of bytes.
  public init(of bytes: UnsafeRawBufferPointer) {
    let (c1, c2): (UInt64, UInt64) = (0x87C3_7B91_1142_53D5, 0x4CF5_AD43_2745_937F)
    var (h1, h2): (UInt64, UInt64) = (0, 0)
    func word(_ offset: Int) -> UInt64 {
      UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
    func mixed1(_ k: UInt64) -> UInt64 { (k &* c1).rotated(by: 31) &* c2 }
    func mixed2(_ k: UInt64) -> UInt64 { (k &* c2).rotated(by: 33) &* c1 }
    let whole = bytes.count & ~15
    for offset in stride(from: 0, to: whole, by: 16) {
      h1 = ((h1 ^ mixed1(word(offset))).rotated(by: 27) &+ h2) &* 5 &+ 0x52DC_E729
      h2 = ((h2 ^ mixed2(word(offset + 8))).rotated(by: 31) &+ h1) &* 5 &+ 0x3849_5AB5
    }
    var (k1, k2): (UInt64, UInt64) = (0, 0)
    for place in 0..<bytes.count & 15 {
      let byte = UInt64(bytes[whole + place])
      if place < 8 { k1 |= byte << (8 * UInt64(place)) } else { k2 |= byte << (8 * UInt64(place - 8)) }
    }
    (h1, h2) = (h1 ^ mixed1(k1), h2 ^ mixed2(k2))
    let count = UInt64(bytes.count)
    (h1, h2) = (h1 ^ count, h2 ^ count)
    h1 &+= h2
    h2 &+= h1
    (h1, h2) = (h1.finished, h2.finished)
    h1 &+= h2
    h2 &+= h1
    (first, second) = (h1, h2)
  }

  /// The digest of a text's UTF-8.
  public init(of text: String) {
    self = Array(text.utf8).withUnsafeBytes { Digest(of: $0) }
  }

  /// The digest of several in their order.
  public init(of parts: some Sequence<Digest>) {
    let words = parts.flatMap { [$0.first.littleEndian, $0.second.littleEndian] }
    self = words.withUnsafeBytes { Digest(of: $0) }
  }

  /// 32 hexadecimal digits.
  public var text: String {
    [first, second].map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}

extension UInt64 {
  fileprivate func rotated(by count: UInt64) -> UInt64 { self << count | self >> (64 - count) }

  /// What makes every bit depend on every other.
  fileprivate var finished: UInt64 {
    var k = self
    k = (k ^ k >> 33) &* 0xFF51_AFD7_ED55_8CCD
    k = (k ^ k >> 33) &* 0xC4CE_B9FE_1A85_EC53
    return k ^ k >> 33
  }
}
