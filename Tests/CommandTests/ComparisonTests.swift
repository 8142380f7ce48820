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
    struct Row: Decodable, Equatable {
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
    try json(type, words, in: folder)
  }

  private func json<Value: Decodable>(_ type: Value.Type, _ words: [String], in folder: String) throws -> Value {
    let run = try startKindred(words + ["--json"], in: folder)
    #expect(run.wait() == .exited(0), "\(run.errors)")
    return try JSONDecoder().decode(type, from: Data(run.output.utf8))
  }

  @Test func meansAreThoseOfTheSingleMeasurements() throws {
    try withModels { folder in
      let compared = try json(Rows.self, "compare", "a", "b", "photos", "-k", "5", in: folder).rows
      #expect(compared.map(\.name) == ["kNN top-1", "linear top-1", "MAP, same class", "recall@1 of copies"])
      #expect(compared.allSatisfy { $0.items == 18 })
      let single = [
        (["knn", "-k", "5"], "top-1"), (["linear"], "top-1"), (["ranking"], "MAP"), (["copies"], "recall@1"),
      ]
      for (row, (words, column)) in zip(compared, single) {
        for (run, mean) in [("a", row.first), ("b", row.second)] {
          let measured = try json(
            Measured.self, ["evaluate", words[0], run, "photos"] + words.dropFirst(), in: folder)
          #expect(abs(mean - (try measured.value(column))) < 1e-12, "\(row.name) of \(run)")
        }
      }
      // By one alone it is the same.
      for (by, row) in zip(["knn", "linear", "ranking", "copies"], compared) {
        let alone = try json(Rows.self, "compare", "a", "b", "photos", "-k", "5", "--by", by, in: folder).rows
        #expect(alone == [row])
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
      #expect(lines.count == 6 && lines[0] == "a against a on photos, class (3 classes)")
      #expect(lines[2...].allSatisfy { $0.hasSuffix("0.000  0.000 to 0.000  1.000") }, "\(run.output)")
    }
  }

  @Test func whatCannotBeComparedIsSaid() throws {
    try withModels { folder in
      func errors(_ words: String...) throws -> String {
        let run = try startKindred(["compare"] + words, in: folder)
        #expect(run.wait() == .exited(1))
        return run.errors
      }
      #expect(
        try errors("a", "b", "photos", "--label", "colour")
          == "kindred: photos: has no labels called 'colour'; choose one of class\n")
      #expect(
        try errors("a", "nowhere", "photos") == "kindred: nowhere: is no folder of a model; 'kindred train' makes one\n"
      )
      #expect(
        try errors("a", "b", "photos", "--by", "retrieval")
          == "kindred: a: embeds images alone; train one with 'kindred train clip' to compare by texts\n")
      try writeImages(20, to: "\(folder)/bare")
      #expect(
        try errors("a", "b", "bare", "--by", "knn").hasSuffix(
          "kindred: bare: has no labels; put images of a class into a folder of its name\n"))
      // Without labels and texts copies are left; and both models learned from other images, which is said.
      let (ending, bare) = try kindred("compare", "a", "b", "bare", in: folder)
      #expect(ending == .exited(0))
      #expect(bare.errors.hasPrefix("kindred: a learned from photos, not from bare as it is: items "))
      #expect(bare.output.contains("recall@1 of copies") && !bare.output.contains("kNN"))
    }
  }

  @Test func modelsOfDifferentLengthsAreCompared() throws {
    try withModels { folder in
      let (ending, run) = try shell(
        "$KINDRED train crossentropy photos --run c --epochs 1 --encoder resnet18 --size 16 --batch 8 --precision float32 "
          + "--evaluate-every 0", in: folder)
      #expect(ending == .exited(0), "\(run.errors)")
      let rows = try json(Rows.self, "compare", "a", "c", "photos", in: folder).rows
      #expect(rows.count == 4 && rows.allSatisfy { $0.items == 18 })
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
      #expect(
        compared.map(\.name) == ["MAP, name → image", "MAP, words → image", "recall@1 of copies"])
      #expect(compared.allSatisfy { $0.items == 6 && $0.pValue == 1 && $0.first > 0 && $0.first <= 1 })
    }
  }
}
