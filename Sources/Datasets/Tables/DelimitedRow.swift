/// Reads the rows of CSV and TSV.
///
/// CSV as RFC 4180 has it: fields may stand between quotes, and may then hold commas, new lines and doubled quotes.
/// TSV files are mostly written without quoting: a quote is a quote there, unless the field begins and ends with one.
///
/// Source: Shafranovich. "Common Format and MIME Type for Comma-Separated Values (CSV) Files." RFC 4180.
enum DelimitedRow {
  /// What is wrong with a row.
  struct Problem: Error {
    let text: String
  }

  private static let quote = UInt8(ascii: "\"")

  /// Reads the row that begins at a byte.
  ///
  /// - Returns: Its fields, with their numbers as columns, and where the next row begins; in case of an error that is
  ///   the next line.
  static func read(
    _ bytes: UnsafeRawBufferPointer, at start: Int, separator: UInt8, into fields: inout [TableRow.Field]
  ) -> (next: Int, problem: Problem?) {
    fields.removeAll(keepingCapacity: true)
    var position = start
    while true {
      if position < bytes.count, bytes[position] == quote, separator != 0x09 {
        guard let close = closingQuote(bytes, from: position + 1) else {
          return (endOfLine(bytes, from: start).next, Problem(text: "opens a quote that is never closed"))
        }
        fields.append(.init(column: fields.count, range: position + 1..<close, form: .quoted))
        position = close + 1
        if position < bytes.count, bytes[position] != separator, bytes[position] != 0x0A, bytes[position] != 0x0D {
          return (endOfLine(bytes, from: position).next, Problem(text: "has text after a closing quote"))
        }
      } else {
        let begin = position
        while position < bytes.count, bytes[position] != separator, bytes[position] != 0x0A { position += 1 }
        var end = position
        if end > begin, end == bytes.count || bytes[end] == 0x0A, bytes[end - 1] == 0x0D { end -= 1 }
        let isQuoted = end - begin >= 2 && bytes[begin] == quote && bytes[end - 1] == quote && separator == 0x09
        fields.append(
          .init(
            column: fields.count, range: isQuoted ? begin + 1..<end - 1 : begin..<end,
            form: isQuoted ? .quoted : .plain))
      }
      if position < bytes.count, bytes[position] == separator {
        position += 1
        continue
      }
      return (endOfLine(bytes, from: position).next, nil)
    }
  }

  /// Where a line ends, and where the next one begins.
  static func endOfLine(_ bytes: UnsafeRawBufferPointer, from start: Int) -> (end: Int, next: Int) {
    var position = start
    while position < bytes.count, bytes[position] != 0x0A { position += 1 }
    return (position, min(position + 1, bytes.count))
  }

  private static func closingQuote(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
    var position = start
    while position < bytes.count {
      if bytes[position] == quote {
        guard position + 1 < bytes.count, bytes[position + 1] == quote else { return position }
        position += 1
      }
      position += 1
    }
    return nil
  }
}
