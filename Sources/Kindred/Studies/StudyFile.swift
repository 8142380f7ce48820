import Basics

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Values that a study keeps between its runs, as JSON.
enum StudyFile {
  static func read<Value: Decodable>(_ path: String) throws -> Value {
    do {
      return try JSONDecoder().decode(Value.self, from: Data(Files.bytes(of: path)))
    } catch let error as DecodingError {
      throw InputError(
        in: path, "cannot be understood: \(DecodingProblem(error))",
        remedy: "restore the file, or begin the study in another folder")
    }
  }

  static func write(_ value: some Encodable, to path: String) throws {
    try Files.write(path, text: Report.json(value) + "\n")
  }
}
