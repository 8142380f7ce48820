import Basics

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The checkpoints of a run: `step-00001200.safetensors`, the last two of which are kept.
struct CheckpointFolder {
  let path: String

  /// Writes a checkpoint, and then lets go of all but the last two.
  ///
  /// Checkpoints of later steps are damaged ones that the run went back from, and files with other endings are what a
  /// killed process had half written: both go. The folder must be in use by nobody else.
  func add(_ checkpoint: Checkpoint) throws {
    try Files.makeFolder(path)
    let name = Self.name(ofStep: checkpoint.step)
    try checkpoint.write(to: "\(path)/\(name)")
    let earlier = try names().prefix { $0 != name }.suffix(1)
    for other in try Files.names(in: path) where other.hasPrefix("step-") && other != name && !earlier.contains(other) {
      unlink("\(path)/\(other)")
    }
  }

  /// Whether there is any checkpoint, whole or not.
  var isEmpty: Bool { (try? names().isEmpty) ?? true }

  /// Reads the newest checkpoint, or nil when there is none.
  ///
  /// - Parameter lastGood: Whether to fall back to an older one when the newest cannot be read.
  /// - Throws: `InputError` that says what is wrong with the newest, and how to fall back.
  func newest(lastGood: Bool) throws -> Checkpoint? {
    let names = try names()
    var first: InputError?
    for (age, name) in names.reversed().enumerated() {
      do {
        return try Checkpoint(contentsOf: "\(path)/\(name)")
      } catch let error as InputError {
        let isLast = age == names.count - 1
        guard lastGood, !isLast else {
          let fallback = isLast ? "there is no older checkpoint" : "add --last-good to go on from the one before"
          throw first
            ?? InputError(
              in: error.place, error.problem,
              remedy: error.remedy.isEmpty ? fallback : "\(error.remedy), or \(fallback)")
        }
        first = first ?? error
      }
    }
    return nil
  }

  private static func name(ofStep step: Int) -> String {
    let digits = "\(step)"
    return "step-\(String(repeating: "0", count: max(0, 8 - digits.count)))\(digits).safetensors"
  }

  private func names() throws -> [String] {
    guard Files.isFolder(path) else { return [] }
    return try Files.names(in: path).filter { $0.hasPrefix("step-") && $0.hasSuffix(".safetensors") }
  }
}
