import Images
import Testing

@testable import Reports

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Suite struct ReportPageTests {
  /// Texts that would break a page that took them for markup, for a mark of its own, or for characters not bytes.
  static let hostile = [
    "</script><script>alert(1)</script>", "<!-- <script>", "\"quoted\" & 'single'",
    "<\u{301}img src=x onerror=alert(1)>",
    "👩‍🚀 ❤️ \u{2028}\u{2029}", "@@DATA@@", "]]> \\u003c \\ \u{0}", "ünïcode/ﬁle\n\ttab",
  ]

  private func report(_ text: String) -> RunReport {
    var run = RunReport.Run(
      name: text, summary: text, figures: [.init(text, text, note: text)], stepsPerEpoch: 3,
      curves: [Curve(name: text, points: [(1, 2.5), (2, .nan)])], command: text, configuration: text)
    let image = Image(width: 3, height: 2, color: [200, 10, 10])
    run.views = [
      ViewRow(title: text, caption: text, original: PagePicture(image), views: [.init(PagePicture(image), words: text)])
    ]
    run.gallery = 0
    run.neighbors = [NeighborRow(.text(text), hits: [.init(.item(0), similarity: .nan, isRight: nil)])]
    run.map = EmbeddingMap(method: text, places: [(0, 1), (5, 3)], near: [[1], [0]], guesses: [0, nil])
    run.classes = ClassFigures(note: text, classes: [text], cells: [.init(truth: 0, guess: 0, count: 1)])
    let gallery = Gallery(
      name: text, items: [(text, image), (text, image)], mapped: 2,
      labels: [.init(name: text, of: [text, nil], inOrderOf: [text])])
    return RunReport(title: text, runs: [run], galleries: [gallery])
  }

  /// What stands between two marks of a text that occur once.
  private func part(of text: String, from start: String, to end: String) throws -> String {
    let pieces = text.split(separator: start, omittingEmptySubsequences: false)
    #expect(pieces.count == 2, "\(start) occurs \(pieces.count - 1) times")
    return String(try #require(pieces.last).split(separator: end, omittingEmptySubsequences: false)[0])
  }

  @Test(arguments: hostile) func noTextIsTakenForMarkup(text: String) throws {
    let html = ReportPage(report(text)).html
    // Two scripts, the data and the program, each ended once; bytes, as a browser sees them.
    func count(_ mark: String) -> Int {
      let (bytes, mark) = (Array(html.utf8), Array(mark.utf8))
      return bytes.indices.count { bytes[$0...].starts(with: mark) }
    }
    #expect(count("<script") == 2 && count("</script>") == 2 && count("<!--") == 0)
    #expect(count("<img") == 0 && count("alert(1)>") == 0)
    #expect(count("@@") == (text.contains("@@") ? 2 * count("@@DATA@@") : 0))

    let title = try part(of: html, from: "<title>", to: "</title>")
    #expect(!title.utf8.contains(UInt8(ascii: "<")) && !title.utf8.contains(UInt8(ascii: "\"")))

    struct Page: Decodable {
      struct Run: Decodable {
        let name, command, configuration: String
        let views: [View]
      }
      struct View: Decodable { let title, caption: String }
      struct Gallery: Decodable { let titles: [String] }
      let title: String
      let runs: [Run]
      let galleries: [Gallery]
    }
    let json = try part(of: html, from: "<script id=\"data\" type=\"application/json\">", to: "</script>")
    let data = try JSONDecoder().decode(Page.self, from: Data(json.utf8))
    #expect(data.title == text && data.runs[0].name == text && data.runs[0].configuration == text)
    #expect(data.runs[0].views[0].caption == text && data.galleries[0].titles == [text, text])
  }

  @Test func theSameReportIsTheSamePage() {
    #expect(ReportPage(report("photos")).html == ReportPage(report("photos")).html)
  }

  /// Nothing outside is named, apart from the name space of drawings, which nobody loads.
  @Test func thePageLoadsNothing() {
    let html = ReportPage(report("photos")).html
    for word in ["https:", "@import", "fetch(", "XMLHttpRequest", "import("] { #expect(!html.contains(word)) }
    // The one address in the style is of a sheet that lies in the data.
    #expect(html.split(separator: "url(").count == 1 + 1 && html.contains("url(\"${gallery.sheet.uri}\")"))
    #expect(html.split(separator: "http:").count == 1 + 1 && html.contains("http://www.w3.org/2000/svg"))
    #expect(html.contains("default-src 'none'"))
  }

  /// The skeleton's elements are closed in the order in which they are opened.
  @Test func thePageIsWellFormed() {
    let html = ReportPage(report("photos")).html
    #expect(html.hasPrefix("<!doctype html>\n<html lang=\"en\">\n"))
    var open: [String] = []
    var isText = false
    for piece in html.split(separator: "<").dropFirst() {
      let name = String(piece.prefix { $0.isLetter || $0.isNumber || $0 == "/" })
      if isText, name != "/\(open.last!)" { continue }
      if name.hasPrefix("/") {
        #expect(open.popLast() == String(name.dropFirst()))
        isText = false
      } else if !["meta", "link", ""].contains(name) {
        open.append(name)
        isText = name == "script" || name == "style"
      }
    }
    #expect(open.isEmpty)
  }
}
