#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A table in a file that other programs read; its name decides the format: `.csv`, `.tsv` or `.jsonl`.
public struct TableExport {
  /// What a field holds.
  public enum Field: Hashable, Sendable {
    case text(String)
    case number(Double)
  }

  private enum Format: String, CaseIterable { case csv, tsv, jsonl }

  private let path: String
  private let format: Format

  /// Names the file.
  ///
  /// - Throws: `InputError` when the name's ending stands for no format, or no file can be written there.
  public init(to path: String) throws {
    guard let format = Format.allCases.first(where: { path.hasSuffix(".\($0)") }) else {
      throw InputError(
        in: path, Files.isFolder(path) ? "is a folder" : "its ending stands for no format",
        remedy: "name a file that ends in .csv, .tsv or .jsonl")
    }
    try OutputFile.require(path)
    (self.path, self.format) = (path, format)
  }

  /// Writes rows under the names of their columns. Tabs and new lines within a field of `.tsv` become spaces, since that
  /// has no quotes.
  public func write(columns: [String], rows: some Sequence<[Field]>) throws {
    try Files.write(path) { sink in
      if format != .jsonl { try sink.append(line(columns.map(Field.text), columns)) }
      for row in rows { try sink.append(line(row, columns)) }
    }
  }

  private func line(_ fields: [Field], _ columns: [String]) -> [UInt8] {
    precondition(fields.count == columns.count, "\(fields.count) fields in \(columns.count) columns")
    switch format {
    case .csv: return Array((fields.map(quoted).joined(separator: ",") + "\n").utf8)
    case .tsv:
      let texts = fields.map { field in
        String(text(field).map { $0.isNewline || $0 == "\t" ? " " : $0 })
      }
      return Array((texts.joined(separator: "\t") + "\n").utf8)
    case .jsonl:
      let members = zip(columns, fields).map { "\(json($0)): \(self.json($1))" }
      return Array(("{" + members.joined(separator: ", ") + "}\n").utf8)
    }
  }

  private func text(_ field: Field) -> String {
    switch field {
    case .text(let text): text
    case .number(let value): value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
    }
  }

  private func quoted(_ field: Field) -> String {
    let text = text(field)
    guard text.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return text }
    return "\"\(text.replacing("\"", with: "\"\""))\""
  }

  private func json(_ field: Field) -> String {
    if case .text(let text) = field { return json(text) }
    return text(field)
  }

  private func json(_ text: String) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    return String(decoding: (try? encoder.encode(text)) ?? Data("\"\"".utf8), as: UTF8.self)
  }
}
