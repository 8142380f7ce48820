/// Colours for what is to be told apart.
public enum Palette {
  /// Five colours that the colour-blind can tell apart, three bytes each.
  ///
  /// Source: Okabe, Ito. "Color Universal Design." 2008.
  public static let distinct: [[UInt8]] = [
    [0, 114, 178], [213, 94, 0], [0, 158, 115], [204, 121, 167], [230, 159, 0],
  ]
}
