/// What a measurement found: its figures, and where the model errs.
public struct Findings {
  /// The figures.
  public let table: Table

  /// What each that guesses classes guessed, the model first.
  let guesses: [ClassGuesses]

  /// Queries with what was found for them.
  let groups: [Group]

  /// How a copy of an item looks, where there are copies among the subjects.
  let copy: (@Sendable (Image, Int) -> Image)?

  /// Creates findings; of what shows figures alone there is nothing more.
  public init(_ table: Table) { self.init(table, groups: []) }

  init(
    _ table: Table, guesses: [ClassGuesses] = [], groups: [Group], copy: (@Sendable (Image, Int) -> Image)? = nil
  ) {
    // What is empty has no place on a page.
    (self.table, self.guesses, self.groups, self.copy) = (table, guesses, groups.filter { !$0.rows.isEmpty }, copy)
  }

  /// The guesses of one encoder for the same items.
  struct ClassGuesses {
    /// Whose they are.
    let name: String
    /// The items, and what was guessed for each.
    let items: [Int], guesses: [ClassGuess]
    /// The names of the classes.
    let classes: [String]
  }

  /// What is asked for or found.
  enum Subject: Hashable {
    /// An item of the source.
    case item(Int)
    /// A distorted copy of an item.
    case copy(Int)
    /// Words.
    case text(String)
  }

  /// Something that was found.
  struct Hit {
    let subject: Subject
    let similarity: Double
    let isRight: Bool?
    /// Its place, where that does not follow from the order.
    var rank: Int?
  }

  /// A query.
  struct Row {
    let query: Subject
    let note: String?
    let hits: [Hit]
    /// What should have been found and is not among the hits.
    var wanted: Hit?
  }

  /// Queries of one kind.
  struct Group {
    let title: String
    let note: String
    let rows: [Row]
  }
}
