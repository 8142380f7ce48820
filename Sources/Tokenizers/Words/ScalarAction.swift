/// What becomes of one scalar on its way into words, in 32 bits: 3 of kind, 8 of combining class, 21 of a scalar.
struct ScalarAction: Hashable, Sendable, BitwiseCopyable {
  /// The kinds of actions.
  enum Kind: UInt32 {
    /// It stays as it is, and begins a new order of marks.
    case keep
    /// Another scalar, or itself, stands for it, in the order of its combining class.
    case replace
    /// It is gone, as if it had never been there.
    case drop
    /// It is gone, and marks before it are not ordered together with those behind it.
    case part
    /// It ends a word.
    case space
    /// It, or the scalar that stands for it, is a word of its own; between spaces where texts are not split.
    case alone
    /// Several actions stand for it.
    case expand
    /// A syllable of Hangul, to be decomposed.
    case hangul
  }

  let bits: UInt32

  init(_ kind: Kind, _ payload: UInt32 = 0, order: UInt8 = 0) {
    bits = kind.rawValue << 29 | UInt32(order) << 21 | payload
  }

  var kind: Kind { Kind(rawValue: bits >> 29)! }
  /// The scalar, or for `expand` the number of its actions' list.
  var payload: UInt32 { bits & 0x1F_FFFF }
  var order: UInt8 { UInt8(truncatingIfNeeded: bits >> 21) }

  static let keep = ScalarAction(.keep)
}
