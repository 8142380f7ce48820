/// The cyclic redundancy check CRC-32C, which guards the records of TensorFlow's files.
///
/// The remainder of the bytes, as a polynomial over two elements with the lowest bit of a byte first, by Castagnoli's
/// polynomial 0x1EDC6F41 (0x82F63B78 with its bits reversed); a byte at a time from a table of 256 remainders.
///
/// Source: RFC 3720, appendix B.4, which also has the values that the tests know.
/// <https://www.rfc-editor.org/rfc/rfc3720>
enum CRC32C {
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { remainder, _ in
      remainder & 1 == 1 ? remainder >> 1 ^ 0x82F6_3B78 : remainder >> 1
    }
  }

  /// Returns the check of bytes.
  static func checksum(of bytes: [UInt8]) -> UInt32 {
    let table = table
    return ~bytes.reduce(~0) { table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ $0 >> 8 }
  }

  /// Returns the check as records hold it: turned by 15 bits and moved by a constant, because the check of bytes that
  /// hold their own check is always the same.
  static func masked(of bytes: [UInt8]) -> UInt32 {
    let checksum = checksum(of: bytes)
    return (checksum >> 15 | checksum << 17) &+ 0xA282_EAD8
  }
}
