import Images

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What `Tests/Goldens/operations.py` had torchvision and SciPy make.
struct OperationGoldens: Decodable, Sendable {
  struct Operation: Decodable, Sendable, CustomStringConvertible {
    let image, kind: String
    let amounts: [Double]
    let output: ImageGoldens.Picture

    var description: String { "\(image) \(kind) \(amounts)" }
  }

  let images: [String: ImageGoldens.Picture]
  let operations: [Operation]

  static let shared: OperationGoldens = {
    let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path
    // A missing or damaged golden file is a broken checkout: every test must stop.
    return try! JSONDecoder().decode(
      OperationGoldens.self, from: Data(contentsOf: URL(filePath: "\(path)/Goldens/operations.json")))
  }()
}
