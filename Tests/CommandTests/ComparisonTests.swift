import Basics
import TestSupport
import Testing

@testable import Kindred

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Two models on the same items.
@Suite struct ComparisonTests {
  /// Trains two small models, one of them hardly, on three classes of noise in different colours.
  private func withModels(_ body: (_ folder: String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      for (part, count) in [("train", 8), ("test", 6)] {
        for (name, color) in [("red", 0), ("green", 1), ("blue", 2)] {
          try Files.makeFolder("\(folder)/photos/\(part)/\(name)")
          for number in 0..<count {
            var random = RandomStream(seed: 3, number, color, part == "train" ? 0 : 1)
            let pixels = (0..<192).map { UInt8(random.integer(below: $0 % 3 == color ? 256 : 200)) }
            let image = Image(width: 8, height: 8, pixels: pixels)
            try Files.write("\(folder)/photos/\(part)/\(name)/\(number).png", bytes: image.png())
          }
        }
      }
      for (run, seed) in [("a", "1"), ("b", "2")] {
        let (ending, process) = try shell(
          "$KINDRED train simclr photos --run \(run) --seed \(seed) --epochs 2 \(smallRun.joined(separator: " "))",
          in: folder)
        #expect(ending == .exited(0), "\(process.errors)")
      }
      try body(folder)
    }
  }

  private struct Rows: Decodable {
    struct Row: Decodable {
      let name: String
      let items: Int
      let first, second, difference, pValue: Double
      let interval: [Double]
    }
    let rows: [Row]
  }

  private struct Measured: Decodable {
    struct Row: Decodable {
      let name: String
      let values: [Double?]
    }
    let columns: [String]
    let rows: [Row]

    func value(_ column: String) throws -> Double {
      let place = try #require(columns.firstIndex(of: column))
      return try #require(rows.first { $0.name == "model" }?.values[place])
    }
  }

  private func json<Value: Decodable>(_ type: Value.Type, _ words: String..., in folder: String) throws -> Value {
    let run = try startKindred(words + ["--json"], in: folder)
    #expect(run.wait() == .exited(0), "\(run.errors)")
    return try JSONDecoder().decode(type, from: Data(run.output.utf8))
  }

  @Test func meansAreThoseOfTheSingleMeasurements() throws {
    try withModels { folder in
      let compared = try json(Rows.self, "compare", "a", "b", "photos", "-k", "5", in: folder).rows
      #expect(compared.map(\.name) == ["kNN top-1", "MAP, same class"])
      #expect(compared.allSatisfy { $0.items == 18 })
      for (run, mean) in [("a", \Rows.Row.first), ("b", \Rows.Row.second)] {
        let neighbors = try json(Measured.self, "evaluate", "knn", run, "photos", "-k", "5", in: folder)
        let ranking = try json(Measured.self, "evaluate", "ranking", run, "photos", in: folder)
        #expect(abs(compared[0][keyPath: mean] - (try neighbors.value("top-1"))) < 1e-12)
        #expect(abs(compared[1][keyPath: mean] - (try ranking.value("MAP"))) < 1e-12)
      }
      for row in compared {
        #expect(abs(row.difference - (row.first - row.second)) < 1e-12)
        #expect(row.interval[0] <= row.difference && row.difference <= row.interval[1])
        #expect(0 < row.pValue && row.pValue <= 1)
      }

      // The other way round everything but the sign is the same.
      let turned = try json(Rows.self, "compare", "b", "a", "photos", "-k", "5", in: folder).rows
      for (row, other) in zip(compared, turned) {
        #expect(abs(row.difference + other.difference) < 1e-12)
        #expect(abs(row.interval[0] + other.interval[1]) < 1e-12)
        #expect(row.pValue == other.pValue)
      }
    }
  }

  @Test func aModelIsNoBetterThanItself() throws {
    try withModels { folder in
      let (ending, run) = try kindred("compare", "a", "a", "photos", in: folder)
      #expect(ending == .exited(0), "\(run.errors)")
      let lines = run.output.split(separator: "\n")
      #expect(lines.count == 4 && lines[0] == "a against a on photos, class (3 classes)")
      #expect(lines[2].hasSuffix("0.000  0.000 to 0.000  1.000") && lines[3].hasSuffix("0.000  0.000 to 0.000  1.000"))

      let (unknown, label) = try kindred("compare", "a", "b", "photos", "--label", "colour", in: folder)
      #expect(unknown == .exited(1))
      #expect(label.errors == "kindred: photos: has no labels called 'colour'; choose one of class\n")
      try writeImages(20, to: "\(folder)/bare")
      let (refused, bare) = try kindred("compare", "a", "b", "bare", in: folder)
      #expect(refused == .exited(1))
      #expect(bare.errors.hasPrefix("kindred: bare: has no labels or texts to compare by; "), "\(bare.errors)")
    }
  }

  @Test func modelsThatKnowTextsAreComparedByThem() throws {
    try withTemporaryFolder { folder in
      try writeImages(12, to: folder)
      let rows = (0..<12).map { number in
        "\(String(UnicodeScalar(UInt8(ascii: "a") + UInt8(number)))).png,number \(number),\(number < 6 ? "train" : "test")"
      }
      try Files.write("\(folder)/items.csv", text: "file_name,caption,split\n" + rows.joined(separator: "\n") + "\n")
      let train = ["train", "clip", "items.csv", "--run", "a", "--epochs", "2"] + smallRun
      let run = try startKindred(train, in: folder)
      #expect(run.wait() == .exited(0), "\(run.errors)")
      let compared = try json(Rows.self, "compare", "a", "a", "items.csv", in: folder).rows
      #expect(compared.map(\.name) == ["MAP, name → image", "MAP, words → image"])
      #expect(compared.allSatisfy { $0.items == 6 && $0.pValue == 1 && $0.first > 0 && $0.first <= 1 })
    }
  }
}
