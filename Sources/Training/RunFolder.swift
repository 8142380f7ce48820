import Basics

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The folder of a run: `run.json`, `metrics.jsonl`, `checkpoints/`, `model/`.
public struct RunFolder: Hashable, Sendable {
  /// Where it lies.
  public let path: String

  /// Names a folder, which need not be there.
  public init(_ path: String) {
    self.path = path
  }

  /// What was chosen for the run.
  ///
  /// - Throws: `InputError` when there is none or it cannot be understood.
  public func configuration() throws -> RunConfiguration {
    try Self.configuration(
      at: configurationPath,
      orElse: hasProgress ? "restore it: what the run has left is still there" : "'kindred train' begins a run")
  }

  /// Reads a configuration from any file, such as the `run.json` of another run.
  public static func configuration(at path: String, orElse remedy: String = "check the path") throws -> RunConfiguration
  {
    guard Files.exists(path) else { throw InputError(in: path, "is not there", remedy: remedy) }
    let configuration: RunConfiguration
    do {
      configuration = try JSONDecoder().decode(RunConfiguration.self, from: Data(Files.bytes(of: path)))
    } catch let error as DecodingError {
      throw InputError(
        in: path, "cannot be understood: \(error.summary)",
        remedy: "restore the file; it may be from another version of Kindred")
    }
    if let problem = configuration.problem { throw InputError(in: path, problem, remedy: "restore the file") }
    return configuration
  }

  /// The figures of the run so far, one dictionary a line of `metrics.jsonl`; every one has its `step`.
  ///
  /// - Throws: `InputError` when there are none.
  public func metrics() throws -> [[String: Double]] {
    MetricsLog.entries(of: String(decoding: try Files.bytes(of: metricsPath), as: UTF8.self)).map(\.figures)
      .filter { $0["step"]?.isFinite == true }
  }

  func write(_ configuration: RunConfiguration) throws {
    try Files.makeFolder(path)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try Files.write(configurationPath, bytes: encoder.encode(configuration) + [UInt8(ascii: "\n")])
  }

  /// Whether a run has begun here.
  public var hasRun: Bool { Files.exists(configurationPath) }

  /// Whether a run here has left anything to go on from: without, another may take its place.
  var hasProgress: Bool { hasModel || !checkpoints.isEmpty }

  /// Whether the run here has ended: its model is written.
  public var hasModel: Bool { Files.exists("\(modelPath)/config.json") }

  /// Where the model is written.
  public var modelPath: String { "\(path)/model" }

  /// Where the report is written.
  public var reportPath: String { "\(path)/report.html" }

  /// Where what was chosen is written.
  public var configurationPath: String { "\(path)/run.json" }

  var metricsPath: String { "\(path)/metrics.jsonl" }
  var checkpoints: CheckpointFolder { CheckpointFolder(path: "\(path)/checkpoints") }
}

extension DecodingError {
  /// What is wrong where, on one line.
  fileprivate var summary: String {
    func place(_ context: Context) -> String { context.codingPath.map(\.stringValue).joined(separator: ".") }
    switch self {
    case .keyNotFound(let key, let context):
      return "\((context.codingPath + [key]).map(\.stringValue).joined(separator: ".")) is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
      return place(context).isEmpty ? "it is not valid JSON" : "\(place(context)) has a wrong value"
    @unknown default: return "it is not valid JSON"
    }
  }
}
