import Basics
import TestSupport
import Testing

@testable import Kindred

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Pages of measurements, and intervals of every figure.
@Suite struct EvaluationPageTests {
  private struct Measured: Decodable {
    struct Row: Decodable {
      let name: String
      let values: [Double?]
      let intervals: [[Double]?]?
    }
    let rows: [Row]
  }

  @Test func everyFigureHasAnIntervalAndEveryMeasurementAPage() throws {
    try withTemporaryFolder { folder in
      for (part, count) in [("train", 6), ("test", 5)] {
        for (name, color) in [("red", 0), ("green", 1), ("blue", 2)] {
          try Files.makeFolder("\(folder)/photos/\(part)/\(name)")
          for number in 0..<count {
            var random = RandomStream(seed: 3, number, color, part == "train" ? 0 : 1)
            let pixels = (0..<192).map { UInt8(random.integer(below: $0 % 3 == color ? 256 : 240)) }
            let image = Image(width: 8, height: 8, pixels: pixels)
            try Files.write("\(folder)/photos/\(part)/\(name)/\(number).png", bytes: image.png())
          }
        }
      }
      let (ending, run) = try shell(
        "$KINDRED train simclr photos --run run --epochs 1 \(smallRun.joined(separator: " "))", in: folder)
      #expect(ending == .exited(0), "\(run.errors)")
      for measurement in ["knn", "linear", "ranking", "clusters", "verification", "copies"] {
        let words = measurement == "verification" ? ["--pairs", "20"] : []
        let run = try startKindred(
          ["evaluate", measurement, "run", "photos", "--json", "--report", "page.html"] + words, in: folder)
        #expect(run.wait() == .exited(0), "\(run.errors)")
        let measured = try JSONDecoder().decode(Measured.self, from: Data(run.output.utf8))
        for row in measured.rows where row.name != "chance" {
          for (value, interval) in zip(row.values, try #require(row.intervals)) {
            let (value, interval) = (try #require(value), try #require(interval, "\(measurement), \(row.name)"))
            #expect(interval[0] <= value && value <= interval[1], "\(measurement): \(value) in \(interval)")
          }
        }
        #expect(try Files.text(of: "\(folder)/page.html").contains("<title>\(measurement): run</title>"))
      }
      let (refused, picture) = try kindred("evaluate", "knn", "run", "photos", "--report", "page.png", in: folder)
      #expect(refused == .exited(1))
      #expect(picture.errors == "kindred: page.png: is no name for what is written; name a file that ends in .html\n")
      #expect(picture.output.isEmpty)
    }
  }
}
