import Basics
import Images
import TestSupport
import Testing

/// The main job from the outside: train, repeat, measure, search, embed.
@Suite struct RunTests {
  private func train(_ words: String..., in folder: String) throws -> ProcessRun {
    let run = try startKindred(["train", "simclr"] + words + smallRun, in: folder)
    #expect(run.wait() == .exited(0), "\(run.errors)")
    return run
  }

  @Test func aConfigurationRepeatsARunExactly() throws {
    try withTemporaryFolder { folder in
      try writeImages(8, to: "\(folder)/photos")
      _ = try train("photos", "--epochs", "2", "--run", "first", "--seed", "3", "--rate", "0.05", in: folder)
      let (ending, again) = try kindred(
        "train", "simclr", "--config", "first/run.json", "--run", "second", "--workers", "0", in: folder)
      #expect(ending == .exited(0), "\(again.errors)")
      let model = "model/model.safetensors"
      #expect(try Files.bytes(of: "\(folder)/first/\(model)") == Files.bytes(of: "\(folder)/second/\(model)"))

      let (wrong, other) = try kindred("train", "clip", "--config", "first/run.json", in: folder)
      #expect(wrong == .exited(2))
      #expect(other.lastError == "kindred: first/run.json: is a run of simclr; repeat it by 'kindred train simclr'")

      try Files.write("\(folder)/first/run.json", text: "{")
      let (broken, corrupt) = try kindred("resume", "first", in: folder)
      #expect(broken == .exited(1))
      #expect(corrupt.errors.hasPrefix("kindred: first/run.json: cannot be understood: it is not valid JSON"))
    }
  }

  /// run.json holds the recipe itself: the file that it came from may be gone.
  @Test func aRecipeOfOnesOwnIsRepeatedFromTheConfiguration() throws {
    try withTemporaryFolder { folder in
      try writeImages(8, to: "\(folder)/photos")
      let steps = #"[{"kind":"crop"},{"kind":"apply","steps":[{"kind":"noise"},{"kind":"equalize"}]},{"kind":"turn"}]"#
      try Files.write("\(folder)/mine.json", text: #"{"name":"mine","size":12,"steps":\#(steps)}"#)
      let line = ["train", "simclr", "photos", "--epochs", "2"] + smallRun.dropFirst(2)  // the size is the recipe's
      for run in [line + ["--recipe", "mine.json", "--run", "first"], line + ["--size", "12", "--run", "other"]] {
        let started = try startKindred(run, in: folder)
        #expect(started.wait() == .exited(0), "\(started.errors)")
      }
      try Files.write("\(folder)/mine.json", text: "gone")
      let (ending, again) = try kindred("train", "simclr", "--config", "first/run.json", "--run", "second", in: folder)
      #expect(ending == .exited(0), "\(again.errors)")
      func model(_ run: String) throws -> [UInt8] { try Files.bytes(of: "\(folder)/\(run)/model/model.safetensors") }
      #expect(try model("first") == model("second"))
      #expect(try model("first") != model("other"), "the recipe is what views are made by")
    }
  }

  @Test func theSameLineAgainHasNothingToDo() throws {
    try withTemporaryFolder { folder in
      try writeImages(8, to: "\(folder)/photos")
      _ = try train("./photos/", "--epochs", "1", in: folder)
      #expect(Files.exists("\(folder)/runs/simclr-photos/model/model.safetensors"))
      let again = try train("./photos/", "--epochs", "1", in: folder)
      #expect(again.lastError == "nothing to do: all 1 steps are done, the model is in runs/simclr-photos/model")
      let other = try startKindred(["train", "simclr", "./photos/", "--epochs", "2"] + smallRun, in: folder)
      #expect(other.wait() == .exited(1))
      #expect(other.lastError.contains("runs/simclr-photos: holds a run with another number of epochs"))
    }
  }

  @Test func brokenImagesAreLeftOutAndListed() throws {
    try withTemporaryFolder { folder in
      try writeImages(16, to: "\(folder)/photos/train")
      try writeImages(4, to: "\(folder)/photos/test")
      for name in ["train/c.png", "test/b.png"] {
        let path = "\(folder)/photos/\(name)"
        try Files.write(path, bytes: Files.bytes(of: path).prefix(60))
      }
      let run = try train("photos", "--epochs", "1", "--run", "run", in: folder)
      #expect(run.errors.contains("left out 1 broken item:\n  photos/train/c.png: "), "\(run.errors)")
      for words in [["evaluate", "copies", "run", "photos"], ["search", "run", "photos", "photos/test/a.png"]] {
        let use = try startKindred(words + (words[0] == "search" ? ["--split", "test"] : []), in: folder)
        #expect(use.wait() == .exited(0), "\(use.errors)")
        #expect(use.errors.contains("left out 1 broken item:\n  photos/test/b.png: "), "\(use.errors)")
        #expect(use.output.contains(words[0] == "search" ? "1.000  test/a.png" : "3 items kept for measuring"))
      }
      let embed = try startKindred(["embed", "run", "photos", "-o", "v.jsonl", "--split", "test"], in: folder)
      #expect(embed.wait() == .exited(0), "\(embed.errors)")
      let lines = try Files.text(of: "\(folder)/v.jsonl").split(separator: "\n")
      #expect(lines.count == 3 && lines[1].contains("\"title\":\"test/c.png\""), "\(lines.map { $0.suffix(40) })")
    }
  }

  @Test func searchesAskForSomething() throws {
    try withTemporaryFolder { folder in
      try writeImages(8, to: "\(folder)/photos")
      _ = try train("photos", "--epochs", "1", "--run", "run", in: folder)
      for (query, message) in [
        ("", "kindred: a QUERY is empty; write words, or the path of an image"),
        ("heart", "kindred: heart: is no image, and this model knows no words;"),
      ] {
        let (ending, run) = try kindred("search", "run", "photos", query, in: folder)
        #expect(ending == .exited(1))
        #expect(run.errors.hasPrefix(message), "\(run.errors)")
      }
    }
  }
}
