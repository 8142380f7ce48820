extension Image {
  /// Draws a line through points with smooth edges and round joints; what falls outside of the image is left out.
  ///
  /// Every pixel is covered by as much as the line's edge, half its width from its centre, lies beyond the pixel's own
  /// centre, at most wholly; where parts of the line overlap, the larger share counts, so that joints do not darken.
  ///
  /// - Parameters:
  ///   - points: In pixels from the upper left corner; points that are not finite break the line.
  ///   - width: In pixels.
  ///   - color: A byte for each channel.
  ///   - columns: Outside of which nothing is drawn.
  ///   - rows: Outside of which nothing is drawn.
  mutating func stroke(
    _ points: [(x: Double, y: Double)], width lineWidth: Double, with color: [UInt8], columns: Range<Int>,
    rows: Range<Int>
  ) {
    precondition(color.count == channels, "a colour of \(color.count) bytes does not fit \(channels) channels")
    let (columns, rows) = (columns.clamped(to: 0..<width), rows.clamped(to: 0..<height))
    guard !columns.isEmpty, !rows.isEmpty else { return }
    var coverage = [Float](repeating: 0, count: columns.count * rows.count)
    let reach = lineWidth / 2 + 0.5
    for (a, b) in zip(points, points.dropFirst()) where [a.x, a.y, b.x, b.y].allSatisfy(\.isFinite) {
      guard let segment = Self.clipped(a, b, to: rows, margin: reach) else { continue }
      let (a, b) = segment
      let reached = Self.range(a.x, b.x, reach, within: columns)
      for row in Self.range(a.y, b.y, reach, within: rows) {
        for column in reached {
          let distance = Self.distance(x: Double(column) + 0.5, y: Double(row) + 0.5, a, b)
          let share = Float(min(max(reach - distance, 0), 1))
          let place: Int = (row - rows.lowerBound) * columns.count + (column - columns.lowerBound)
          coverage[place] = max(coverage[place], share)
        }
      }
    }
    for row in rows {
      for column in columns {
        let share = coverage[(row - rows.lowerBound) * columns.count + column - columns.lowerBound]
        guard share > 0 else { continue }
        let start = (row * width + column) * channels
        for c in 0..<channels {
          let mixed = Float(pixels[start + c]) * (1 - share) + Float(color[c]) * share
          pixels[start + c] = UInt8(mixed.rounded())
        }
      }
    }
  }

  /// The pixels along one axis that a segment's edge reaches.
  private static func range(_ a: Double, _ b: Double, _ reach: Double, within bounds: Range<Int>) -> Range<Int> {
    let (low, high) = (Double(bounds.lowerBound), Double(bounds.upperBound))
    let first = Int(max(min(a, b) - reach, low).rounded(.down))
    let end = Int(min(max(a, b) + reach, high).rounded(.up))
    return first < end
      ? max(first, bounds.lowerBound)..<min(end, bounds.upperBound) : bounds.lowerBound..<bounds.lowerBound
  }

  /// The part of a segment that lies near the rows, so that a steep line does not cost pixels far outside; nil for none.
  private static func clipped(
    _ a: (x: Double, y: Double), _ b: (x: Double, y: Double), to rows: Range<Int>, margin: Double
  ) -> (a: (x: Double, y: Double), b: (x: Double, y: Double))? {
    let (low, high) = (Double(rows.lowerBound) - margin, Double(rows.upperBound) + margin)
    if max(a.y, b.y) < low || min(a.y, b.y) > high { return nil }
    func moved(_ p: (x: Double, y: Double), _ q: (x: Double, y: Double)) -> (x: Double, y: Double) {
      let y = min(max(p.y, low), high)
      return y == p.y ? p : (p.x + (q.x - p.x) * (y - p.y) / (q.y - p.y), y)
    }
    return (moved(a, b), moved(b, a))
  }

  /// How far a point is from a segment.
  private static func distance(x: Double, y: Double, _ a: (x: Double, y: Double), _ b: (x: Double, y: Double)) -> Double
  {
    let (dx, dy) = (b.x - a.x, b.y - a.y)
    let length = dx * dx + dy * dy
    let t = length > 0 ? min(max(((x - a.x) * dx + (y - a.y) * dy) / length, 0), 1) : 0
    let (ex, ey) = (x - a.x - t * dx, y - a.y - t * dy)
    return (ex * ex + ey * ey).squareRoot()
  }
}
