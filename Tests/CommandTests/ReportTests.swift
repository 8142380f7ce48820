import Basics
import TestSupport
import Testing

@testable import Kindred

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Reports from the outside: every run writes one, several are compared, and what cannot be shown is left out.
@Suite struct ReportTests {
  private func train(_ words: String..., in folder: String) throws {
    let run = try startKindred(["train", "simclr"] + words + ["--epochs", "2"] + smallRun, in: folder)
    #expect(run.wait() == .exited(0), "\(run.errors)")
  }

  @Test func everyRunWritesOneAndSeveralAreCompared() throws {
    try withTemporaryFolder { folder in
      try writeImages(8, to: "\(folder)/photos")
      try train("photos", "--run", "a", in: folder)
      try train("photos", "--run", "b b", "--seed", "2", in: folder)
      let own = try Files.text(of: "\(folder)/a/report.html")
      #expect(
        own.contains("<title>a</title>") && own.contains("kindred train simclr --config a/run.json --run a-again"))
      #expect(own.contains("\"caption\"") == false && own.contains("data:image/"))

      let (ending, again) = try kindred("report", "a", in: folder)
      #expect(ending == .exited(0) && again.lastError == "wrote a/report.html")
      #expect(try Files.text(of: "\(folder)/a/report.html") == own)

      let (compared, run) = try kindred("report", "a", "b b", "-o", "both.html", in: folder)
      #expect(compared == .exited(0), "\(run.errors)")
      let both = try Files.text(of: "\(folder)/both.html")
      let (refused, nowhere) = try kindred("report", "a", "-o", "no/where.html", in: folder)
      #expect(refused == .exited(1))
      #expect(nowhere.lastError.hasPrefix("kindred: no/where.html: cannot be written: there is no folder 'no'"))
      #expect(both.contains("<title>a, b b</title>") && both.contains("--config 'b b/run.json' --run 'b b-again'"))
    }
  }

  @Test func aRunWithoutItsDataIsShownWithoutPictures() throws {
    try withTemporaryFolder { folder in
      try writeImages(8, to: "\(folder)/photos")
      try train("photos", "--run", "a", in: folder)
      try writeImages(9, to: "\(folder)/photos")
      let (ending, _) = try kindred("report", "a", in: folder)
      #expect(ending == .exited(0))
      let page = try Files.text(of: "\(folder)/a/report.html")
      #expect(!page.contains("data:image/") && page.contains("\"curves\":[{"))
    }
  }

  /// Of few images one is kept for measuring, and it is the broken one.
  @Test func aRunWhoseOnlyMeasuredImageIsBrokenIsShownWithoutAMap() throws {
    try withTemporaryFolder { folder in
      try writeImages(10, to: "\(folder)/photos")
      let kept = try #require(try Sources.open("\(folder)/photos").split.test.first)
      let file = "\(folder)/photos/\(try Sources.open("\(folder)/photos").title(of: kept))"
      try Files.write(file, bytes: Array(try Files.bytes(of: file).dropLast(20)))
      try train("photos", "--run", "a", in: folder)
      let page = try Files.text(of: "\(folder)/a/report.html")
      #expect(page.contains("\"curves\":[{") && !page.contains("\"map\":{"))
    }
  }

  @Test func aReportThatCannotBeWrittenCostsNoRun() throws {
    try withTemporaryFolder { folder in
      try writeImages(8, to: "\(folder)/photos")
      try Files.makeFolder("\(folder)/a/report.html")
      let run = try startKindred(["train", "simclr", "photos", "--run", "a", "--epochs", "1"] + smallRun, in: folder)
      #expect(run.wait() == .exited(0), "\(run.errors)")
      #expect(
        run.errors.contains("warning: no report was written: a/report.html: cannot be written (is a directory)\n"))
      #expect(run.lastError == "done: the model is in a/model")
    }
  }

  /// The model is written before the report is made: from then on nothing costs it.
  @Test(arguments: [SIGINT, SIGKILL]) func anEndDuringTheReportCostsNoRun(signal: Int32) throws {
    try withTemporaryFolder { folder in
      try writeImages(24, to: "\(folder)/photos")
      let run = try startKindred(["train", "simclr", "photos", "--run", "a", "--epochs", "1"] + smallRun, in: folder)
      while !Files.exists("\(folder)/a/model/model.safetensors") { pause(seconds: 0.001) }
      run.send(signal)
      let ending = run.wait()
      // It may have been through already: then there is a whole report.
      let hasReport = Files.exists("\(folder)/a/report.html")
      if signal == SIGINT || hasReport {
        #expect(ending == .exited(0), "\(run.errors)")
        let what = hasReport ? ", and what to look at in a/report.html" : ""
        #expect(run.lastError == "done: the model is in a/model\(what)")
      }
      #expect(try Files.names(in: "\(folder)/a").allSatisfy { !$0.contains("report") || $0 == "report.html" })

      unlink("\(folder)/a/report.html")
      let (resumed, again) = try kindred("resume", "a", in: folder)
      // A process that was killed before the last checkpoint was whole makes the last steps once more.
      #expect(resumed == .exited(0) && again.lastError.contains("the model is in a/model"), "\(again.errors)")
      #expect(try Files.text(of: "\(folder)/a/report.html").hasSuffix("</html>\n"))
    }
  }

  @Test(arguments: [
    (["report", "nowhere"], 1, "nowhere/run.json: is not there; 'kindred train' begins a run"),
    (["report", "a", "b"], 2, "no file is named for the comparison; add one, such as -o compared.html"),
  ])
  func misuseIsOneLine(words: [String], code: Int32, message: String) throws {
    try withTemporaryFolder { folder in
      let run = try startKindred(words, in: folder)
      #expect(run.wait() == .exited(code))
      #expect(run.errors.hasPrefix("kindred: ") && run.errors.contains(message), "\(run.errors)")
      #expect(run.errors.split(separator: "\n").count == 1)
    }
  }

  @Test func runsAreCalledByWhatTellsThemApart() {
    #expect(RunReporter.names(of: ["runs/a"]) == ["a"])
    #expect(RunReporter.names(of: ["./runs/a/", "runs/b"]) == ["a", "b"])
    #expect(RunReporter.names(of: ["one/run", "two/run", "c"]) == ["one/run", "two/run", "c"])
    #expect(RunReporter.names(of: ["."]) == ["run"])
    #expect(RunReporter.names(of: ["a", "a"]) == ["a", "a"])
  }
}
