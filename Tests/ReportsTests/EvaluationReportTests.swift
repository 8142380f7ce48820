import Images
import Testing

@testable import Reports

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Suite struct EvaluationReportTests {
  /// What the page's program is given, as it reads it.
  private struct Page: Decodable {
    struct Row: Decodable {
      let values: [Double?]
      let intervals: [[Double]?]
    }
    struct Group: Decodable {
      struct Row: Decodable {
        struct Hit: Decodable {
          let item: Int?
          let text: String?
          let similarity: Int
          let rank: Int?
        }
        let text, note: String?
        let hits: [Hit]
        let wanted: Hit?
      }
      let title: String
      let rows: [Row]
    }
    let title: String
    let rows: [Row]
    let groups: [Group]
  }

  private func page(_ report: EvaluationReport) throws -> (html: String, data: Page) {
    let html = ReportPage(report).html
    let json = try #require(Self.pieces(of: html, at: "<script id=\"data\" type=\"application/json\">").last)
    return (
      html,
      try JSONDecoder().decode(Page.self, from: Data(try #require(Self.pieces(of: json, at: "</script>").first).utf8))
    )
  }

  private static func pieces(of text: String, at mark: String) -> [String] {
    text.split(separator: mark, omittingEmptySubsequences: false).map(String.init)
  }

  @Test(arguments: ["</script><script>alert(1)</script>", "<!-- <img src=x>", "@@DATA@@ & \"quotes\""])
  func textsStayTexts(text: String) throws {
    let row = NeighborRow(
      .text(text), note: text, hits: [.init(.text(text), similarity: 0.5, isRight: false)],
      wanted: .init(.text(text), similarity: .nan, isRight: true, rank: 7))
    let report = EvaluationReport(
      title: text, summary: text, columns: [text], rows: [.init(name: text, values: [0.5], intervals: [[0.25, 0.75]])],
      groups: [.init(title: text, note: text, rows: [row])])
    let (html, data) = try page(report)
    #expect(
      Self.pieces(of: html, at: "</script>").count == 3 && !html.contains("<!--") && !html.contains("<img src"))
    #expect(data.title == text && data.groups[0].rows[0].text == text && data.groups[0].rows[0].note == text)
    #expect(data.groups[0].rows[0].hits[0].text == text && data.groups[0].rows[0].hits[0].item == nil)
    #expect(data.groups[0].rows[0].wanted?.rank == 7 && data.groups[0].rows[0].wanted?.similarity == 0)
    #expect(data.rows[0].intervals == [[0.25, 0.75]])
  }

  @Test func whatIsNoNumberIsLeftOut() throws {
    let report = EvaluationReport(
      title: "t", summary: "s", columns: ["a", "b"],
      rows: [.init(name: "r", values: [.nan, 1], intervals: [nil, [0, .infinity]])])
    let (_, data) = try page(report)
    #expect(data.rows[0].values == [nil, 1] && data.rows[0].intervals == [nil, nil])
  }
}
