import Basics
import Kindred
import TestSupport
import Testing

/// Documentation/Losses.md: what it shows runs, and what it lists is what there is.
@Suite struct LossPageTests {
  private let page: Page
  private let text: String

  init() throws {
    page = try Page("Documentation/Losses.md")
    let own: String = #filePath
    let root = (0..<4).reduce(own) { path, _ in Files.folder(of: path) }
    text = try Files.text(of: "\(root)/Documentation/Losses.md")
  }

  /// Every command, in the page's order; the first prints what is shown, up to the last digits.
  @Test func everyCommandRuns() throws {
    try withTemporaryFolder { folder in
      try writeLossArrays(to: folder)
      for (name, file) in [("A", "a"), ("B", "b"), ("L", "labels")] {
        try Files.write("\(folder)/\(name).npy", bytes: Files.bytes(of: "\(folder)/\(file).npy"))
      }
      let lines = page.blocks("sh").joined().split(separator: "\n")
      #expect(lines.count == 5)
      for (i, line) in lines.enumerated() {
        let words = line.split(separator: " ").dropFirst().map(String.init)
        let (ending, run) = try runKindred(words, in: folder)
        #expect(ending == .exited(0), "\(line): \(run.errors)")
        if i == 0 { #expect(rounded(run.output) == rounded(page.blocks("text")[0])) }
      }
      for file in ["loss-ntxent.png", "loss-triplet.png", "G.safetensors"] {
        #expect(Files.exists("\(folder)/\(file)"))
      }
    }
  }

  /// Every loss has its summary and its formula, as `kindred loss` prints them.
  @Test func everyLossIsListed() {
    for description in LossCatalogue.entries.map(\.description) {
      let parts = description.formula.split(whereSeparator: \.isNewline).map { $0.drop { $0 == " " } }
      let formula = parts.joined(separator: ", ").replacing(/\s{2,}/, with: ", ")
      let line = "- `\(description.name)`: \(description.summary).\n  `\(formula)`\n"
      #expect(text.contains(line), "\(description.name)")
    }
    #expect(text.matches(of: /(?m)^- `[a-z-]+`: .*\.\n  `/).count == LossCatalogue.entries.count)
  }

  /// The table of differences names semantics that exist.
  @Test func theSemanticsExist() {
    var names: [String] = []
    let rows = page.table("loss")
    #expect(rows.count == 16)
    for row in rows {
      if !row[0].isEmpty { names = codes(row[0]) }
      for (name, semantics) in names.flatMap({ name in codes(row[1]).map { (name, $0) } }) {
        let known = LossCatalogue[name]?.description.variants.keys.map(\.rawValue) ?? []
        #expect(known.contains(semantics), "\(name) \(semantics)")
      }
    }
  }

  /// What a cell has between backticks.
  private func codes(_ cell: String) -> [String] {
    cell.matches(of: /`([^`]+)`/).map { String($0.1) }
  }

  /// A text whose numbers have nine decimals, and whose formula is on one line.
  private func rounded(_ text: String) -> String {
    text.replacing(/(\.\d{9})\d+/) { $0.1 }.replacing(/\s+/, with: " ")
  }
}
