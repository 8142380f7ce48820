import Basics
import Dispatch
import Tensors
import Testing

#if os(Linux)
/// Memory that stays with the process: large blocks are apart, keep what is written to them, and are used again.
///
/// Each test runs in a process of its own, where nobody else makes tensors.
@Suite struct EngineMemoryTests {
  @Test func largeBlocksTakeTheLowestGapAndGapsThatTouchAreOne() async {
    await #expect(processExitsWith: .success) {
      func place(_ tensor: Tensor?) -> Int { tensor!.withBytes { Int(bitPattern: $0.baseAddress!) } }
      func block(_ mebibytes: Int) -> Tensor { .zeros([mebibytes << 20], type: .uint8) }
      Engine.keepFreedMemory()
      Engine.keepFreedMemory()  // a second call changes nothing
      var (a, b, c) = (block(1) as Tensor?, block(1) as Tensor?, block(2) as Tensor?)
      let d = block(1)
      let (first, second, third, last) = (place(a), place(b), place(c), place(d))
      precondition(second == first + 1 << 20 && third == second + 1 << 20 && last == third + 2 << 20)
      // The middle one goes last, so that it joins the gaps on both of its sides.
      (a, c) = (nil, nil)
      let small = block(1)
      precondition(place(small) == first, "of two gaps the lower one")
      b = nil
      let large = block(3)
      precondition(place(large) == second, "both gaps are one now")
      precondition(place(block(1)) == last + 1 << 20, "nothing is free below the last block")
    }
  }

  @Test func blocksOfSeveralThreadsAreApart() async {
    await #expect(processExitsWith: .success) {
      /// Tensors about the border between small and large come and go at random; each holds its own number throughout.
      @Sendable func churn(_ thread: Int) {
        var stream = RandomStream(seed: UInt64(thread), 0)
        var alive: [(tensor: Tensor, value: Double)] = []
        func check(_ entry: (tensor: Tensor, value: Double)) {
          precondition((entry.tensor - entry.value).squared().sum().item() == 0, "another's numbers")
        }
        for round in 0..<300 {
          if alive.count > 12 { check(alive.remove(at: stream.integer(below: alive.count))) }
          let value = Double(thread * 1000 + round)
          alive.append((.full([1 + stream.integer(below: [100, 70_000, 300_000][round % 3])], value), value))
        }
        alive.forEach(check)
      }
      Engine.keepFreedMemory()
      DispatchQueue.concurrentPerform(iterations: 4, execute: churn)
    }
  }

  @Test func whatWasMadeBeforeIsLetGoAsItWasMade() async {
    await #expect(processExitsWith: .success) {
      do {
        let early = Tensor.full([200_000], 1)
        Engine.keepFreedMemory()
        precondition((early + Tensor.full([200_000], 2)).sum().item() == 600_000)
      }
      precondition(Tensor.full([200_000], 3).sum().item() == 600_000)
    }
  }

  @Test func whatNoMachineHasIsRefused() async {
    await #expect(processExitsWith: .failure) {
      Engine.keepFreedMemory()
      _ = Tensor.zeros([1 << 50], type: .uint8)
    }
  }
}
#endif
