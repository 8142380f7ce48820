import Arguments
import Testing

/// The messages are part of the interface: they stand here word for word.
@Suite struct UsageErrorTests {
  @Test(arguments: [
    ("trian", "unknown command 'trian'; did you mean 'train'?", "kindred"),
    ("frobnicate", "unknown command 'frobnicate'", "kindred"),
    ("train", "'kindred train' needs one of: clip", "kindred train"),
    ("train clap", "unknown command 'clap'; did you mean 'clip'?", "kindred train"),
    ("help trian", "unknown command 'trian'; did you mean 'train'?", "kindred"),
    ("--verison", "unknown option --verison; did you mean --version?", "kindred"),
    ("train --version", "unknown option --version", "kindred train"),
    ("completion basch", "SHELL takes one of bash, zsh, fish, not 'basch'; did you mean 'bash'?", "kindred completion"),
  ])
  func commands(_ line: String, _ message: String, _ command: String) throws {
    let error = try #require(throws: UsageError.self) {
      _ = try Sample.program().action(for: line.split(separator: " ").map(String.init))
    }
    #expect(error.message == message)
    #expect(error.hint == "see '\(command) --help'")
    #expect(error.description == "\(message) (see '\(command) --help')")
  }

  @Test(arguments: [
    ("emoji --epoch 1", "unknown option --epoch; did you mean --epochs?"),
    ("emoji --epohcs=1", "unknown option --epohcs; did you mean --epochs?"),
    ("emoji --prec float32", "unknown option --prec; did you mean --precision?"),
    ("emoji --no-jsn", "unknown option --no-jsn; did you mean --no-json?"),
    ("emoji --no-epochs", "unknown option --no-epochs"),
    ("emoji --zzz", "unknown option --zzz"),
    ("emoji -x", "unknown option -x"),
    ("emoji -jx", "unknown option -x"),
    ("emoji --epochs", "--epochs needs a whole number of at least 1 after it"),
    ("emoji -e --json", "-e needs a whole number of at least 1 after it"),
    ("emoji --epochs ten", "--epochs takes a whole number of at least 1, not 'ten'"),
    ("emoji --epochs 0", "--epochs takes a whole number of at least 1, not '0'"),
    ("emoji --epochs -3", "--epochs takes a whole number of at least 1, not '-3'"),
    ("emoji --epochs=", "--epochs takes a whole number of at least 1, not ''"),
    ("emoji -b 1", "-b takes a whole number from 2 to 65536, not '1'"),
    ("emoji --temperature 0", "--temperature takes a number above 0, not '0'"),
    ("emoji --temperature nan", "--temperature takes a number above 0, not 'nan'"),
    ("emoji --temperature inf", "--temperature takes a number above 0, not 'inf'"),
    (
      "emoji --precision bfloat",
      "--precision takes one of float32, bfloat16, not 'bfloat'; did you mean 'bfloat16'?"
    ),
    ("emoji --json=maybe", "--json takes true or false, not 'maybe'"),
    ("emoji --no-json=true", "--no-json takes no value, but has 'true'"),
    ("emoji -e 1 --epochs 2", "--epochs is given twice"),
    ("emoji --json --no-json", "--no-json is given twice"),
    ("--json", "missing SOURCE: Images to learn from: a folder, a file or a built-in name"),
    ("emoji photos", "unexpected 'photos': 'kindred train clip' takes SOURCE"),
    ("a.tar b.zip", "unexpected 'b.zip': 'kindred train clip' takes SOURCE"),
    (
      "a-0.tar a-1.tar",
      "unexpected 'a-1.tar': 'kindred train clip' takes SOURCE; "
        + "quote a name with braces, or the shell makes several of it"
    ),
  ])
  func options(_ rest: String, _ message: String) throws {
    let error = try #require(throws: UsageError.self) { _ = try Recorder.values("train clip \(rest)") }
    #expect(error.message == message)
    #expect(error.hint == "see 'kindred train clip --help'")
  }

  @Test func aMissingRest() throws {
    let error = try #require(throws: UsageError.self) { _ = try Recorder.values("search run") }
    #expect(error.message == "missing QUERY: What to look for, in words")
  }

  @Test func theLineIsJudgedBeforeTheFile() throws {
    let error = try #require(throws: UsageError.self) { _ = try Recorder.values("train clip a b --config run.json") }
    #expect(error.problem == .surplusArgument("b", takes: "SOURCE", isExpanded: false))
  }

  @Test(arguments: [
    (["epoch": "1"], "run.json: unknown entry 'epoch'; did you mean 'epochs'?"),
    (["config": "other.json"], "run.json: unknown entry 'config'"),
    (["epochs": "0"], "run.json: 'epochs' takes a whole number of at least 1, not '0'"),
    (["json": "1"], "run.json: 'json' takes true or false, not '1'"),
  ])
  func entries(_ file: [String: String], _ message: String) throws {
    let error = try #require(throws: UsageError.self) {
      _ = try Recorder.values("train clip emoji --config run.json", file: file)
    }
    #expect(error.message == message)
  }

  @Test func aMessageStaysOnOneLine() throws {
    let error = try #require(throws: UsageError.self) {
      _ = try Sample.program().action(for: ["train", "clip", "emoji", "--epochs", "1\n2"])
    }
    #expect(
      error.description
        == "--epochs takes a whole number of at least 1, not '1 2' (see 'kindred train clip --help')")
  }
}
