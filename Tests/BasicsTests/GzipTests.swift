import Basics
import Testing

@Suite struct GzipTests {
  /// `gzip -n` of the text "hello hello hello\n", made by the gzip program.
  static let hello: [UInt8] = [
    31, 139, 8, 0, 0, 0, 0, 0, 0, 3, 203, 72, 205, 201, 201, 87, 200, 64, 144, 92, 0, 59, 124, 138, 223, 18, 0, 0, 0,
  ]

  @Test func expandsWhatTheGzipProgramWrites() throws {
    #expect(Gzip.isCompressed(Self.hello))
    #expect(try Gzip.expanded(Self.hello, named: "a.gz") == Array("hello hello hello\n".utf8))
    let twice = try Gzip.expanded(Self.hello + Self.hello, named: "a.gz")
    #expect(twice == Array("hello hello hello\nhello hello hello\n".utf8))
    #expect(try Gzip.expanded(Self.hello + [0, 0, 0], named: "a.gz").count == 18)
  }

  @Test func noticesDamage() {
    for length in 2..<Self.hello.count {
      let error = #expect(throws: InputError.self) { try Gzip.expanded(Array(Self.hello[..<length]), named: "a.gz") }
      #expect(error?.description == "a.gz: is cut short (gzip); copy or download the file again")
    }
    var wrong = Self.hello
    wrong[wrong.count - 6] ^= 1  // In the checksum.
    let error = #expect(throws: InputError.self) { try Gzip.expanded(wrong, named: "a.gz") }
    #expect(error?.problem == "is damaged (gzip)")
    #expect(throws: InputError.self) { try Gzip.expanded(Self.hello + [1, 2, 3], named: "a.gz") }
  }

  @Test func checksumsAsTheStandardSays() {
    // The check value of CRC-32/ISO-HDLC.
    #expect(Gzip.checksum(of: Array("123456789".utf8)) == 0xCBF4_3926)
    #expect(Gzip.checksum(of: []) == 0)
  }
}
