import Basics
import Kindred
import TestSupport
import Testing

/// Documentation/Text.md: what it shows runs, with all-MiniLM-L6-v2 where Scripts/minilm has fetched it.
@Suite struct TextPageTests {
  static let miniLM: String? = {
    let folder = "\(Files.folder(of: #filePath))/../../.deps/minilm"
    return Files.exists("\(folder)/model.safetensors") ? folder : nil
  }()

  @Test(.enabled(if: TextPageTests.miniLM != nil, "all-MiniLM-L6-v2 is not here; Scripts/minilm fetches it"))
  func everyCommandRuns() throws {
    let page = try Page("Documentation/Text.md")
    try withTemporaryFolder { folder in
      _ = try shell("ln -s '\(Self.miniLM!)' minilm", in: folder)
      let lines = page.blocks("sh").joined().split(separator: "\n")
      var output = ""
      for line in lines {
        let (ending, run) = try shell(String(line.replacing("kindred ", with: "$KINDRED ")), in: folder)
        #expect(ending == .exited(0), "\(line): \(run.errors)")
        output += run.output
      }
      #expect(lines.count == 8 && output.contains("similarity on pairs.csv: 3 pairs"))
      let vectors = try NumPyFile.read("\(folder)/questions.npy")
      #expect(vectors.shape == [3, 384])
      #expect(try NumPyFile.read("\(folder)/support.npy").shape == [2, 384])
      let cosines = vectors.matrixProduct(vectors.transposed()).values(as: Double.self)
      #expect(cosines[1] > 0.4 && cosines[2] < 0.2, "a cat is like a feline, and not like interest rates")

      // The page's Swift.
      let model = try SentenceModel(contentsOf: "\(folder)/minilm")
      let two = model.embeddings(of: ["A cat sits on the mat.", "A feline rests on a rug."])
      expectClose(two, vectors[0..<2], relative: 0, absolute: 0.02)
      #expect(model.tokenizer("A cat sits on the mat.") == [101, 1037, 4937, 7719, 2006, 1996, 13523, 1012, 102])
      try model.write(to: "\(folder)/copy")
      let copy = try SentenceModel(contentsOf: "\(folder)/copy")
      let tokens = ["A cat sits on the mat."]
      #expect(copy.embeddings(of: tokens).values(as: Float.self) == model.embeddings(of: tokens).values(as: Float.self))
    }
  }

  @Test(.enabled(if: TextPageTests.miniLM != nil, "all-MiniLM-L6-v2 is not here; Scripts/minilm fetches it"))
  func everyMeasurementRuns() throws {
    let page = try Page("Documentation/TextEvaluation.md")
    try withTemporaryFolder { folder in
      _ = try shell("ln -s '\(Self.miniLM!)' minilm", in: folder)
      let lines = page.blocks("sh").joined().split(separator: "\n")
      var output = ""
      for line in lines {
        let (ending, run) = try shell(String(line.replacing("kindred ", with: "$KINDRED ")), in: folder)
        #expect(ending == .exited(0), "\(line): \(run.errors)")
        output += run.output
      }
      #expect(lines.count == 14 && output.contains("pairs of pairs.csv: 2 that belong together, 2 that do not"))
      #expect(try TextTable(contentsOf: "\(folder)/similar.csv").count > 1)
    }
  }

  /// Errors of outside are one line, whatever the model.
  @Test func saysWhatIsMissing() throws {
    try withTemporaryFolder { folder in
      try Files.write("\(folder)/modules.json", text: "[]")
      try Files.write("\(folder)/a.txt", text: "one\n")
      let (ending, run) = try kindred("embed", ".", "a.txt", "-o", "v.npy", in: folder)
      #expect(ending == .exited(1) && run.errors == "kindred: ./modules.json: names no pooling; is the file whole?\n")
      try Files.write("\(folder)/p.csv", text: "sentence1,sentence2,score\na,b,1\n")
      let (second, missing) = try kindred("evaluate", "similarity", "nowhere", "p.csv", in: folder)
      #expect(second == .exited(1))
      #expect(
        missing.errors
          == "kindred: nowhere: is no folder of a sentence encoder; name the one that holds modules.json\n")
    }
  }
}
