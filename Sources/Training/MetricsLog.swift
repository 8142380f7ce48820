import Basics

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The figures of a run, one JSON object a line: `metrics.jsonl`.
///
/// Every line has the step that it belongs to. A run that goes on from a checkpoint first drops the lines of later
/// steps, so that the file reads as if the run had never stopped.
final class MetricsLog {
  private let path: String

  /// Opens the log and drops what comes after a step.
  init(path: String, keepingUpTo step: Int) throws {
    self.path = path
    guard Files.exists(path) else { return }
    let text = String(decoding: try Files.bytes(of: path), as: UTF8.self)
    let kept = Self.entries(of: text).filter { ($0.figures["step"] ?? .infinity) <= Double(step) }
      .map { $0.line + "\n" }.joined()
    // A process that was killed may have left half a line, or a line without its end.
    if kept != text { try Files.write(path, text: kept) }
  }

  /// The lines of a log with what they say; those that say nothing are left out.
  static func entries(of text: String) -> [(line: Substring, figures: [String: Double])] {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return text.split(separator: "\n").compactMap { line in
      (try? decoder.decode([String: Double].self, from: Data(line.utf8))).map { (line, $0) }
    }
  }

  /// Adds a line.
  func add(_ figures: [String: Double]) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    let line = [UInt8](try encoder.encode(figures)) + [UInt8(ascii: "\n")]
    try Files.append(path, bytes: line)
  }
}
