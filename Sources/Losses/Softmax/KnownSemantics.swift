extension Semantics {
  /// Traps unless a loss knows these semantics.
  ///
  /// - Parameter variants: The formulas of those that it knows.
  func require(among variants: [Semantics: String], of loss: String) {
    let known = variants.keys.map(\.rawValue).sorted().joined(separator: ", ")
    precondition(variants[self] != nil, "\(loss) knows the semantics \(known), not \(rawValue)")
  }
}
