import Foundation

/// A number with the given digits after the point, at least one.
public func text(_ value: Double, _ digits: Int) -> String {
  let scale = (0..<digits).reduce(1.0) { product, _ in product * 10 }
  let parts = "\((value * scale).rounded() / scale)".split(separator: ".")
  return parts[0] + "." + parts[1].padding(toLength: digits, withPad: "0", startingAt: 0)
}

/// Writes a line at once, also into a pipe.
public func say(_ line: String) {
  try? FileHandle.standardOutput.write(contentsOf: Data("\(line)\n".utf8))
}

/// Ends the benchmark with a reason.
public func stop(_ reason: String) -> Never {
  let name = CommandLine.arguments[0].split(separator: "/").last ?? "benchmark"
  try? FileHandle.standardError.write(contentsOf: Data("\(name): \(reason)\n".utf8))
  exit(1)
}
