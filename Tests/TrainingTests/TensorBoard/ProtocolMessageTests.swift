import Testing

@testable import Training

@Suite struct ProtocolMessageTests {
  private func message(_ body: (inout ProtocolMessage) -> Void) -> [UInt8] {
    var message = ProtocolMessage()
    body(&message)
    return message.bytes
  }

  /// The examples of the format's documentation: 150 in field 1, "testing" in field 2, a message in field 3.
  @Test func agreesWithTheDocumentation() {
    #expect(message { $0.add(150, as: 1) } == [0x08, 0x96, 0x01])
    #expect(message { $0.add("testing", as: 2) } == [0x12, 0x07] + Array("testing".utf8))
    #expect(message { $0.add(as: 3) { $0.add(150, as: 1) } } == [0x1A, 0x03, 0x08, 0x96, 0x01])
  }

  @Test func negativeIntegersTakeTenBytes() {
    #expect(message { $0.add(-2, as: 1) } == [0x08, 0xFE] + Array(repeating: 0xFF, count: 8) + [0x01])
  }

  @Test func fieldsPastFifteenTakeALongerKey() {
    #expect(message { $0.add(0, as: 16) } == [0x80, 0x01, 0x00])
  }

  @Test func numbersLieWithTheirLowestByteFirst() {
    #expect(message { $0.add(1.0 as Double, as: 1) } == [0x09, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F])
    #expect(message { $0.add(-2.0 as Float, as: 2) } == [0x15, 0, 0, 0, 0xC0])
  }
}
