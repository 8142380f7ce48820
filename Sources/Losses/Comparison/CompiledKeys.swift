import Tensors

/// A rule as keys, one an anchor and one a candidate, that are equal where it holds: what compiled tiles take.
struct CompiledKeys {
  let anchors, candidates: Memory<Int32>

  /// - Parameter rule: Resolved.
  /// - Returns: nil for a rule that is none of equal keys.
  init?(_ rule: Rule, anchors n: Int, candidates m: Int) {
    let left: [Int32]
    let right: [Int32]
    switch rule {
    case .all:
      left = [Int32](repeating: 0, count: n)
      right = [Int32](repeating: 0, count: m)
    case .aligned:
      left = (0..<Int32(n)).map { $0 }
      right = (0..<Int32(m)).map { $0 }
    case .views(let examples):
      left = (0..<n).map { Int32($0 % examples) }
      right = (0..<m).map { Int32($0 % examples) }
    case .labels(let a, let c):
      guard !a.type.isFloatingPoint, !c.type.isFloatingPoint else { return nil }
      // Labels may be any 64 bits, such as hashes: they are numbered as they come.
      var numbers: [Int: Int32] = [:]
      func number(_ label: Int) -> Int32 {
        if let known = numbers[label] { return known }
        numbers[label] = Int32(numbers.count)
        return Int32(numbers.count - 1)
      }
      left = a.values(as: Int.self).map(number)
      right = a.isSame(as: c) ? left : c.values(as: Int.self).map(number)
    case .none, .lower, .pairs, .keys, .either, .not: return nil
    }
    anchors = Memory(left)
    candidates = Memory(right)
  }
}

extension Relation {
  /// Whether compiled tiles can answer for the relation.
  var isCompilable: Bool {
    func isOfKeys(_ rule: Rule?) -> Bool {
      switch rule {
      case nil, .none?, .all?, .aligned?, .views?: true
      case .labels(let a, let c)?: !a.type.isFloatingPoint && !c.type.isFloatingPoint
      case .lower?, .pairs?, .keys?, .either?, .not?: false
      }
    }
    return isOfKeys(positive) && isOfKeys(excluded) && isOfKeys(ignored)
  }

  var isSymmetric: Bool {
    positive.isSymmetric && excluded?.isSymmetric ?? true && ignored?.isSymmetric ?? true
  }
}
