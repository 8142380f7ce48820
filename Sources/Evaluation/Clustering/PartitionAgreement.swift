import Basics

/// How far clusters agree with classes, whatever the clusters are called.
///
/// All follow from the counts n꜀ₖ of items of class *c* in cluster *k*, with the sums a꜀ over clusters and bₖ over
/// classes, *n* in all. Natural logarithms; the figures are those of scikit-learn.
public struct PartitionAgreement: Hashable, Sendable, Codable {
  /// NMI: the mutual information I = Σ n꜀ₖ/n · log(n·n꜀ₖ / (a꜀·bₖ)), divided by the mean of both entropies. 1 when
  /// the partitions are the same. It is the V-measure, the harmonic mean of homogeneity and completeness.
  public let normalizedMutualInformation: Double

  /// I divided by the entropy of the classes: 1 when every cluster holds items of one class.
  ///
  /// Source: Rosenberg, Hirschberg. "V-Measure: A Conditional Entropy-Based External Cluster Evaluation Measure." EMNLP 2007.
  public let homogeneity: Double

  /// I divided by the entropy of the clusters: 1 when all items of a class are in one cluster.
  public let completeness: Double

  /// AMI: the same with what clusters drawn at random would share, E[I], taken off above and below:
  /// (I − E[I]) / (mean entropy − E[I]). 0 by chance.
  ///
  /// Source: Vinh, Epps, Bailey. "Information Theoretic Measures for Clusterings Comparison." JMLR 11, 2010.
  public let adjustedMutualInformation: Double

  /// ARI: the share of pairs of items on which both partitions agree, adjusted so that chance gives 0.
  ///
  /// Source: Hubert, Arabie. "Comparing partitions." Journal of Classification 2, 1985.
  public let adjustedRandIndex: Double

  /// The share of items in their class's cluster, with at most one cluster for each class, matched as best it goes.
  public let matchedAccuracy: Double

  /// The share of items that belong to the class most frequent in their cluster. It grows with the number of clusters.
  public let purity: Double

  /// Compares clusters with classes.
  ///
  /// - Parameters:
  ///   - clusters: The cluster of every item.
  ///   - classes: The class of every item, in the same order. At least one item.
  public init(clusters: [Int], classes: [Int]) {
    precondition(
      clusters.count == classes.count && !classes.isEmpty,
      "every item needs a cluster and a class, got \(clusters.count) and \(classes.count)")
    let table = Contingency(classes, clusters)
    let n = Double(classes.count)
    let information = table.mutualInformation
    let (h, g) = (Contingency.entropy(table.rows, n), Contingency.entropy(table.columns, n))
    let mean = (h + g) / 2
    homogeneity = h > 0 ? max(0, information / h) : 1
    completeness = g > 0 ? max(0, information / g) : 1
    // Both partitions of one part, or both of single items: nothing could agree more.
    let isTrivial = table.rows.count == table.columns.count && [1, classes.count].contains(table.rows.count)
    if isTrivial {
      (normalizedMutualInformation, adjustedMutualInformation, adjustedRandIndex) = (1, 1, 1)
    } else {
      normalizedMutualInformation = mean > 0 ? max(0, information / mean) : 0
      let expected = table.expectedMutualInformation
      // Of partitions in which chance does as well as can be done nothing can be told.
      let room = mean - expected
      adjustedMutualInformation =
        (information - expected) / (room < 0 ? min(room, -.ulpOfOne) : max(room, .ulpOfOne))
      adjustedRandIndex = table.adjustedRandIndex
    }
    let counts = table.dense
    purity = Double((0..<table.columns.count).reduce(0) { sum, k in sum + counts.map { $0[k] }.max()! }) / n
    let matching = Assignment.maximal(counts.map { $0.map(Double.init) })
    matchedAccuracy =
      Double(zip(counts, matching).reduce(0) { sum, pair in sum + (pair.1.map { pair.0[$0] } ?? 0) }) / n
  }
}

/// The counts of two partitions' parts in each other.
private struct Contingency {
  let rows: [Int]
  let columns: [Int]
  private var cells: [[Int: Int]]  // by row, the columns with items

  init(_ first: [Int], _ second: [Int]) {
    func numbered(_ labels: [Int]) -> (numbers: [Int: Int], counts: [Int]) {
      let parts = Set(labels).sorted()
      let numbers = Dictionary(uniqueKeysWithValues: zip(parts, 0...))
      var counts = [Int](repeating: 0, count: parts.count)
      for label in labels { counts[numbers[label]!] += 1 }
      return (numbers, counts)
    }
    let (a, b) = (numbered(first), numbered(second))
    (rows, columns) = (a.counts, b.counts)
    cells = [[Int: Int]](repeating: [:], count: rows.count)
    for (x, y) in zip(first, second) { cells[a.numbers[x]!][b.numbers[y]!, default: 0] += 1 }
  }

  var dense: [[Int]] {
    cells.map { row in columns.indices.map { row[$0] ?? 0 } }
  }

  private var n: Int { rows.reduce(0, +) }

  static func entropy(_ counts: [Int], _ n: Double) -> Double {
    -counts.reduce(0) { $0 + Double($1) / n * .log(Double($1) / n) }
  }

  var mutualInformation: Double {
    let n = Double(n)
    return cells.enumerated().reduce(0) { sum, row in
      // In the order of the columns: a dictionary's own differs from run to run, and with it the last bit.
      row.element.sorted { $0.key < $1.key }.reduce(sum) { sum, cell in
        let count = Double(cell.value)
        return sum + count / n * .log(n * count / (Double(rows[row.offset]) * Double(columns[cell.key])))
      }
    }
  }

  /// E[I] over all partitions with these sizes: the count of every cell is hypergeometric.
  var expectedMutualInformation: Double {
    let n = n
    let factorials = LogFactorials(upTo: n)
    // Cells of equal sizes share their expectation.
    let (a, b) = (Self.tally(rows), Self.tally(columns))
    var sum = 0.0
    for (a, rows) in a {
      for (b, columns) in b {
        var cell = 0.0
        for count in max(1, a + b - n)...max(1, min(a, b)) where count <= min(a, b) {
          let share = Double(count) / Double(n) * .log(Double(n) * Double(count) / (Double(a) * Double(b)))
          let logChance =
            factorials[a] + factorials[b] + factorials[n - a] + factorials[n - b] - factorials[n] - factorials[count]
            - factorials[a - count] - factorials[b - count] - factorials[n - a - b + count]
          cell += share * .exp(logChance)
        }
        sum += Double(rows * columns) * cell
      }
    }
    return sum
  }

  private static func tally(_ counts: [Int]) -> [(size: Int, times: Int)] {
    Dictionary(counts.map { ($0, 1) }, uniquingKeysWith: +).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  var adjustedRandIndex: Double {
    func pairs(_ n: Int) -> Double { Double(n) * Double(n - 1) / 2 }
    let together = cells.reduce(0.0) { $0 + $1.values.reduce(0) { $0 + pairs($1) } }
    let (inRows, inColumns) = (rows.reduce(0) { $0 + pairs($1) }, columns.reduce(0) { $0 + pairs($1) })
    let expected = inRows * inColumns / max(pairs(n), 1)
    let most = (inRows + inColumns) / 2
    return most == expected ? 1 : (together - expected) / (most - expected)
  }
}

/// log n! for all n up to a bound.
private struct LogFactorials {
  private var values: [Double] = [0]

  init(upTo bound: Int) {
    values.reserveCapacity(bound + 1)
    for n in stride(from: 1, through: bound, by: 1) { values.append(values[n - 1] + .log(Double(n))) }
  }

  subscript(n: Int) -> Double { values[n] }
}
