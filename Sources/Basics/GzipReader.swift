import CZlib

/// The expanded bytes of a gzip file, read from its beginning or from a point that was noted on an earlier way through.
///
/// Compressed data can be entered only where one knows what came before: between two blocks, with the last 32 KiB made
/// and the bits that the last byte still holds. `Point` keeps these. One thread uses a reader; points may be shared.
///
/// Source: Deutsch. "GZIP file format specification version 4.3." RFC 1952; the idea of the points is zlib's example
/// `zran.c`.
public final class GzipReader {
  /// A place to begin at.
  public struct Point: Sendable {
    /// Where it is in the compressed and in the expanded bytes.
    public let input, output: Int
    /// The bits of the byte before that still count; −1 where a gzip header follows.
    let bits: Int
    /// The expanded bytes before it.
    let window: [UInt8]

    /// The beginning of the file.
    public static let start = Point(input: 0, output: 0, bits: -1, window: [])
  }

  /// The number of expanded bytes up to here.
  public private(set) var position: Int

  /// Points on the way so far, the first at the start, when they were asked for.
  public private(set) var points: [Point] = []

  private let bytes: UnsafeRawBufferPointer
  private let name: String
  private let stream: OpaquePointer
  private var input: Int
  private var isRaw: Bool
  private var hasEnded = false
  private var spacing = 0
  private var mostPoints = 0

  /// Begins to read.
  ///
  /// - Parameters:
  ///   - bytes: The whole gzip file, which must stay where it is.
  ///   - name: What an error calls it.
  ///   - point: Where to begin.
  public init(_ bytes: UnsafeRawBufferPointer, named name: String, at point: Point = .start) throws {
    guard let stream = czlib_open() else { throw InputError(in: name, "cannot be expanded: out of memory") }
    self.bytes = bytes
    self.name = name
    self.stream = stream
    input = point.input
    position = point.output
    isRaw = point.bits >= 0
    if isRaw {
      let before = point.bits > 0 ? bytes[input - 1] : 0
      guard czlib_resume(stream, Int32(point.bits), before, point.window, point.window.count) != 0 else {
        throw InputError(in: name, "cannot be expanded from byte \(input) on (gzip)")
      }
    }
  }

  deinit { czlib_close(stream) }

  /// Has points noted from here on: one about every so many expanded bytes, and twice as far apart whenever there would
  /// be more than `most`, each of which takes up to 32 KiB of memory.
  public func notePoints(every spacing: Int, most: Int) {
    precondition(spacing > 0 && most >= 2, "points need a positive spacing and room for two")
    precondition(position == 0, "points are noted from the start")
    self.spacing = spacing
    mostPoints = most
    points = [.start]
  }

  /// Fills a buffer, or as much of it as there is; returns 0 at the end.
  ///
  /// - Throws: `InputError` when the file is damaged or cut short.
  public func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    guard let output = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return 0 }
    let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    var count = 0
    while count < buffer.count {
      if hasEnded, try !beginNextMember() { break }
      var (taken, made) = (bytes.count - input, buffer.count - count)
      let expand = spacing > 0 ? czlib_expand_block : czlib_expand
      let code = expand(stream, start.map { $0 + input }, &taken, output + count, &made)
      guard code == CZLIB_MORE || code == CZLIB_END else {
        let problem = code == CZLIB_STUCK ? "is cut short" : "is damaged"
        throw InputError(in: name, "\(problem) (gzip)", remedy: "copy or download the file again")
      }
      input += taken
      count += made
      position += made
      hasEnded = code == CZLIB_END
      if spacing > 0, !hasEnded { note() }
    }
    return count
  }

  /// Gets ready for the next of several gzip files after one another, if there is one.
  private func beginNextMember() throws -> Bool {
    if isRaw {
      input += 8  // The checksum and length, which zlib leaves alone without a header.
      isRaw = false
    }
    // Some tools pad the end with zeros.
    guard input < bytes.count, bytes[input...].contains(where: { $0 != 0 }) else { return false }
    czlib_reset(stream)
    hasEnded = false
    if spacing > 0, position - points.last!.output >= spacing {
      add(Point(input: input, output: position, bits: -1, window: []))
    }
    return true
  }

  private func note() {
    guard position - points.last!.output >= spacing else { return }
    let bits = czlib_bits(stream)
    guard bits >= 0 else { return }
    let window = [UInt8](unsafeUninitializedCapacity: 1 << 15) { window, count in
      count = czlib_window(stream, window.baseAddress!)
    }
    add(Point(input: input, output: position, bits: Int(bits), window: window))
  }

  private func add(_ point: Point) {
    points.append(point)
    guard points.count > mostPoints else { return }
    points = points.indices.filter { $0.isMultiple(of: 2) }.map { points[$0] }
    spacing *= 2
  }
}
