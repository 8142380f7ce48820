/// What a report shows of one or several runs: values only, with everything already measured.
public struct RunReport: Hashable, Sendable, Encodable {
  /// The heading.
  public var title: String

  /// The runs, in the order in which they are compared.
  public var runs: [Run]

  /// The pictures that the runs' parts refer to; runs on the same data share one gallery.
  public var galleries: [Gallery]

  /// Creates a report.
  public init(title: String, runs: [Run], galleries: [Gallery] = []) {
    precondition(
      runs.allSatisfy { $0.gallery.map(galleries.indices.contains) ?? true },
      "a run refers to a gallery that is missing")
    self.title = title
    self.runs = runs
    self.galleries = galleries
  }
}

extension RunReport {
  /// One run.
  public struct Run: Hashable, Sendable, Encodable {
    /// A figure as a person reads it.
    public struct Figure: Hashable, Sendable, Encodable {
      /// What it is.
      public let name: String
      /// The figure with its unit.
      public let value: String
      /// What it means, or what to hold it against; may be empty.
      public let note: String

      /// Creates a figure.
      public init(_ name: String, _ value: String, note: String = "") {
        (self.name, self.value, self.note) = (name, value, note)
      }
    }

    /// What a person calls the run: the name of its folder.
    public var name: String

    /// What was done, in a clause: `simclr on photos/`.
    public var summary: String

    /// The figures that matter most.
    public var figures: [Figure]

    /// The steps of an epoch, which turn steps into epochs.
    public var stepsPerEpoch: Int

    /// What was measured on the way.
    public var curves: [Curve]

    /// The command that repeats the run.
    public var command: String

    /// Everything that was chosen: the text of `run.json`.
    public var configuration: String

    /// What the method is shown of its data.
    public var views: [ViewRow] = []

    /// The gallery of the run's data, by its place in the report.
    public var gallery: Int?

    /// Where the gallery's items lie for this run's model, and what is near them.
    public var map: EmbeddingMap?

    /// Queries and what is nearest to them.
    public var neighbors: [NeighborRow] = []

    /// How well classes are told.
    public var classes: ClassFigures?

    /// Creates a run of which no pictures are shown.
    public init(
      name: String, summary: String, figures: [Figure], stepsPerEpoch: Int, curves: [Curve], command: String,
      configuration: String
    ) {
      self.name = name
      self.summary = summary
      self.figures = figures
      self.stepsPerEpoch = stepsPerEpoch
      self.curves = curves
      self.command = command
      self.configuration = configuration
    }
  }
}
