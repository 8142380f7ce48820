import Basics

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The checkpoints of a run: `step-00001200.safetensors`, the last two of which are kept.
struct CheckpointFolder {
  let path: String

  /// Writes a checkpoint and lets go of all but the last two.
  func add(_ checkpoint: Checkpoint) throws {
    try Files.makeFolder(path)
    let digits = "\(checkpoint.step)"
    let padded = String(repeating: "0", count: max(0, 8 - digits.count)) + digits
    try checkpoint.write(to: "\(path)/step-\(padded).safetensors")
    for old in try names().dropLast(2) { unlink("\(path)/\(old)") }
  }

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
          throw first ?? InputError(
            in: error.place, error.problem, remedy: error.remedy.isEmpty ? fallback : "\(error.remedy), or \(fallback)")
        }
        first = first ?? error
      }
    }
    return nil
  }

  private func names() throws -> [String] {
    guard Files.isFolder(path) else { return [] }
    return try Files.names(in: path).filter { $0.hasPrefix("step-") && $0.hasSuffix(".safetensors") }
  }
}
