import Basics

/// A gzipped tar archive, expanded in runs of some megabytes that can be entered by themselves.
///
/// The way through it when it is opened notes points at which expanding can begin (`GzipReader`), one about every
/// `spacing` bytes, and at most so many that they take 32 MB. A member is read by expanding the run that it begins in;
/// the run is kept for the members beside it. A source visits items run by run (`ReadingRuns`).
final class GzippedTar: Archive {
  let name: String
  /// Where runs begin.
  let runs: [Int]
  /// The expanded bytes of the longest run.
  let longestRun: Int

  /// Expanded bytes between two points, unless there would be more of them than `mostPoints`.
  static let spacing = 4 << 20
  /// The number of points of one archive.
  static let mostPoints = 1024

  private let file: MappedFile
  private let points: [GzipReader.Point]
  /// Where the last member that begins in each run ends.
  private let ends: [Int]
  private let cache: RunCache

  /// Goes through an archive.
  ///
  /// - Throws: `InputError` when it is damaged or cut short, and what the visit throws.
  init(
    _ file: MappedFile, named name: String, cache: RunCache, spacing: Int, visit: ArchiveVisit
  ) throws {
    self.file = file
    self.name = name
    self.cache = cache
    let reader = try GzipReader(file.bytes, named: name)
    reader.notePoints(every: spacing, most: Self.mostPoints)
    var walk = TarWalk(ExpandedBytes(reader), named: name)
    // Members with a point inside them: their run goes on to their end.
    var crossings: [(place: Int, end: Int)] = []
    while let member = try walk.next() {
      let end = reader.position + member.size
      try visit(member) { ArchiveContent(bytes: try walk.content(), owner: nil) }
      try walk.finish()
      if reader.points.last!.output > member.place { crossings.append((member.place, end)) }
    }
    let last = reader.position
    // To the end, for the checksum of what follows the archive's end, too.
    var rest = [UInt8](repeating: 0, count: 1 << 16)
    while try rest.withUnsafeMutableBytes({ try reader.read(into: $0) }) > 0 {}
    points = reader.points.filter { $0.output < last }
    let runs = points.map(\.output)
    self.runs = runs
    var ends = Array(runs.dropFirst()) + [last]
    for crossing in crossings {
      let run = runs.lastPlace(notAbove: crossing.place)
      ends[run] = max(ends[run], crossing.end)
    }
    self.ends = ends
    longestRun = zip(runs, ends).map { $1 - $0 }.max() ?? 0
  }

  func withContent<Result>(
    at place: Int, _ body: (_ name: String, UnsafeRawBufferPointer) throws -> Result
  ) throws -> Result {
    let run = runs.lastPlace(notAbove: place)
    let found = try cache.bytes(RunCache.Key(archive: ObjectIdentifier(self), run: run)) {
      try RunBytes(file, named: name, from: points[run], count: ends[run] - runs[run])
    }
    return try withExtendedLifetime(found) {
      var walk = TarWalk(LyingBytes(found.bytes, from: place - found.start), named: name)
      guard let member = try walk.next() else { throw InputError(in: name, "has changed since it was opened") }
      return try body(member.name, walk.content())
    }
  }
}
