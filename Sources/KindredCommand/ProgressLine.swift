import Kindred

/// How far a run is, on one line: live on a terminal, plain lines a little apart elsewhere.
final class ProgressLine {
  private var lastEpoch = 0
  private var lastPlain = ContinuousClock.now - .seconds(60)
  private var hasWarned = false

  /// Shows a step.
  func show(_ progress: Progress) {
    if progress.isCollapsing, !hasWarned {
      hasWarned = true
      Console.error(
        "warning: the embeddings of a batch use only \(Figures.short(progress.effectiveRank ?? 0)) dimensions: "
          + "the run may be collapsing; try a lower --rate or a larger --batch")
    }
    let line = Self.text(progress)
    if Console.isTerminal {
      Console.live(line)
    } else if progress.step == progress.steps || ContinuousClock.now - lastPlain > .seconds(10) {
      lastPlain = .now
      Console.error(line)
    }
    lastEpoch = progress.epoch
  }

  private static func text(_ p: Progress) -> String {
    var parts = [
      "epoch \(p.epoch)/\(p.epochs)", "step \(p.step)/\(p.steps)", "\(Int(p.examplesPerSecond)) images/s",
      "loss \(Figures.short(p.loss))", "rate \(Figures.short(p.rate))", "left \(Figures.time(p.secondsLeft))",
      "waiting \(Int((p.waitShare * 100).rounded())) %",
    ]
    if let rank = p.effectiveRank { parts.append("rank \(Figures.short(rank))") }
    parts += p.figures.sorted { $0.key < $1.key }.map { "\($0.key) \(Figures.short($0.value))" }
    return parts.joined(separator: "  ")
  }
}
