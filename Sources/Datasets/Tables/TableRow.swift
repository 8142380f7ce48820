import Basics

/// One row of a table, whose fields are made when they are asked for.
struct TableRow {
  /// Where a field is and how it is written.
  struct Field {
    var column: Int
    var range: Range<Int>
    var form: Form
  }

  /// How a field is written.
  enum Form {
    /// As it is.
    case plain
    /// Between quotes, which are doubled within.
    case quoted
    /// As JSON.
    case json(JSONScanner.Kind)
  }

  let bytes: UnsafeRawBufferPointer
  var fields: [Field]

  /// The field of a column as one text; nil where there is none or an empty one.
  func text(_ column: Int) -> String? {
    guard let field = field(column) else { return nil }
    let text = self.text(of: field)
    return text.isEmpty ? nil : text
  }

  /// The field of a column as texts: an array's elements, or the one text.
  func texts(_ column: Int) -> [String] {
    guard let field = field(column) else { return [] }
    if case .json(.array) = field.form {
      return JSONScanner.elements(in: bytes, field.range).compactMap { range, kind in
        self.text(of: Field(column: column, range: range, form: .json(kind)))
      }.filter { !$0.isEmpty }
    }
    let text = self.text(of: field)
    return text.isEmpty ? [] : [text]
  }

  /// Whether a column's field could name a class: a text, not a list or a measured number.
  func isName(_ column: Int) -> Bool {
    guard let field = field(column) else { return false }
    switch field.form {
    case .json(let kind): return kind == .text
    case .plain, .quoted: return Double(text(of: field)) == nil
    }
  }

  private func field(_ column: Int) -> Field? {
    // Fields mostly stand in the order of the columns.
    if column < fields.count, fields[column].column == column { return fields[column] }
    return fields.first { $0.column == column }
  }

  private func text(of field: Field) -> String {
    switch field.form {
    case .plain: return String(decoding: bytes[field.range], as: UTF8.self)
    case .quoted:
      return String(decoding: bytes[field.range], as: UTF8.self).replacing("\"\"", with: "\"")
    case .json(.text): return JSONScanner.text(in: bytes, field.range)
    case .json(.number): return String(decoding: bytes[field.range], as: UTF8.self)
    case .json(.word):  // true, false, or null, which is an empty field
      let word = String(decoding: bytes[field.range], as: UTF8.self)
      return word == "null" ? "" : word
    case .json: return ""
    }
  }
}
