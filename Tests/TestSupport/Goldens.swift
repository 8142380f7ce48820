import Basics
public import Tensors

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Values made by another library, in `Tests/Goldens/<name>.json` beside the script `<name>.py` that made them.
///
/// The file is one flat dictionary from names to arrays: {"name": {"shape": […], "values": […]}}.
public struct Goldens {
  private struct Entry: Decodable {
    let shape: [Int]
    let values: [Double]
  }

  private let entries: [String: Entry]

  /// Reads the goldens of a name.
  public init(_ name: String) throws {
    let path = "\(Files.folder(of: #filePath))/../Goldens/\(name).json"
    entries = try JSONDecoder().decode([String: Entry].self, from: Data(Files.bytes(of: path)))
  }

  /// The array of a name.
  public subscript(_ name: String, type: DataType = .float64) -> Tensor {
    guard let entry = entries[name] else { preconditionFailure("there is no golden '\(name)'") }
    return Tensor(entry.values, shape: entry.shape).to(type)
  }

  /// The names of all arrays, sorted.
  public var names: [String] { entries.keys.sorted() }
}
