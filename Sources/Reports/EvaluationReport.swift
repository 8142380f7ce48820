/// What a page shows of one measurement: figures with their intervals, and where the model errs.
public struct EvaluationReport: Hashable, Sendable, Encodable {
  /// The heading.
  public let title: String

  /// What was measured, on what.
  public let summary: String

  /// The names of the figures.
  public let columns: [String]

  /// On whom they were measured: the model first, then what it has to beat.
  public let rows: [Row]

  /// The pictures that the other parts refer to; nil where there are none.
  public let gallery: Gallery?

  /// How well classes are told by each that guesses classes.
  public let classes: [Classes]

  /// Queries and what was found for them.
  public let groups: [Group]

  /// Figures of one.
  public struct Row: Hashable, Sendable, Encodable {
    /// On whom.
    public let name: String
    /// A figure a column, nil where there is none.
    public let values: [Double?]
    /// The 95 % interval of every figure, lower and upper bound, nil where none is known.
    public let intervals: [[Double]?]

    /// Creates a row. What is no finite number is left out: a page is JSON.
    public init(name: String, values: [Double?], intervals: [[Double]?]) {
      precondition(values.count == intervals.count, "every figure has an interval or nil")
      self.name = name
      self.values = values.map { $0?.isFinite == true ? $0 : nil }
      self.intervals = intervals.map { $0?.allSatisfy(\.isFinite) == true ? $0 : nil }
    }
  }

  /// How well one tells classes.
  public struct Classes: Hashable, Sendable, Encodable {
    /// Who.
    public let name: String
    /// How well.
    public let figures: ClassFigures

    /// Creates the pair.
    public init(name: String, figures: ClassFigures) { (self.name, self.figures) = (name, figures) }
  }

  /// Queries of one kind.
  public struct Group: Hashable, Sendable, Encodable {
    /// The heading.
    public let title: String
    /// What is shown, in a sentence.
    public let note: String
    /// A row a query.
    public let rows: [NeighborRow]

    /// Creates a group.
    public init(title: String, note: String, rows: [NeighborRow]) {
      (self.title, self.note, self.rows) = (title, note, rows)
    }
  }

  /// Creates a report.
  public init(
    title: String, summary: String, columns: [String], rows: [Row], gallery: Gallery? = nil, classes: [Classes] = [],
    groups: [Group] = []
  ) {
    precondition(rows.allSatisfy { $0.values.count == columns.count }, "every row has a figure or nil a column")
    (self.title, self.summary, self.columns, self.rows) = (title, summary, columns, rows)
    (self.gallery, self.classes, self.groups) = (gallery, classes, groups)
  }
}
