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

  /// In a process of its own: the number of threads is the process's, and other tests set it.
  @Test func bodiesRunAtOnce() async {
    await #expect(processExitsWith: .success) {
      Engine.threads = 2
      let meeting = Meeting()
      Engine.onThreads(
        2, { context in Unmanaged<Meeting>.fromOpaque(context!).takeUnretainedValue().attend() },
        Unmanaged.passUnretained(meeting).toOpaque())
      precondition(meeting.met, "the second body began only when the first had ended")
      precondition(meeting.come == 2)
    }
  }
}
