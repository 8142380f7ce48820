#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A report as a page for a browser: one file that needs nothing else, and asks no network for anything.
///
/// The page is data and a small program. The data is the report as JSON; the program (Page/*.js) draws it, and puts
/// every text from it into the page as text, never as markup. The page's own security policy forbids it to load
/// anything.
public struct ReportPage {
  private let title, data: String

  /// Prepares a page about runs.
  public init(_ report: RunReport) {
    (title, data) = (report.title, Self.json(report))
  }

  /// Prepares a page about a measurement.
  public init(_ report: EvaluationReport) {
    (title, data) = (report.title, Self.json(report))
  }

  /// The parts of the program, in their order: what a part uses comes before it.
  private static let program = [
    PackageResources.elements_js, PackageResources.words_js, PackageResources.colors_js, PackageResources.pictures_js,
    PackageResources.chart_js, PackageResources.curves_js, PackageResources.map_js,
    PackageResources.neighbors_js, PackageResources.classes_js,
    PackageResources.figures_js, PackageResources.views_js, PackageResources.settings_js,
    PackageResources.main_js,
  ]

  /// The page. The same report gives the same bytes.
  public var html: String {
    let parts = [
      "TITLE": Self.escaped(title),
      "STYLE": Self.text(PackageResources.style_css),
      "DATA": data,
      "PROGRAM": Self.program.map(Self.text).joined(separator: "\n"),
    ]
    // Cut at the marks rather than replaced one after the other: a title may look like a mark.
    let pieces = Self.text(PackageResources.page_html).split(separator: "@@", omittingEmptySubsequences: false)
    return pieces.enumerated().map { $0 % 2 == 0 ? String($1) : parts[String($1)]! }.joined()
  }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  /// A text as it may stand between tags.
  ///
  /// Bytes are replaced, not characters: a `<` under an accent is one character, and still a `<` to a browser.
  static func escaped(_ text: String) -> String {
    replacing(text.utf8, ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;"])
  }

  /// A value as JSON that may stand in a script: nothing in it can end the script or begin a comment.
  static func json(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // A report holds texts and finite numbers alone, which always can be written.
    return replacing(try! encoder.encode(value), ["&": "\\u0026", "<": "\\u003c", ">": "\\u003e"])
  }

  private static func replacing(_ bytes: some Sequence<UInt8>, _ replacements: [Unicode.Scalar: String]) -> String {
    let table = Dictionary(uniqueKeysWithValues: replacements.map { (UInt8(ascii: $0.key), Array($0.value.utf8)) })
    var result: [UInt8] = []
    for byte in bytes {
      if let replacement = table[byte] { result += replacement } else { result.append(byte) }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
