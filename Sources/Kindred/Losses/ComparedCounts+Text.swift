extension ComparedCounts {
  /// The counts on one line.
  public var text: String {
    "\(anchors) anchors; positives each: \(positives.text); negatives each: \(negatives.text)"
      + (withoutPositive > 0 ? "; \(withoutPositive) without a positive" : "")
  }
}

extension ComparedCounts.Spread {
  fileprivate var text: String { min == max ? "\(min)" : "\(min) to \(max) (mean \(Figures.short(mean)))" }
}
