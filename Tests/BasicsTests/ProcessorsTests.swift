import Basics
import Testing

@Suite struct ProcessorsTests {
  @Test func someAreFreeAndNoneIsInvented() {
    #expect(Processors.count >= 1)
    #expect((1...Processors.count).contains(Processors.free()))
  }
}
