import Basics
import Images
import Testing

@testable import Datasets

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

#if os(Linux)
import Glibc

/// Memory does not grow with what a source is made of, and by a few bytes with the number of its items.
///
/// In a process of its own, where nobody else takes memory.
@Suite struct ManifestMemoryTests {
  @Test func aMillionRowsTakeLessThanAHundredBytesEach() async {
    await #expect(processExitsWith: .success) {
      let rows = 1_000_000
      let folder = try TemporaryFolder()
      for (name, rows) in [("list.csv", rows), ("first.csv", 10)] {
        guard let file = fopen("\(folder.path)/\(name)", "w") else { throw InputError(in: name, "cannot be written") }
        fputs("image,label,caption\n", file)
        for row in 0..<rows { fputs("images/\(row).png,\(row % 100),a caption of some length\n", file) }
        fclose(file)
      }
      try folder.writeImages("images/0.png")
      _ = try ManifestSource("\(folder.path)/first.csv")  // after it nothing is made for the first time

      let before = try ownMemory()
      let source = try ManifestSource("\(folder.path)/list.csv")
      let each = Double(try ownMemory() - before) / Double(rows)
      precondition(source.count == rows)
      // What opening needed for a while counts as well, as far as the allocator keeps it.
      precondition((10.0...100).contains(each), "\(each) bytes a row")

      var letters = 0
      for item in stride(from: 0, to: rows, by: 7) {
        letters += source.title(of: item).utf8.count + source.captions(of: item)[0].text.utf8.count
      }
      precondition(letters > rows)
      _ = try source.image(of: 0)
      let grown = try ownMemory() - before - Int(each * Double(rows))
      precondition(grown < 2 << 20, "reading items took \(grown) bytes")
    }
  }
}

/// What this process holds of its own, in bytes: pages of mapped files, which the system can take back, do not count.
private func ownMemory() throws -> Int {
  let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
  guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix("RssAnon:") }),
    let number = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first, let size = Int(number)
  else { throw InputError("the system does not say what memory a process holds") }
  return size * 1024
}
#endif
