/// How well classes are told, and which are taken for which.
public struct ClassFigures: Hashable, Sendable, Encodable {
  /// Items of one class that were guessed to be of another, or rightly of their own.
  public struct Cell: Hashable, Sendable, Encodable {
    /// The true class, the class that was guessed, and how often.
    public let truth, guess, count: Int
    /// Some of the items, by their numbers in a gallery.
    public let items: [Int]

    /// Creates a cell.
    public init(truth: Int, guess: Int, count: Int, items: [Int] = []) {
      (self.truth, self.guess, self.count, self.items) = (truth, guess, count, items)
    }
  }

  /// How it was measured, in a sentence.
  public let note: String

  /// The names of the classes.
  public let classes: [String]

  /// The cells that are not zero.
  public let cells: [Cell]

  /// Creates figures.
  public init(note: String, classes: [String], cells: [Cell]) {
    self.note = note
    self.classes = classes
    self.cells = cells
  }
}
