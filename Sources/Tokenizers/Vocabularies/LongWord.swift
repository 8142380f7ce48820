/// A word of many pieces that are being joined: a list of pieces, and a heap of the pairs in it by rank and place.
///
/// A pair whose pieces have changed since it was put on the heap is passed over when it comes up.
struct LongWord {
  private struct Candidate {
    var rank: Int32
    var place: Int32
    var left, right: Int32

    func precedes(_ other: Candidate) -> Bool { (rank, place) < (other.rank, other.place) }
  }

  private var pieces: [Int32]
  private var next, previous: [Int32]
  private var heap: [Candidate] = []

  init(pieces: [Int32]) {
    self.pieces = pieces
    let count = Int32(pieces.count)
    next = (0..<count).map { $0 + 1 < count ? $0 + 1 : -1 }
    previous = (0..<count).map { $0 - 1 }
  }

  /// Joins pairs until none is left that can be; returns how many pieces there are then.
  consuming func join(_ pairs: PairTable, into result: UnsafeMutableBufferPointer<Int32>) -> Int {
    for place in pieces.indices { push(at: Int32(place), pairs) }
    while let candidate = pop() {
      let (place, behind) = (Int(candidate.place), Int(next[Int(candidate.place)]))
      guard behind >= 0, pieces[place] == candidate.left, pieces[behind] == candidate.right,
        let merge = pairs[candidate.left, candidate.right]
      else { continue }
      pieces[place] = merge.whole
      pieces[behind] = -1
      next[place] = next[behind]
      if next[behind] >= 0 { previous[Int(next[behind])] = Int32(place) }
      if previous[place] >= 0 { push(at: previous[place], pairs) }
      push(at: Int32(place), pairs)
    }
    var (count, place) = (0, pieces.isEmpty ? -1 : 0)
    while place >= 0 {
      result[count] = pieces[place]
      count += 1
      place = Int(next[place])
    }
    return count
  }

  private mutating func push(at place: Int32, _ pairs: PairTable) {
    let behind = next[Int(place)]
    guard behind >= 0 else { return }
    let (left, right) = (pieces[Int(place)], pieces[Int(behind)])
    guard let merge = pairs[left, right] else { return }
    heap.append(Candidate(rank: merge.rank, place: place, left: left, right: right))
    var child = heap.count - 1
    while child > 0, heap[child].precedes(heap[(child - 1) / 2]) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  private mutating func pop() -> Candidate? {
    guard let first = heap.first else { return nil }
    let last = heap.removeLast()
    if heap.isEmpty { return first }
    heap[0] = last
    var parent = 0
    while true {
      var least = parent
      for child in 2 * parent + 1...2 * parent + 2 where child < heap.count && heap[child].precedes(heap[least]) {
        least = child
      }
      if least == parent { return first }
      heap.swapAt(parent, least)
      parent = least
    }
  }
}
