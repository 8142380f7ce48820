import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The scripts run in the shells they are for; a shell that is not installed skips its test.
@Suite struct CompletionTests {
  @Test(
    "Completed words in bash", .enabled(if: Script.has("bash")),
    arguments: [
      (["tr"], "train"),
      ([""], "train search list move completion help"),
      (["-"], "--help --version"),
      (["train", ""], "clip"),
      (["train", "-"], "--help"),
      (["train", "clip", "--ep"], "--epochs"),
      (["train", "clip", "emoji", "--no"], "--no-flip --no-color"),
      (["train", "clip", "--precision", ""], "float32 bfloat16"),
      (["train", "clip", "--precision", "=", "b"], "bfloat16"),
      (["train", "clip", "--precision", "="], "float32 bfloat16"),
      (["train", "clip", "--epochs", ""], ""),
      (["train", "clip", "--config", "with sp"], "with space.json"),
      (["train", "clip", "with"], "with space.json"),
      (["completion", "z"], "zsh"),
      (["search", "train", "--j"], "--json"),
    ])
  func bash(_ words: [String], _ expected: String) throws {
    let line = (["kindred"] + words).map { "'\($0)'" }.joined(separator: " ")
    let script = """
      \(try shown("completion bash"))
      folder=$(mktemp -d) && cd "$folder" && touch 'with space.json'
      COMP_WORDS=(\(line)) COMP_CWORD=\(words.count)
      _kindred_complete
      echo "${COMPREPLY[*]}"
      rm -r "$folder"
      """
    #expect(try Script.output(of: script, in: "bash") == expected + "\n")
  }

  @Test("Syntax of the scripts", arguments: ["bash", "zsh", "fish"].filter(Script.has))
  func syntax(_ shell: String) throws {
    #expect(try Script.output(of: shown("completion \(shell)"), in: "\(shell) -n") == "")
  }

  @Test(
    "Completed words in fish", .enabled(if: Script.has("fish")),
    arguments: [
      ("kindred tr", "train"),
      ("kindred train ", "clip"),
      ("kindred train clip --ep", "--epochs"),
      ("kindred train clip --precision b", "bfloat16"),
      ("kindred completion z", "zsh"),
    ])
  func fish(_ line: String, _ expected: String) throws {
    let script = "\(try shown("completion fish"))\ncomplete -C '\(line)' | string replace --regex '\\t.*' ''"
    #expect(try Script.output(of: script, in: "fish --no-config") == expected + "\n")
  }

  @Test("zsh is told of every option and command") func zsh() throws {
    let script = try shown("completion zsh")
    for part in [
      "#compdef kindred\n", "'train:Train a model'", "clip) _kindred_train_clip ;;",
      "'(--epochs -e)--epochs=[Passes over the data]:N: '", ":(float32 bfloat16)'", "'1:SOURCE:_files'",
      "'2::SPLIT:(train test)'", "'*:QUERY: '", "'*--tag=[A word to find the run by]:TEXT: '",
    ] {
      #expect(script.contains(part), "\(part) is missing")
    }
  }
}

/// Runs the text of a script in a shell.
private enum Script {
  static func has(_ shell: String) -> Bool {
    system("command -v \(shell) >/dev/null 2>&1") == 0
  }

  /// Returns what a script writes, standard error included.
  static func output(of script: String, in shell: String) throws -> String {
    var path = Array("/tmp/kindred-completion-XXXXXX".utf8CString)
    let file = mkstemp(&path)
    try #require(file >= 0, "no temporary file can be made")
    defer { unlink(path) }
    let bytes = Array(script.utf8) + [UInt8(ascii: "\n")]
    try #require(write(file, bytes, bytes.count) == bytes.count)
    close(file)
    let name = path.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    let pipe = try #require(popen("\(shell) \(name) 2>&1", "r"))
    defer { pclose(pipe) }
    var output: [UInt8] = []
    while case let byte = getc(pipe), byte != EOF { output.append(UInt8(byte)) }
    return String(decoding: output, as: UTF8.self)
  }
}
