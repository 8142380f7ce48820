import Basics
public import Losses

extension Metric.Options {
  /// Why nothing can be learned so, in a clause, or nil: a `run.json` may have been written by hand.
  public var problem: String? {
    do {
      let entry = try loss.entry()
      guard entry.learnsFromClasses else { return "\(loss.name) does not learn from classes" }
      if let miner {
        _ = try miner.entry()
        if !entry.takesMiner {
          return entry.files.second == .proxies
            ? "\(loss.name) compares items with proxies, and takes no miner" : "\(loss.name) takes no miner"
        }
      }
    } catch {
      return "\(error.place) \(error.problem)" + (error.remedy.isEmpty ? "" : "; \(error.remedy)")
    }
    if let size, !(1...1_000_000).contains(size) { return "the size of embeddings is \(size), not 1 or more" }
    if let perClass, perClass < 1 { return "\(perClass) items of a class make no batch" }
    if classes < 1 { return "there are \(classes) classes" }
    if !(lossRate > 0 && lossRate.isFinite) { return "the loss's rate is \(lossRate), not a positive number" }
    return nil
  }
}

extension LossEntry {
  /// Whether single items with classes are enough for the loss.
  public var learnsFromClasses: Bool { files.labels != .none && files.queue == .none }
}
