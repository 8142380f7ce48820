import Foundation
import Testing

@testable import Tensors

@Suite struct EngineThreadsTests {
  /// Who came, and how many must have come before anybody goes.
  private final class Meeting: @unchecked Sendable {  // what it holds is read and written under the condition
    let condition = NSCondition()
    var come = 0
    var met = false

    func attend() {
      condition.lock()
      come += 1
      met = met || come == 2
      condition.broadcast()
      let end = Date(timeIntervalSinceNow: 10)
      while come < 2, condition.wait(until: end) {}
      condition.unlock()
    }
  }

  @Test(.enabled(if: Engine.threads > 1, "libtorch has one thread here"))
  func bodiesRunAtOnce() {
    let meeting = Meeting()
    Engine.onThreads(
      2, { context in Unmanaged<Meeting>.fromOpaque(context!).takeUnretainedValue().attend() },
      Unmanaged.passUnretained(meeting).toOpaque())
    #expect(meeting.met, "the second body began only when the first had ended")
    #expect(meeting.come == 2)
  }
}
