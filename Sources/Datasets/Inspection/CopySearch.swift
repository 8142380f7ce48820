import Images

/// Finds items that show the same: exact copies by the digests of their pixels, near ones by perceptual hashes.
///
/// Near copies are those whose miniatures look alike, among pairs whose hashes differ in at most 6 of 64 bits. To find
/// these, the bits are dealt to 7 bands: two such hashes agree in one band at least, so that only items that agree in a
/// band are compared. Of each set of exact copies one is compared, of blank images none.
///
/// Of all pairs of photos 1.4 % are compared, of Omniglot's drawings 3 %: two words of 8 bytes each. A million small
/// images (MNIST and Fashion-MNIST, turned and mirrored) take a minute of one core for everything, decoding included.
/// Collections that are alike throughout take more, in the worst case all pairs.
///
/// Source of the bands: Manku, Jain, Das Sarma. "Detecting Near-Duplicates for Web Crawling." WWW 2007, section 3.
public struct CopySearch: Sendable {
  /// Sets of items whose images have the same size and the same pixels.
  public let exact: ItemGroups

  /// Sets of items that look alike, each to one of the others at least; exact copies are among them.
  public let near: ItemGroups

  /// How many pairs of hashes were compared: what the time grows with beyond the number of images.
  let comparisons: Int

  /// How many bits of two hashes may differ.
  static let distance = 6

  /// Searches among the images of a survey.
  public init(in survey: ImageSurvey) {
    let exact = Self.exact(in: survey)
    self.exact = exact
    (near, comparisons) = Self.near(in: survey, exact)
  }

  private static func exact(in survey: ImageSurvey) -> ItemGroups {
    var groups = ItemGroups(count: survey.count)
    var known: [PixelDigest: Int32] = [:]
    for item in 0..<survey.count where survey.fingerprint(of: item).kind != .broken {
      let digest = survey.fingerprint(of: item).digest
      if let first = known[digest] {
        if survey.areSame(Int(first), item) { groups.join(Int(first), item) }
      } else {
        known[digest] = Int32(item)
      }
    }
    return groups
  }

  private static func near(in survey: ImageSurvey, _ exact: ItemGroups) -> (ItemGroups, comparisons: Int) {
    var groups = exact
    var comparisons = 0
    var items = (0..<survey.count).filter {
      survey.fingerprint(of: $0).kind == .picture && groups.first($0) == $0
    }.map { (item: Int32($0), bits: survey.fingerprint(of: $0).hash.bits) }
    for (number, band) in bands.enumerated() {
      items.sort { ($0.bits & band, $0.item) < ($1.bits & band, $1.item) }
      var start = 0
      while start < items.count {
        let key = items[start].bits & band
        let end = items[start...].firstIndex { $0.bits & band != key } ?? items.count
        comparisons += (end - start) * (end - start - 1) / 2
        for one in start..<end {
          for other in one + 1..<max(end, one + 1) {
            let differing = items[one].bits ^ items[other].bits
            guard differing.nonzeroBitCount <= distance,
              // Who agrees in an earlier band has been compared there.
              !bands[..<number].contains(where: { differing & $0 == 0 })
            else { continue }
            let (a, b) = (Int(items[one].item), Int(items[other].item))
            if groups.first(a) != groups.first(b), survey.lookAlike(a, b) { groups.join(a, b) }
          }
        }
        start = end
      }
    }
    return (groups, comparisons)
  }

  /// The bits of each band: every seventh, so that low and high frequencies are in each.
  static let bands: [UInt64] = (0...distance).map { band in
    stride(from: band, to: 64, by: distance + 1).reduce(0) { $0 | 1 << UInt64($1) }
  }
}
