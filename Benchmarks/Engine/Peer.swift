import Foundation

/// The Python process that runs PyTorch's own loop, `Benchmarks/engine.py`: a line in, a line out.
///
/// It lives as long as the benchmark, so that both sides are warm, and waits while ours works.
final class Peer {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private var unread = Data()

  /// Starts the peer with a Python that has torch and torchvision.
  init(python: String, script: String) throws {
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = [script]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
  }

  /// Sends a command and waits for the answer; nil when the peer is gone.
  func ask(_ command: String) -> String? {
    guard process.isRunning else { return nil }
    input.fileHandleForWriting.write(Data("\(command)\n".utf8))
    while !unread.contains(UInt8(ascii: "\n")) {
      let more = output.fileHandleForReading.availableData
      if more.isEmpty { return nil }
      unread += more
    }
    let line = unread.prefix { $0 != UInt8(ascii: "\n") }
    unread = Data(unread.dropFirst(line.count + 1))
    return String(decoding: line, as: UTF8.self)
  }

  /// Sends a command whose answer is a list of numbers; traps when it is not, since nothing can be measured then.
  func numbers(_ command: String) -> [Double] {
    let answer = ask(command)
    guard let numbers = answer?.split(separator: " ").map({ Double($0) }), !numbers.contains(nil) else {
      fatalError("the peer answered '\(command)' with \(answer ?? "nothing")")
    }
    return numbers.map { $0! }
  }

  /// Ends the process.
  func end() {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }
}
