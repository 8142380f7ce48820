/// How strongly two lists of numbers rise and fall together, from −1 to 1.
public enum Correlation {
  /// Pearson's: the cosine of the lists after their means are taken away. NaN where one list is constant.
  public static func pearson(_ a: [Double], _ b: [Double]) -> Double {
    precondition(a.count == b.count, "numbers come in pairs, got \(a.count) and \(b.count)")
    return pearson(a, b, times: Array(repeating: 1, count: a.count))
  }

  /// Spearman's: Pearson's of the ranks, equal numbers sharing the mean of theirs.
  public static func spearman(_ a: [Double], _ b: [Double]) -> Double { pearson(ranks(a), ranks(b)) }

  /// The rank of every number, from 1; equal ones share the mean of their ranks.
  static func ranks(_ values: [Double]) -> [Double] {
    Ranking(values).ranks(times: Array(repeating: 1, count: values.count))
  }

  /// Pearson's, where every pair counts several times or not at all.
  static func pearson(_ a: [Double], _ b: [Double], times: [Int]) -> Double {
    var (count, sumA, sumB) = (0, 0.0, 0.0)
    for i in times.indices {
      count += times[i]
      sumA += Double(times[i]) * a[i]
      sumB += Double(times[i]) * b[i]
    }
    let (meanA, meanB) = (sumA / Double(count), sumB / Double(count))
    var (together, squaresA, squaresB) = (0.0, 0.0, 0.0)
    for i in times.indices where times[i] > 0 {
      let (x, y, n) = (a[i] - meanA, b[i] - meanB, Double(times[i]))
      together += n * x * y
      squaresA += n * x * x
      squaresB += n * y * y
    }
    return together / (squaresA * squaresB).squareRoot()
  }
}

/// The order of numbers, of which ranks follow without sorting again however often each of them counts.
struct Ranking: Sendable {
  private let order: [Int]
  private let isNew: [Bool]  // whether a place of the order holds another number than the one before

  /// Sorts numbers.
  init(_ values: [Double]) {
    let order = values.indices.sorted { values[$0] < values[$1] }
    self.order = order
    isNew = order.indices.map { $0 == 0 || values[order[$0]] != values[order[$0 - 1]] }
  }

  /// The rank of every number, from 1, of which some count several times and some not at all; equal ones share the mean of
  /// their ranks.
  func ranks(times: [Int]) -> [Double] {
    var ranks = Array(repeating: 0.0, count: order.count)
    var (first, before) = (0, 0)
    while first < order.count {
      var (end, count) = (first + 1, times[order[first]])
      while end < order.count, !isNew[end] {
        count += times[order[end]]
        end += 1
      }
      for place in first..<end { ranks[order[place]] = Double(before) + Double(count + 1) / 2 }
      (first, before) = (end, before + count)
    }
    return ranks
  }
}
