import Basics
import Foundation

/// The Python process that runs the other side of a benchmark, a script of this folder: a line in, a line out.
///
/// It lives as long as the benchmark, so that both sides are warm, and waits while ours works.
public final class Peer {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private var unread = Data()

  /// Starts a script of Benchmarks with `$KINDRED_PYTHON`, or else `.venv/bin/python`; ends the program with a word
  /// where that is not there.
  ///
  /// - Parameters:
  ///   - script: The script's name, such as "engine.py".
  ///   - needs: The packages that its Python must have, for that word.
  public init(_ script: String, needs: String) throws {
    let root = "\(Files.folder(of: #filePath))/../.."
    let python = ProcessInfo.processInfo.environment["KINDRED_PYTHON"] ?? "\(root)/.venv/bin/python"
    guard FileManager.default.isExecutableFile(atPath: python) else {
      stop("\(python) is not there; set KINDRED_PYTHON to a Python with \(needs)")
    }
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = ["\(root)/Benchmarks/\(script)"]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
  }

  /// Sends a command and waits for the answer; nil when the peer is gone.
  public func ask(_ command: String) -> String? {
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

  /// Sends a command whose answer is a list of numbers; ends the program when it is not, since nothing can be measured then.
  public func numbers(_ command: String) -> [Double] {
    let answer = ask(command)
    guard let numbers = answer?.split(separator: " ").map({ Double($0) }), !numbers.contains(nil) else {
      stop("the peer answered '\(command)' with \(answer ?? "nothing")")
    }
    return numbers.map { $0! }
  }

  /// Ends the process.
  public func end() {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }
}
