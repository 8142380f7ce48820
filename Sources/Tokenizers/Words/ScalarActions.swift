/// BERT's normaliser, and its pre-tokenizer where texts are to be split, as one action for every scalar.
///
/// The library goes over a text once for each of cleaning, spacing, decomposing, stripping, lowering and splitting. What
/// each does to a scalar depends on that scalar alone, but for the order of marks: one table says all.
struct ScalarActions: Sendable {
  private var map = ScalarMap(ScalarAction.keep)
  private(set) var expansions: [[ScalarAction]] = []
  /// The actions of ASCII, in a place of their own.
  private(set) var ascii: [ScalarAction] = []

  private let normalizer: BertNormalizer?
  /// Whether spaces divide and punctuation stands alone.
  let splits: Bool

  /// Combines the steps.
  ///
  /// - Parameters:
  ///   - normalizer: How texts are changed, nil for not at all.
  ///   - splits: Whether texts are split.
  init(_ normalizer: BertNormalizer?, splits: Bool) {
    (self.normalizer, self.splits) = (normalizer, splits)
    if normalizer?.spacesIdeographs == true {
      TableEntry.forEach(in: CharacterTables.ideographs) { map.set($0.first...$0.last, to: ScalarAction(.alone)) }
    }
    if normalizer?.cleansText == true {
      TableEntry.forEach(in: CharacterTables.controls) { map.set($0.first...$0.last, to: ScalarAction(.drop)) }
    }
    if normalizer?.stripsAccents == true { map.set(Decomposition.hangul, to: ScalarAction(.hangul)) }
    var tables: [StaticString] = [CharacterTables.spaces, CharacterTables.punctuation]
    if normalizer?.stripsAccents == true {
      tables += [CharacterTables.nonspacingMarks, CharacterTables.combiningClasses, CharacterTables.decompositions]
    }
    for table in tables { TableEntry.forEach(in: table) { for scalar in $0.scalars { set(scalar) } } }
    if normalizer?.lowercases == true {
      for scalar in LowerCase.table.keys.sorted() { set(scalar) }
    }
    ascii = (0..<128).map { self[$0] }
  }

  /// What becomes of a scalar.
  subscript(_ scalar: UInt32) -> ScalarAction {
    @inline(__always) get { map[scalar] }
  }

  private mutating func set(_ scalar: UInt32) {
    let actions = steps(scalar)
    if actions.count == 1 {
      map[scalar] = actions[0]
    } else {
      map[scalar] = ScalarAction(.expand, UInt32(expansions.count))
      expansions.append(actions)
    }
  }

  /// The steps one after another, for one scalar.
  private func steps(_ scalar: UInt32) -> [ScalarAction] {
    guard let normalizer else { return [split(scalar, order: 0)] }
    let classes = CharacterClass(of: scalar)
    if normalizer.cleansText {
      if classes.contains(.control) { return [ScalarAction(.drop)] }
      if classes.contains(.space) { return [split(0x20, order: 0)] }
    }
    let parts = normalizer.stripsAccents ? Decomposition.of(scalar) : [scalar]
    let actions = parts.flatMap { part -> [ScalarAction] in
      let order = normalizer.stripsAccents ? Decomposition.combiningClasses[part] : 0
      if normalizer.stripsAccents, CharacterClass(of: part).contains(.nonspacingMark) {
        return [ScalarAction(order == 0 ? .part : .drop)]
      }
      return (normalizer.lowercases ? LowerCase.of(part) : [part]).map { split($0, order: order) }
    }
    guard normalizer.spacesIdeographs, classes.contains(.ideograph) else { return actions }
    return [split(0x20, order: 0)] + actions + [split(0x20, order: 0)]
  }

  private func split(_ scalar: UInt32, order: UInt8) -> ScalarAction {
    let classes = CharacterClass(of: scalar)
    if splits, classes.contains(.space) { return ScalarAction(.space) }
    if splits, classes.contains(.punctuation) { return ScalarAction(.alone, scalar) }
    return ScalarAction(.replace, scalar, order: order)
  }
}
