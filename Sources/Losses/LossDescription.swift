/// What a loss tells about itself: enough to choose it by the shape of one's data, to call it and to cite it.
///
/// Every loss type has one as `static let description`. Names are lower case with hyphens, as on a command line.
public struct LossDescription: Hashable, Codable, Sendable {
  /// What a loss compares: the shape of the data that it needs.
  public enum Needs: String, CaseIterable, Codable, Sendable {
    /// Single items, each of a class: embeddings `[N, D]`, labels `[N]`.
    case classes
    /// Pairs of items that belong together, or views of one item: two or more embeddings `[N, D]`, row to row.
    case pairs
    /// Pairs of which some belong together and others do not: two embeddings `[N, D]`, labels 0 or 1 `[N]`.
    case labeledPairs = "pairs with labels"
    /// Pairs with a degree of similarity: two embeddings `[N, D]`, grades `[N]`.
    case gradedPairs = "graded pairs"
    /// Anchor, positive and negative: three embeddings `[N, D]`.
    case triplets
    /// Pairs from two encoders, such as images and texts: two embeddings `[N, D]`, row to row.
    case towers = "two towers"
  }

  /// A number that can be chosen.
  public struct Parameter: Hashable, Codable, Sendable {
    /// The name: `base-temperature`.
    public let name: String
    /// What holds when nothing is chosen; nil where that follows from something else, as `meaning` says.
    public let standard: Double?
    /// What it does.
    public let meaning: String
    /// Where its default comes from.
    public let origin: String

    /// Creates the description of a parameter.
    ///
    /// - Parameter standard: Taken from a loss made without arguments, so that a default stands in one place only.
    public init(_ name: String, standard: Double?, _ meaning: String, origin: String) {
      self.name = name
      self.standard = standard
      self.meaning = meaning
      self.origin = origin
    }
  }

  /// The name: `contrastive`.
  public let name: String
  /// What it does, on one line.
  public let summary: String
  /// The data it can be computed on.
  public let needs: [Needs]
  /// The formula in Unicode text, with its symbols: what is computed unless other semantics are asked for.
  public let formula: String
  /// The formulas of other semantics that the loss knows.
  public let variants: [Semantics: String]
  /// The publication that introduced it: authors, title, place, address.
  public let source: String
  /// What can be chosen.
  public let parameters: [Parameter]

  /// Creates the description of a loss.
  public init(
    name: String, summary: String, needs: [Needs], formula: String, variants: [Semantics: String] = [:],
    source: String, parameters: [Parameter] = []
  ) {
    precondition(
      !summary.isEmpty && !needs.isEmpty && !formula.isEmpty && !source.isEmpty,
      "\(name): summary, needs, formula and source expected")
    self.name = name
    self.summary = summary
    self.needs = needs
    self.formula = formula
    self.variants = variants
    self.source = source
    self.parameters = parameters
  }

  /// The formula of the given semantics, or nil where the loss does not know them.
  ///
  /// - Parameter semantics: Nil for what the loss computes when nothing is asked for.
  public func formula(_ semantics: Semantics?) -> String? {
    semantics.map { variants[$0] } ?? formula
  }

  /// The description with the formula of further semantics.
  public func adding(_ semantics: Semantics, formula further: String) -> LossDescription {
    LossDescription(
      name: name, summary: summary, needs: needs, formula: formula,
      variants: variants.merging([semantics: further]) { $1 },
      source: source, parameters: parameters)
  }
}
