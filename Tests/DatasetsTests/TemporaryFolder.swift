import Basics
import Images

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A folder for the files of one test, which goes when the test lets go of it.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = "/tmp/kindred-datasets-\(UInt64.random(in: .min ... .max))"
    try Files.makeFolder(path)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file, and the folders above it.
  func write(_ name: String, _ bytes: [UInt8]) throws {
    let file = "\(path)/\(name)"
    try Files.makeFolder(Files.folder(of: file))
    try Files.write(file, bytes: bytes)
  }

  /// Writes PNG files of one colour each.
  func writeImages(_ names: String..., color: [UInt8] = [10, 20, 30], side: Int = 4) throws {
    for name in names { try write(name, Image(width: side, height: side, color: color).png()) }
  }
}

/// The folder of real data that lies beside the checkout on some machines.
enum SharedData {
  static let path = "../shared/data"

  /// Whether it is there; tests that need it say so when it is not.
  static func has(_ name: String) -> Bool { Files.exists("\(path)/\(name)") }
}
