/// Where the mapped items of a gallery lie on a plane, and what is near them in truth.
public struct EmbeddingMap: Hashable, Sendable, Encodable {
  /// How the map was made, in a few words.
  public let method: String

  /// The places of the items, from 0 to 10,000 along the longer side.
  public let x, y: [Int]

  /// For every item the items nearest to it in the embedding's own space, which a plane cannot always keep together.
  public let near: [[Int]]

  /// For every item the class of the first labels that its neighbours vote for; empty without labels.
  public let guesses: [Int?]

  /// Creates a map from places of any unit.
  public init(method: String, places: [(x: Double, y: Double)], near: [[Int]], guesses: [Int?] = []) {
    precondition(
      near.count == places.count && (guesses.isEmpty || guesses.count == places.count), "every item has its neighbours")
    self.method = method
    func bounds(_ values: [Double]) -> (low: Double, span: Double) {
      let low = values.min() ?? 0
      return (low, (values.max() ?? 0) - low)
    }
    let (xs, ys) = (bounds(places.map(\.x)), bounds(places.map(\.y)))
    let unit = 10_000 / max(xs.span, ys.span, 1e-300)
    func scaled(_ value: Double, _ low: Double) -> Int { value.isFinite ? Int(((value - low) * unit).rounded()) : 0 }
    x = places.map { scaled($0.x, xs.low) }
    y = places.map { scaled($0.y, ys.low) }
    self.near = near
    self.guesses = guesses
  }
}
