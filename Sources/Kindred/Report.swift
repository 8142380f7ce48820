#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Results as other programs read them.
public enum Report {
  /// A value as JSON, keys sorted. Numbers that are not finite become null-like texts.
  public static func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}

/// A table of figures: what was measured in columns, on whom in rows.
public struct Table: Hashable, Sendable, Encodable {
  /// One row.
  public struct Row: Hashable, Sendable, Encodable {
    /// On whom: the model, raw pixels, chance.
    public let name: String
    /// The figures, one a column; nil where there is none.
    public let values: [Double?]
    /// The 95 % intervals of the figures, lower and upper bound, where they are known.
    public let intervals: [[Double]?]?

    /// Creates a row of figures without intervals.
    public init(_ name: String, _ values: [Double?]) {
      self.name = name
      self.values = values
      intervals = nil
    }

    /// Creates a row of figures whose intervals are known.
    public init(_ name: String, _ values: [Double?], intervals: [[Double]?]) {
      precondition(intervals.count == values.count, "an interval a figure, or nil for none")
      (self.name, self.values, self.intervals) = (name, values, intervals)
    }

    /// Creates a row of figures with their intervals; nil where there is none.
    public init(_ name: String, _ figures: [MeasuredFigure?]) {
      self.name = name
      values = figures.map { $0?.value }
      intervals = figures.map { $0?.interval.map { [$0.lowerBound, $0.upperBound] } }
    }

    /// Creates a row of means with their intervals.
    ///
    /// - Parameter columns: For every column, a figure an item; at least one. Nil where there is none.
    public init(_ name: String, of columns: [[Double]?]) {
      self.init(name, columns.map { $0.map { .mean(of: $0) } })
    }

    /// The figures as text, with half the width of their intervals.
    fileprivate var cells: [String] {
      values.indices.map { column in
        guard let value = values[column] else { return "" }
        guard let interval = intervals?[column] else { return Table.cell(value) }
        return Table.cell(value) + " ±"
          + Figures.fixed((interval[1] - interval[0]) / 2, digits: abs(value) >= 2 ? 1 : 3)
      }
    }
  }

  /// What was measured, on what.
  public let title: String
  /// The names of the columns.
  public let columns: [String]
  /// The rows, the model first.
  public var rows: [Row]

  /// Creates a table.
  public init(_ title: String, columns: [String], rows: [Row]) {
    precondition(rows.allSatisfy { $0.values.count == columns.count }, "every row has a value a column")
    self.title = title
    self.columns = columns
    self.rows = rows
  }

  /// The table as text, numbers aligned at the right.
  public var text: String {
    let cells = rows.map { row in [row.name] + row.cells }
    return ([title] + aligned([[""] + columns] + cells)).joined(separator: "\n")
  }

  fileprivate static func cell(_ value: Double) -> String {
    abs(value) >= 2 ? Figures.fixed(value, digits: 1, trimming: true) : Figures.fixed(value, digits: 3)
  }
}

/// The lines of a table: the first column aligned at the left, the others, numbers, at the right.
func aligned(_ rows: [[String]]) -> [String] {
  let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max()! }
  func pad(_ text: String, _ width: Int, left: Bool) -> String {
    let space = String(repeating: " ", count: width - text.count)
    return left ? text + space : space + text
  }
  return rows.map { row in row.enumerated().map { pad($1, widths[$0], left: $0 == 0) }.joined(separator: "  ") }
}
