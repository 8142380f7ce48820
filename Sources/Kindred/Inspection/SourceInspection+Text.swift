extension SourceInspection {
  /// The findings as text.
  public var text: String {
    var lines = ["\(name): \(items) images, \(train) to learn from, \(test) kept for measuring"]
    if largest != [0, 0] { lines.append("sizes: \(Self.size(smallest, largest)) pixels") }
    lines += notes
    lines += classes.sorted { $0.key < $1.key }.flatMap { $1.lines(named: $0) }
    if let captions { lines += captions.lines }
    lines += Self.lines(leftOut, "part", "left out of the source")
    if broken.count == 0 { lines.append("unreadable: none") }
    lines += Self.lines(broken, "image", "cannot be decoded")
    if blank.count > 0 {
      let names = blank.first.prefix(5).joined(separator: ", ") + (blank.count > 5 ? ", …" : "")
      lines.append("of one colour: \(blank.count) image\(blank.count == 1 ? "" : "s"): \(names)")
    }
    lines += exactCopies.lines(named: "exact copies", sign: "=", test: test)
    lines += nearCopies.lines(named: "near copies", sign: "≈", test: test)
    return lines.joined(separator: "\n")
  }

  private static func size(_ smallest: [Int], _ largest: [Int]) -> String {
    let (least, most) = ("\(smallest[0])×\(smallest[1])", "\(largest[0])×\(largest[1])")
    return least == most ? least : "\(least) to \(most)"
  }

  private static func lines(_ problems: Problems, _ thing: String, _ what: String) -> [String] {
    guard problems.count > 0 else { return [] }
    let shown = problems.first.prefix(20)
    return ["\(problems.count) \(thing)\(problems.count == 1 ? "" : "s") \(what):"] + shown.map { "  \($0)" }
      + (problems.count > shown.count ? ["  and \(problems.count - shown.count) more"] : [])
  }
}

extension CaptionReport {
  /// The report as lines of text.
  fileprivate var lines: [String] {
    var lines = ["captions: \(captions) of \(images) images, \(different) different"]
    if sharing > 0 {
      lines[0] += "; \(sharing) images share one with another image"
      lines += most.prefix(3).map { "  \"\($0.text)\": \($0.images) images" }
    }
    return lines
  }
}
