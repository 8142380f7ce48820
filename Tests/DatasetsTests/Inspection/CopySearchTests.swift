import Basics
import Images
import TestSupport
import Testing

@testable import Datasets

@Suite struct CopySearchTests {
  /// Every image is one of a few patterns, sometimes lightened, and some are broken or blank.
  private struct Patterns: ImageSource {
    let name = "patterns"
    let identity = "patterns"
    let count: Int
    let labelings: [Labeling]
    let split: Split
    /// The pattern of an item, and by how much it is lightened.
    let looks: [(pattern: Int, gain: Double)]

    init(_ looks: [(pattern: Int, gain: Double)], labels: [Int?]? = nil, test: Set<Int> = []) {
      self.looks = looks
      count = looks.count
      labelings = [Labeling(name: "class", classes: ["a", "b", "c"], labels: labels ?? looks.map { _ in 0 })]
      split = Split(
        train: looks.indices.filter { !test.contains($0) }, test: looks.indices.filter { test.contains($0) })
    }

    func title(of item: Int) -> String { "item \(item)" }
    func captions(of item: Int) -> [Caption] { [] }

    func image(of item: Int) throws -> Image {
      let (pattern, gain) = looks[item]
      if pattern == -1 { throw InputError(in: title(of: item), "is damaged") }
      if pattern == -2 { return Image(width: 9, height: 9, color: [UInt8(gain), 0, 0]) }
      var random = RandomStream(seed: 11, pattern)
      let coarse = Image(width: 4, height: 4, pixels: (0..<48).map { _ in UInt8(random.integer(below: 200)) })
      var image = coarse.resized(to: ImageSize(width: 17, height: 23))
      image.adjustBrightness(by: gain)
      return image
    }
  }

  private func found(_ source: Patterns) throws -> (exact: [[Int]], near: [[Int]]) {
    let search = CopySearch(in: try ImageSurvey(of: source))
    return (search.exact.shared, search.near.shared)
  }

  @Test func findsExactAndNearCopies() throws {
    let source = Patterns([
      (0, 1), (1, 1), (0, 1), (2, 1), (1, 0.85), (-1, 0), (0, 0.9), (3, 1), (2, 1), (0, 1), (-1, 0),
    ])
    let (exact, near) = try found(source)
    #expect(exact == [[0, 2, 9], [3, 8]])
    #expect(near == [[0, 2, 6, 9], [1, 4], [3, 8]])
  }

  /// The bands lose no pair: the groups are those of comparing all pairs.
  @Test func agreesWithAllPairs() throws {
    var random = RandomStream(seed: 5)
    let source = Patterns(
      (0..<60).map { _ in (random.integer(below: 18), 0.8 + 0.1 * Double(random.integer(below: 4))) })
    let survey = try ImageSurvey(of: source)
    var groups = ItemGroups(count: source.count)
    for one in 0..<source.count {
      for other in 0..<one {
        let hashes = (survey.fingerprint(of: one).hash, survey.fingerprint(of: other).hash)
        if hashes.0.distance(to: hashes.1) <= CopySearch.distance, survey.lookAlike(one, other) {
          groups.join(one, other)
        }
      }
    }
    #expect(groups.shared.count > 10)
    #expect(CopySearch(in: survey).near.shared == groups.shared)
  }

  /// So few differing bits leave one of the bands untouched.
  @Test func bandsDivideTheBits() {
    #expect(CopySearch.bands.count == CopySearch.distance + 1)
    #expect(CopySearch.bands.reduce(0, |) == .max)
    #expect(CopySearch.bands.reduce(0) { $0 + $1.nonzeroBitCount } == 64)
  }

  @Test func blankImagesAreCopiesOnlyWhenTheSame() throws {
    let source = Patterns([(-2, 9), (-2, 200), (-2, 9)])
    let (exact, near) = try found(source)
    #expect(exact == [[0, 2]] && near == [[0, 2]])
    #expect(try ImageSurvey(of: source).blank == [0, 1, 2])
  }

  @Test func sizeAndChannelsCount() {
    let tall = Image(width: 2, height: 8, channels: 1, pixels: Array(0..<16))
    let wide = Image(width: 8, height: 2, channels: 1, pixels: Array(0..<16))
    var other = tall
    other.pixels[15] = 16
    #expect(Set([tall, wide, other].map(PixelDigest.init(of:))).count == 3)
    #expect(PixelDigest(of: tall) == PixelDigest(of: Image(width: 2, height: 8, channels: 1, pixels: Array(0..<16))))
  }

  @Test(arguments: [0, 1, 3]) func workersChangeNothing(workers: Int) throws {
    var random = RandomStream(seed: 6)
    let source = Patterns((0..<150).map { _ in (random.integer(below: 60) - 1, 1) })
    var reports: [Int] = []
    let survey = try ImageSurvey(of: source, workers: workers) { reports.append($0) }
    #expect(reports == [64, 128, 150])
    let damaged = source.looks.indices.filter { source.looks[$0].pattern == -1 }
    #expect(survey.broken.count == damaged.count && damaged.count > 0)
    #expect(survey.broken.first.map(\.place) == damaged.map { "item \($0)" })
    #expect(survey.widths == 17...17 && survey.heights == 23...23)
    let expected = Dictionary(grouping: source.looks.indices.filter { source.looks[$0].pattern >= 0 }) {
      source.looks[$0].pattern
    }.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
    #expect(CopySearch(in: survey).exact.shared == expected)
  }

  @Test func countsLeaksAndConflicts() throws {
    let source = Patterns(
      [(0, 1), (0, 1), (1, 1), (1, 1), (1, 1), (2, 1), (2, 1), (3, 1), (3, 1)],
      labels: [0, 1, 2, nil, 2, 0, 0, 1, 1], test: [1, 3, 4, 7, 8])
    let findings = CopyFindings(of: try found(source).exact, in: source)
    #expect(findings.itemCount == 9)
    #expect(findings.leakedCount == 3)  // items 1, 3 and 4; 7 and 8 are both measured on
    #expect(findings.conflictCounts == [1])
    #expect(findings.groups.map(\.isAcrossSplit) == [true, true, false, false])
    #expect(findings.groups.map(\.conflicts) == [[0], [], [], []])
  }

  @Test func groupsAreJoinedInAnyOrder() {
    var groups = ItemGroups(count: 8)
    for (a, b) in [(6, 2), (5, 6), (1, 7), (7, 1), (2, 5)] { groups.join(a, b) }
    #expect(groups.shared == [[1, 7], [2, 5, 6]])
    #expect(groups.first(5) == 2 && groups.first(3) == 3)
  }
}
