/// All losses, as `kindred loss` offers them.
public enum LossCatalogue {
  /// The losses, those of a family side by side.
  public static let entries: [LossEntry] =
    softmax + logistic + pairs + triplets + classes + proxies + graded + regularity

  /// The loss of a name, or nil.
  public static subscript(_ name: String) -> LossEntry? { entries.first { $0.description.name == name } }

  /// The losses that can be computed on data of one shape, in the catalogue's order.
  public static func losses(on needs: LossDescription.Needs) -> [LossEntry] {
    entries.filter { $0.description.needs.contains(needs) }
  }
}
