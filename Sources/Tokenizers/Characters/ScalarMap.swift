/// A value for every Unicode scalar, found in two steps: the scalar's page of 256, then its place there.
///
/// Pages that hold the same value everywhere are kept once.
struct ScalarMap<Value: BitwiseCopyable & Hashable & Sendable>: Sendable {
  private var pages: [UInt16]
  private var values: [Value]
  private var uniform: [Value: UInt16]

  /// Creates a map that gives one value for all scalars.
  init(_ value: Value) {
    pages = Array(repeating: 0, count: 0x1100)
    values = Array(repeating: value, count: 256)
    uniform = [value: 0]
  }

  /// The value of a scalar.
  subscript(_ scalar: UInt32) -> Value {
    @inline(__always) get { values[Int(pages[Int(scalar >> 8)]) << 8 | Int(scalar & 0xFF)] }
    set { values[Int(ownPage(of: scalar)) << 8 | Int(scalar & 0xFF)] = newValue }
  }

  /// Gives a value to all scalars of a range.
  mutating func set(_ range: ClosedRange<UInt32>, to value: Value) {
    var scalar = range.lowerBound
    while scalar <= range.upperBound {
      if scalar & 0xFF == 0, scalar + 0xFF <= range.upperBound {
        pages[Int(scalar >> 8)] = uniformPage(of: value)
        scalar += 0x100
      } else {
        self[scalar] = value
        scalar += 1
      }
    }
  }

  private mutating func uniformPage(of value: Value) -> UInt16 {
    if let page = uniform[value] { return page }
    let page = UInt16(values.count >> 8)
    values.append(contentsOf: repeatElement(value, count: 256))
    uniform[value] = page
    return page
  }

  /// The page of a scalar, after a copy where others share it.
  private mutating func ownPage(of scalar: UInt32) -> UInt16 {
    let page = pages[Int(scalar >> 8)]
    guard uniform.values.contains(page) else { return page }
    let copy = UInt16(values.count >> 8)
    values.append(contentsOf: Array(values[Int(page) << 8..<(Int(page) + 1) << 8]))
    pages[Int(scalar >> 8)] = copy
    return copy
  }
}
