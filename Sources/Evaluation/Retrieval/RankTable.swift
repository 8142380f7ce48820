/// Counts how many scores stand before each of some marks, without sorting the scores.
///
/// Marks t₁ ≥ t₂ ≥ … ≥ t_R divide the line; a score belongs to the first mark that it reaches, tᵢ ≤ s < tᵢ₋₁, and those that
/// reach none to nobody. Marks lie in buckets of equal width between the lowest and the highest of them, a few buckets a
/// mark: a score's bucket says by one multiplication which marks can be its own, and bisection chooses among these, mostly
/// none or one. So a score costs O(1) where marks are spread out, and O(log *R*) at worst.
///
/// The buckets' function falls as its argument grows, rounding included, so that a mark in an earlier bucket is greater
/// than a score and one in a later bucket less: the result is that of comparing every score with every mark.
struct RankTable {
  private static let fewestBuckets = 256
  private static let mostBuckets = 1 << 14

  private let marks: [Double]  // descending
  private let first: [Int32]  // by bucket, the first mark that lies there or later; one more at the end
  private let top: Double
  private let scale: Double
  private var counts: [Int32]  // by mark

  /// Creates a table without scores of one mark or more, in any order.
  init(marks unsorted: [Double]) {
    let (low, top) = (unsorted.min()!, unsorted.max()!)
    let buckets = min(max(4 * unsorted.count, Self.fewestBuckets), Self.mostBuckets)
    // Of marks that are all but equal one bucket holds all.
    let scale = top - low > 1e-9 ? Double(buckets - 1) / (top - low) : 0
    (self.top, self.scale) = (top, scale)
    counts = [Int32](repeating: 0, count: unsorted.count)
    // A counting sort by bucket, then an ordinary one within each.
    var ends = [Int32](repeating: 0, count: buckets + 1)
    for mark in unsorted { ends[Int((top - mark) * scale) + 1] += 1 }
    for bucket in 0..<buckets { ends[bucket + 1] += ends[bucket] }
    first = ends
    var sorted = unsorted
    for mark in unsorted {
      let bucket = Int((top - mark) * scale)
      // Insertion keeps what the bucket holds already in order.
      var place = Int(ends[bucket])
      ends[bucket] += 1
      while place > Int(first[bucket]), sorted[place - 1] < mark {
        sorted[place] = sorted[place - 1]
        place -= 1
      }
      sorted[place] = mark
    }
    marks = sorted
  }

  /// Adds scores, or with *times* = −1 takes away such as were added.
  mutating func add(_ scores: some Collection<Double>, times: Int32 = 1) {
    let (top, scale, low) = (top, scale, marks[marks.count - 1])
    marks.withUnsafeBufferPointer { marks in
      first.withUnsafeBufferPointer { first in
        counts.withUnsafeMutableBufferPointer { counts in
          for score in scores where score >= low {
            let bucket = Int(max((top - score) * scale, 0))
            var (low, high) = (Int(first[bucket]), Int(first[bucket + 1]))
            while low < high {
              let middle = (low + high) / 2
              if marks[middle] <= score { high = middle } else { low = middle + 1 }
            }
            counts[low] += times
          }
        }
      }
    }
  }

  /// For every mark, from the highest, how many scores belong to it or to one before it.
  var standings: [Int] {
    var sum = 0
    return counts.map { count in
      sum += Int(count)
      return sum
    }
  }
}
