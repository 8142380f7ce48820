import Tensors
import Testing

#if canImport(Glibc)
import Glibc
#endif

// Each test runs in a process of its own, where nobody else makes tensors.
@Suite struct LeakTests {
  @Test func handlesAreLetGo() async {
    await #expect(processExitsWith: .success) {
      func work() {
        let x = Tensor.ones([4, 4]).asVariable()
        for _ in 0..<100 {
          let y = withCustomGradient(of: [x]) { ([x * 2.0], { [$0[0].map { $0 * 2.0 }] }) }[0]
          _ = y.relu().sum().gradients(of: [x])
          _ = Tensor.concatenation(y.split(into: 1)).largest(2)
        }
      }
      work()  // fills caches once
      let before = Engine.liveTensorCount
      work()
      precondition(Engine.liveTensorCount == before, "\(Engine.liveTensorCount - before) handles leaked")
    }
  }

  #if canImport(Glibc)
  /// A small training step, 10,000 times: resident memory must not grow by more than 4 MiB after the first 1,000.
  @Test func memoryIsFlatOverTenThousandSteps() async {
    await #expect(processExitsWith: .success) {
      func residentPages() -> Int {
        let file = fopen("/proc/self/statm", "r")!
        defer { fclose(file) }
        var line = [UInt8](repeating: 0, count: 256)
        let count = fread(&line, 1, 256, file)
        return Int(String(decoding: line[..<count], as: UTF8.self).split(separator: " ")[1])!
      }
      let w = Tensor.ones([32, 32]).asVariable()
      let x = Tensor.ones([16, 32])
      func step() {
        let z = withPrecision(.bfloat16) { x.linear(w).relu() }.to(.float32)
        let scaled = withCustomGradient(of: [z]) { ([z * 0.5], { [$0[0].map { $0 * 0.5 }] }) }[0]
        let gradient = scaled.squared().mean().gradients(of: [w])[0]!
        precondition(gradient.shape == [32, 32])
      }
      for _ in 0..<1000 { step() }
      let before = residentPages()
      for _ in 0..<9000 { step() }
      let grown = (residentPages() - before) * 4096
      precondition(grown < 4 << 20, "memory grew by \(grown) bytes")
    }
  }
  #endif
}
