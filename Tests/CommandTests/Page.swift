import Basics

/// A Markdown page of the project, whose examples tests run.
struct Page {
  private let lines: [Substring]

  /// Reads a page, named from the project's root, such as `README.md`.
  init(_ name: String) throws {
    let own: String = #filePath
    let root = Files.folder(of: Files.folder(of: Files.folder(of: own)))
    lines = try Files.text(of: "\(root)/\(name)").split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// The fenced blocks of a language, in their order.
  func blocks(_ language: String) -> [String] {
    var blocks: [String] = []
    var isInside = false
    for line in lines {
      if line.hasPrefix("```") {
        isInside = line == "```\(language)"
        if isInside { blocks.append("") }
      } else if isInside {
        blocks[blocks.count - 1] += line + "\n"
      }
    }
    return blocks
  }

  /// The lines that are set apart by four spaces, without these.
  var indented: [String] { lines.filter { $0.hasPrefix("    ") }.map { String($0.dropFirst(4)) } }

  /// The rows of the table whose head begins with a column of the given name: their cells.
  func table(_ firstColumn: String) -> [[String]] {
    lines.drop { !$0.hasPrefix("| \(firstColumn) |") }.prefix { $0.hasPrefix("|") }.dropFirst(2).map { row in
      row.split(separator: "|").map { trimmed($0) }
    }
  }

  /// The lines of Swift that do not stand in a file of tests.
  ///
  /// - Parameters:
  ///   - file: The path of the file.
  ///   - spelling: What stands in the test where the page has something else, such as another path.
  func untestedLines(in file: String, spelling: [String: String] = [:]) throws -> [String] {
    let code = Set(
      try Files.text(of: file).split(separator: "\n").map { line in
        trimmed(spelling.reduce(String(line)) { $0.replacing($1.key, with: $1.value) })
      })
    return blocks("swift").joined().split(separator: "\n").map { trimmed($0) }.filter { !code.contains($0) }
  }
}

private func trimmed(_ line: some StringProtocol) -> String {
  String(line.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
}
