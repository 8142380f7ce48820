/// What came of a study of objectives.
public struct ObjectiveReport: Hashable, Sendable, Encodable {
  /// What one run's frozen encoder is worth.
  public struct Run: Hashable, Sendable, Codable {
    /// What the run was drawn from.
    public let seed: Int
    /// The share of test items that a linear classifier on the encoder tells right.
    public let linear: Double
    /// The share that the 20 nearest neighbours among the training items tell right.
    public let neighbors: Double

    /// The figures on one line.
    var text: String {
      "linear classifier \(Figures.percent(linear)), 20 neighbours \(Figures.percent(neighbors))"
    }

    /// What a run has left in its folder; nil where it is not done.
    static func read(in folder: String) throws -> Run? {
      let path = "\(folder)/result.json"
      return Files.exists(path) ? try StudyFile.read(path) : nil
    }

    func write(in folder: String) throws { try StudyFile.write(self, to: "\(folder)/result.json") }
  }

  /// An objective with its runs.
  public struct Row: Hashable, Sendable, Encodable {
    /// The objective.
    public let name: String
    /// Passes over the data.
    public let epochs: Int
    /// The runs, by seed.
    public let runs: [Run]

    /// The linear classifier's accuracy over runs.
    public var linear: SeedInterval { SeedInterval(runs.map(\.linear)) }
    /// The neighbours' accuracy over runs.
    public var neighbors: SeedInterval { SeedInterval(runs.map(\.neighbors)) }

    private enum Keys: CodingKey { case name, epochs, runs, linear, neighbors }

    /// Writes runs and their summary.
    public func encode(to encoder: any Encoder) throws {
      var fields = encoder.container(keyedBy: Keys.self)
      try fields.encode(name, forKey: .name)
      try fields.encode(epochs, forKey: .epochs)
      try fields.encode(runs, forKey: .runs)
      try fields.encode(linear, forKey: .linear)
      try fields.encode(neighbors, forKey: .neighbors)
    }
  }

  /// What was learned from.
  public let source: String
  /// What every method could cost.
  public let budget: ObjectiveStudy.Budget
  /// The name of the encoder.
  public let encoder: String
  /// The name of the views' recipe, or its file.
  public let views: String
  /// How many items were learned from, and measured on.
  public let learned: Int, measured: Int
  /// The objectives, and at the end what an encoder is worth that learned nothing.
  public let rows: [Row]

  /// What was compared, on one line.
  private var conditions: String {
    let runs = rows[0].runs.count
    return "\(encoder) encoder, views \(views), \(runs == 1 ? "one seed" : "\(runs) seeds"); \(learned) items to learn "
      + "from, \(measured) to measure on"
  }

  /// The means with their intervals over seeds.
  public var table: Table {
    Table(
      "objectives on \(source): \(conditions)", columns: ["linear", "20 neighbours"],
      rows: rows.map { row in
        let figures = [row.linear, row.neighbors]
        return Table.Row(
          row.epochs > 0 ? "\(row.name), \(ObjectiveStudy.Budget.epochs(row.epochs))" : row.name,
          figures.map(\.mean), intervals: figures.map { $0.interval.map { [$0.lowerBound, $0.upperBound] } })
      })
  }

  /// The same as bars.
  public func chart() -> Image {
    BarChart(
      title: "Objectives on \(source)", subtitle: conditions, series: ["linear classifier", "20 neighbours"],
      groups: rows.map { row in
        BarChart.Group(
          row.name, [row.linear, row.neighbors].map { BarChart.Bar(max(0, $0.mean), interval: $0.interval) })
      }, axis: "share of test items told right; lines: 95 % interval over seeds"
    ).image(text: try? Typeface.systemText())
  }
}
