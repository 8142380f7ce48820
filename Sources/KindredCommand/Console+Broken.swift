import Kindred

extension Console {
  /// Says which items were left out because they could not be decoded; nothing when there were none.
  static func reportBroken(_ items: BrokenItems, among part: String = "") {
    let broken = items.all
    if broken.isEmpty { return }
    error("left out \(broken.count) broken item\(broken.count == 1 ? "" : "s")\(part.isEmpty ? "" : " \(part)"):")
    for (_, problem) in broken.prefix(10) { error("  \(problem)") }
    if broken.count > 10 { error("  and \(broken.count - 10) more") }
  }
}
