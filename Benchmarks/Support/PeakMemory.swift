import Foundation

/// The most memory that the process held at once while a body ran, beyond what it held before, in bytes; nil where the
/// system cannot say (it is read from Linux's /proc).
public func extraMemory(_ body: () -> Void) -> Int? {
  // Writing 5 makes the system forget the highest mark so far.
  guard (try? Data("5".utf8).write(to: URL(fileURLWithPath: "/proc/self/clear_refs"))) != nil,
    let before = memory("VmRSS")
  else { return nil }
  body()
  return memory("VmHWM").map { $0 - before }
}

/// A line of /proc/self/status, in bytes.
private func memory(_ name: String) -> Int? {
  guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
    let line = status.split(separator: "\n").first(where: { $0.hasPrefix("\(name):") })
  else { return nil }
  return line.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 * 1024 }
}
