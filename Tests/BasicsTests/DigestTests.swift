import Testing

@testable import Basics

@Suite struct DigestTests {
  /// Of the bytes 0, 7, 14, … modulo 256: numbers of Python's mmh3 5.3.1 (`hash64`, x64), of every kind of rest.
  @Test(arguments: [
    (0, "00000000000000000000000000000000"),
    (1, "4610abe56eff5cb551622daa78f83583"),
    (7, "dc6c1120405c4342b9a038695f6d737a"),
    (8, "333beb1b2b7baddf0ecb19b0875241eb"),
    (9, "b5493f17e978cdc93d8b9c3c1acaaa4f"),
    (14, "f4c791a90782b090e40c8ce1e432da6b"),
    (15, "6dff7b6366908cbeedce87c967aec028"),
    (16, "2150af92b9a026f9091c41732c59245e"),
    (17, "7e24fc0f16383443a0eefdd691787346"),
    (31, "b2fafb5593c2984bd8c8cb7a2b8c37b1"),
    (32, "e0ba3c98fc1b5ad7b251547cd12b5786"),
    (1000, "0dc15cd8f7246c776ad442de1cdd03d8"),
  ]) func isMurmurHash3(count: Int, text: String) {
    let bytes = (0..<count).map { UInt8(7 * $0 % 256) }
    #expect(bytes.withUnsafeBytes { Digest(of: $0) }.text == text)
    // Wherever they lie.
    ([0] + bytes).withUnsafeBytes { shifted in
      #expect(Digest(of: UnsafeRawBufferPointer(rebasing: shifted[1...])).text == text)
    }
  }

  @Test func textsAndSequences() {
    #expect(Digest(of: "hello").text == "cbd8a7b341bd9b025b1e906a48ae1d19")
    let (a, b) = (Digest(of: "a"), Digest(of: "b"))
    #expect(Digest(of: [a, b]) != Digest(of: [b, a]))
    #expect(Digest(of: [a, b]) == Digest(of: [a, b]))
    #expect(Digest(of: [a]) != a)
  }

  @Test func everyBitCounts() {
    var bytes = (0..<40).map { UInt8($0) }
    var seen: Set<Digest> = []
    for place in bytes.indices {
      for bit in 0..<8 {
        bytes[place] ^= 1 << bit
        seen.insert(bytes.withUnsafeBytes { Digest(of: $0) })
        bytes[place] ^= 1 << bit
      }
    }
    #expect(seen.count == 320)
  }
}
