import Basics
import Images

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The figures and pictures of a run for TensorBoard: `events.out.tfevents.…` in the run's folder.
///
/// Every start of a run begins a file of its own, whose name sorts after those before it, and says that what earlier
/// files tell of later steps no longer holds. TensorBoard reads the files one after the other, so that a run that was
/// killed and gone on with reads as if it had never stopped, whatever was left of the last record.
final class EventLog {
  private static let prefix = "events.out.tfevents."

  private let path: String

  /// Begins a file.
  ///
  /// - Parameters:
  ///   - folder: The folder of the run.
  ///   - step: The number of steps done; what was told of later ones is taken back, and of all when it is 0.
  init(in folder: String, after step: Int) throws {
    let earlier = try Files.names(in: folder).filter { $0.hasPrefix(Self.prefix) }
    // TensorBoard takes files in the order of their names: a clock that was set back must not bring a file forward.
    let latest = earlier.compactMap { Int($0.dropFirst(Self.prefix.count).prefix { $0 != "." }) }.max() ?? 0
    let second = "\(max(Int(Self.now), latest))"
    let number = "\(earlier.count)"
    path =
      "\(folder)/\(Self.prefix)\(String(repeating: "0", count: max(0, 10 - second.count)))\(second).kindred."
      + String(repeating: "0", count: max(0, 4 - number.count)) + number
    try add(.version, step: 0)
    try add(.start, step: step == 0 ? 0 : step + 1)
  }

  /// Adds figures by their names, those of `metrics.jsonl`.
  func add(_ figures: [String: Double], step: Int) throws {
    try add(.figures(figures.filter { $0.key != "step" }), step: step)
  }

  /// Adds a picture.
  func add(_ picture: Image, named name: String, step: Int) throws {
    try add(.picture(picture, name: name), step: step)
  }

  private func add(_ content: Event.Content, step: Int) throws {
    try Files.append(path, bytes: Event(time: Self.now, step: step, content: content).record)
  }

  private static var now: Double { Date.now.timeIntervalSince1970 }
}
