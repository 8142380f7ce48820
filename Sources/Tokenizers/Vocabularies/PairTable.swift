/// Which pairs of pieces are joined, how early, and into what: a table hashed by both numbers, with open addressing.
struct PairTable: Sendable {
  /// A pair that is joined.
  struct Merge: BitwiseCopyable, Sendable {
    /// Pairs of lower rank are joined first.
    var rank: Int32
    /// The number of what the pair becomes.
    var whole: Int32
  }

  private static let free = UInt64.max

  private var keys: [UInt64]
  private var merges: [Merge]
  private let mask: Int

  /// Creates a table for so many pairs.
  init(count: Int) {
    var size = 64
    while size < 2 * count { size *= 2 }
    keys = Array(repeating: Self.free, count: size)
    merges = Array(repeating: Merge(rank: 0, whole: 0), count: size)
    mask = size - 1
  }

  /// Adds a pair, or replaces it.
  mutating func insert(_ left: Int32, _ right: Int32, _ merge: Merge) {
    let slot = slot(Self.key(left, right))
    keys[slot] = Self.key(left, right)
    merges[slot] = merge
  }

  /// What becomes of a pair, or nil.
  @inline(__always) subscript(left: Int32, right: Int32) -> Merge? {
    let key = Self.key(left, right)
    let slot = slot(key)
    return keys[slot] == key ? merges[slot] : nil
  }

  private static func key(_ left: Int32, _ right: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
  }

  @inline(__always) private func slot(_ key: UInt64) -> Int {
    let product = key &* 0x9E37_79B9_7F4A_7C15
    var slot = Int(truncatingIfNeeded: product >> 32 ^ product >> 15) & mask
    while keys[slot] != key, keys[slot] != Self.free { slot = (slot + 1) & mask }
    return slot
  }
}
