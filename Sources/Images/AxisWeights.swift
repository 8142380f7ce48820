import CImage

/// The weights with which one axis is filtered: for every output position a run of input positions.
///
/// Weights are fixed-point numbers with 22 fractional bits, as in Pillow: 8 bits of pixel and 22 bits
/// of weight, with a sign and room for the cubic's overshoot, just fit 32 bits.
struct AxisWeights {
  /// The number of input positions there are.
  let inputs: Int
  /// The first input position of every output position.
  private(set) var starts: [Int]
  /// The number of input positions of every output position.
  private(set) var counts: [Int]
  /// The weights, `stride` places for every output position.
  private(set) var weights: [Int32]
  /// The largest number of input positions that any output position uses.
  let stride: Int
  /// Output positions that have the same weights, `stride` of them, each beginning an input position further.
  private(set) var alike = 0..<0

  /// Positions without weights, to be filled by `set`.
  private init(inputs: Int, length: Int, stride: Int) {
    self.inputs = inputs
    self.stride = stride
    starts = Array(repeating: 0, count: length)
    counts = Array(repeating: 0, count: length)
    weights = Array(repeating: 0, count: length * stride)
  }

  /// Sets the weights of an output position, which begin at an input position, scaled to a sum of 1.
  private mutating func set(_ position: Int, from first: Int, _ exact: ArraySlice<Double>) {
    let scale = Double(1 << CIMAGE_WEIGHT_BITS) / exact.reduce(0, +)
    for (k, weight) in exact.enumerated() { weights[position * stride + k] = Int32((weight * scale).rounded()) }
    starts[position] = first
    counts[position] = exact.count
  }

  /// The weights that resize an axis.
  ///
  /// When it shrinks, the filter is widened by the same factor, so that every input pixel counts (antialiasing).
  ///
  /// - Parameters:
  ///   - input: The number of input positions.
  ///   - start: Where the box begins in the input.
  ///   - length: How long the box is.
  ///   - output: The number of output positions.
  init(from input: Int, start: Double, length: Double, to output: Int, _ filter: ResizeFilter) {
    let scale = length / Double(output)
    let widening = max(scale, 1)
    let support = filter.support * widening
    self.init(inputs: input, length: output, stride: Int(support.rounded(.up)) * 2 + 1)
    var exact = [Double](repeating: 0, count: stride)
    for position in 0..<output {
      let center = start + (Double(position) + 0.5) * scale
      let first = min(max(0, Int(center - support + 0.5)), input - 1)
      let count = max(1, min(input, Int(center + support + 0.5)) - first)
      for k in 0..<count { exact[k] = filter.weight(at: (Double(first + k) - center + 0.5) / widening) }
      set(position, from: first, exact[..<count])
    }
  }

  /// The weights that blur an axis with a kernel of odd length. Those of positions beyond an edge are given to the edge,
  /// or, mirrored, to the position as far on this side of it.
  init(blurring length: Int, with kernel: [Double], mirrored: Bool = false) {
    func inside(_ position: Int) -> Int {
      guard mirrored, length > 1 else { return min(max(position, 0), length - 1) }
      let around = abs(position) % (2 * length - 2)
      return min(around, 2 * length - 2 - around)
    }
    self.init(inputs: length, length: length, stride: kernel.count)
    let radius = kernel.count / 2
    for position in 0..<length {
      let first = max(0, position - radius)
      let last = min(length - 1, position + radius)
      var exact = [Double](repeating: 0, count: last - first + 1)
      for (k, weight) in kernel.enumerated() { exact[inside(position - radius + k) - first] += weight }
      set(position, from: first, exact[...])
    }
    if length > 2 * radius { alike = radius..<length - radius }
  }

  /// The weights of an axis, or nil where the axis stays as it is.
  static func unlessIdentity(
    from input: Int, start: Double, length: Double, to output: Int, _ filter: ResizeFilter
  ) -> AxisWeights? {
    if start == 0 && length == Double(output) && input == output { return nil }
    return AxisWeights(from: input, start: start, length: length, to: output, filter)
  }

  /// The weights that give the same in the opposite order.
  func mirrored() -> AxisWeights {
    var result = self
    result.starts.reverse()
    result.counts.reverse()
    for position in starts.indices {
      let from = (starts.count - 1 - position) * stride
      result.weights.replaceSubrange(position * stride..<(position + 1) * stride, with: weights[from..<from + stride])
    }
    return result
  }

  /// All input positions that any output position uses.
  var inputRange: Range<Int> {
    min(starts[0], starts[starts.count - 1])..<zip(starts, counts).reduce(0) { max($0, $1.0 + $1.1) }
  }
}
