import Testing

@testable import Training

@Suite struct CRC32CTests {
  /// The examples of RFC 3720, appendix B.4.
  @Test func agreesWithTheStandard() {
    #expect(CRC32C.checksum(of: Array(repeating: 0, count: 32)) == 0x8A91_36AA)
    #expect(CRC32C.checksum(of: Array(repeating: 0xFF, count: 32)) == 0x62A8_AB43)
    #expect(CRC32C.checksum(of: Array(0..<32)) == 0x46DD_794E)
    #expect(CRC32C.checksum(of: (0..<32).reversed()) == 0x113F_DB5C)
  }

  /// The check value of CRC catalogues, and no bytes at all.
  @Test func agreesWithCatalogues() {
    #expect(CRC32C.checksum(of: Array("123456789".utf8)) == 0xE306_9283)
    #expect(CRC32C.checksum(of: []) == 0)
  }

  @Test func masksByTurningAndMoving() {
    #expect(CRC32C.masked(of: []) == 0xA282_EAD8)
    // 0xE3069283 turned right by 15 bits is 0x2507C60D.
    #expect(CRC32C.masked(of: Array("123456789".utf8)) == 0x2507_C60D &+ 0xA282_EAD8)
  }
}
