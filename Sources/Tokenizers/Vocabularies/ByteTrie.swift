/// Byte strings with a number each, looked up by walking along their bytes.
///
/// A node's child is found in one table for all nodes, hashed by the node and the byte, with open addressing.
struct ByteTrie: Sendable {
  private struct Edge: BitwiseCopyable, Sendable {
    var key: UInt32
    var child: UInt32
  }

  private static let free = Edge(key: .max, child: 0)

  private var edges: [Edge]
  private var mask: Int
  private var edgeCount = 0
  /// The number of every node's string, −1 where none ends.
  private var numbers: [Int32]

  /// Creates a trie with roots 0 ..< `roots`, for about so many bytes in all.
  init(roots: Int = 1, bytes: Int = 64) {
    var size = 64
    while size < 2 * bytes { size *= 2 }
    edges = Array(repeating: Self.free, count: size)
    mask = size - 1
    numbers = Array(repeating: -1, count: roots)
    numbers.reserveCapacity(bytes)
  }

  /// Whether there is nothing in it.
  var isEmpty: Bool { edgeCount == 0 }

  /// Adds a string below a root; an equal one loses its number.
  mutating func insert(_ string: some Collection<UInt8>, number: Int32, root: UInt32 = 0) {
    var node = root
    for byte in string { node = child(of: node, byte) ?? addChild(of: node, byte) }
    numbers[Int(node)] = number
  }

  /// The longest string that a text begins with at a place, or nil: its number and where it ends.
  @inline(__always)
  func longest(in text: UnsafeBufferPointer<UInt8>, from start: Int, root: UInt32 = 0) -> (number: Int32, end: Int)? {
    edges.withUnsafeBufferPointer { edges in
      numbers.withUnsafeBufferPointer { numbers in
        var (node, place) = (root, start)
        var found: (number: Int32, end: Int)?
        while place < text.count {
          let key = node << 8 | UInt32(text[place])
          var slot = Self.hash(key) & mask
          while edges[slot].key != key, edges[slot].key != .max { slot = (slot + 1) & mask }
          guard edges[slot].key == key else { break }
          node = edges[slot].child
          place += 1
          let number = numbers[Int(node)]
          if number >= 0 { found = (number, place) }
        }
        return found
      }
    }
  }

  /// The number of a whole string, or nil.
  func number(of string: UnsafeBufferPointer<UInt8>, root: UInt32 = 0) -> Int32? {
    var node = root
    for byte in string {
      guard let next = child(of: node, byte) else { return nil }
      node = next
    }
    return numbers[Int(node)] >= 0 ? numbers[Int(node)] : nil
  }

  /// Fibonacci's: the upper bits of a product with 2³² over the golden ratio.
  @inline(__always) private static func hash(_ key: UInt32) -> Int {
    Int(truncatingIfNeeded: (UInt64(key) &* 0x9E37_79B9_7F4A_7C15) >> 32)
  }

  private func child(of node: UInt32, _ byte: UInt8) -> UInt32? {
    let key = node << 8 | UInt32(byte)
    var slot = Self.hash(key) & mask
    while edges[slot].key != key {
      if edges[slot].key == .max { return nil }
      slot = (slot + 1) & mask
    }
    return edges[slot].child
  }

  private mutating func addChild(of node: UInt32, _ byte: UInt8) -> UInt32 {
    precondition(numbers.count < 1 << 24, "a trie has at most 2²⁴ nodes")
    if 2 * (edgeCount + 1) > edges.count { grow() }
    let child = UInt32(numbers.count)
    numbers.append(-1)
    place(Edge(key: node << 8 | UInt32(byte), child: child))
    edgeCount += 1
    return child
  }

  private mutating func place(_ edge: Edge) {
    var slot = Self.hash(edge.key) & mask
    while edges[slot].key != .max { slot = (slot + 1) & mask }
    edges[slot] = edge
  }

  private mutating func grow() {
    let old = edges
    edges = Array(repeating: Self.free, count: 2 * old.count)
    mask = edges.count - 1
    for edge in old where edge.key != .max { place(edge) }
  }
}
