import Arguments
import Testing

@Suite struct ParserTests {
  @Test(arguments: ["--epochs 10", "--epochs=10", "-e 10", "-e10", "-e=10"])
  func spellingsOfAnOption(_ spelling: String) throws {
    #expect(try Recorder.values("train clip emoji \(spelling)")[Sample.epochs] == 10)
    #expect(try Recorder.values("train clip \(spelling) emoji")[Sample.epochs] == 10)
  }

  @Test func defaults() throws {
    let values = try Recorder.values("train clip emoji")
    #expect(values[Sample.source] == "emoji")
    #expect(values[Sample.epochs] == nil)
    #expect(values[Sample.batch] == 256)
    #expect(values[Sample.temperature] == 0.5)
    #expect(values[Sample.precision] == .float32)
    #expect(values[Sample.tag] == [])
    #expect(values[Sample.json] == false)
    #expect(values[Sample.flip] == true)
    #expect(!values.isGiven(Sample.batch))
    #expect(values.command == "kindred train clip")
  }

  @Test func givenValues() throws {
    let values = try Recorder.values(
      "train clip -b 32 photos --temperature 1e-2 --precision bfloat16 -t a --tag=b=c -j --no-flip")
    #expect(values[Sample.source] == "photos")
    #expect(values[Sample.batch] == 32)
    #expect(values[Sample.temperature] == 0.01)
    #expect(values[Sample.precision] == .bfloat16)
    #expect(values[Sample.tag] == ["a", "b=c"])
    #expect(values[Sample.json] == true)
    #expect(values[Sample.flip] == false)
    #expect(values.isGiven(Sample.batch))
  }

  @Test func flags() throws {
    #expect(try Recorder.values("train clip emoji --no-json")[Sample.json] == false)
    #expect(try Recorder.values("train clip emoji --json=false")[Sample.json] == false)
    #expect(try Recorder.values("train clip emoji --flip")[Sample.flip] == true)
    #expect(try Recorder.values("train clip emoji -je5")[Sample.json] == true)
    #expect(try Recorder.values("train clip emoji -je5")[Sample.epochs] == 5)
  }

  @Test func undecidedFlags() throws {
    #expect(try Recorder.values("train clip emoji")[Sample.color] == nil)
    #expect(try Recorder.values("train clip emoji --color")[Sample.color] == true)
    #expect(try Recorder.values("train clip emoji --no-color")[Sample.color] == false)
  }

  @Test func positions() throws {
    let search = try Recorder.values("search run blue -j heart")
    #expect(search[Sample.model] == "run")
    #expect(search[Sample.query] == ["blue", "heart"])
    #expect(try Recorder.values("list emoji")[Sample.split] == nil)
    #expect(try Recorder.values("list emoji test")[Sample.split] == "test")
  }

  @Test func wordsThatBeginWithDashes() throws {
    #expect(try Recorder.values("search run -- --blue -h")[Sample.query] == ["--blue", "-h"])
    #expect(try Recorder.values("search run -")[Sample.query] == ["-"])
    #expect(try Recorder.values("move -0.5")[Sample.shift] == -0.5)
    #expect(try Recorder.values("move -- -2")[Sample.shift] == -2)
  }

  @Test func entriesOfAFileGiveWayToTheLine() throws {
    let values = try Recorder.values("train clip --config run.json --epochs 9")
    #expect(values[Sample.epochs] == 9)
    #expect(values[Sample.source] == "emoji")
    #expect(values[Sample.json] == true)
    #expect(values[Sample.tag] == ["a", "b"])
    #expect(values[Sample.batch] == 256)
    #expect(try Recorder.values("train clip photos --config run.json --no-json")[Sample.json] == false)
    #expect(try Recorder.values("train clip photos --config run.json")[Sample.source] == "photos")
  }

  @Test func textsRepeatARun() throws {
    let first = try Recorder.values("train clip photos -b 32 -t a -t b --no-flip")
    #expect(first.texts == ["SOURCE": "photos", "batch": "32", "tag": "a\nb", "flip": "false"])
    let second = try Recorder.values("train clip --config x", file: first.texts)
    #expect(second[Sample.batch] == 32)
    #expect(second[Sample.tag] == ["a", "b"])
    #expect(second[Sample.flip] == false)
  }

  @Test func readingWhatIsNotDeclaredTraps() async {
    await #expect(processExitsWith: .failure) {
      _ = try Recorder.values("move 1")[Sample.epochs]
    }
  }

  @Test func declaringAnOptionTwiceTraps() async {
    await #expect(processExitsWith: .failure) {
      _ = Command("x", "X", options: [Sample.json, Sample.json]) { _ in }
    }
  }

  @Test func aFlagMayNotHideBehindNo() async {
    await #expect(processExitsWith: .failure) {
      _ = Command("x", "X", options: [Sample.json, Option("no-json", "Hides it")]) { _ in }
    }
  }
}
