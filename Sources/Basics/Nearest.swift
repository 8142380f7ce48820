/// The distance of Damerau and Levenshtein in its restricted form: how many letters to insert, delete, replace or
/// swap with their neighbour to make one word of the other, no part being edited twice.
///
/// O(*n*·*m*) time and memory, which is nothing for words.
///
/// Source: Damerau. "A technique for computer detection and correction of spelling errors." CACM 7(3), 1964.
package func editDistance(_ first: String, _ second: String) -> Int {
  let a = Array(first)
  let b = Array(second)
  var distance = (0...a.count).map { i in (0...b.count).map { j in i == 0 ? j : j == 0 ? i : 0 } }
  for i in a.indices {
    for j in b.indices {
      let cost = a[i] == b[j] ? 0 : 1
      var best = min(distance[i][j + 1] + 1, distance[i + 1][j] + 1, distance[i][j] + cost)
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        best = min(best, distance[i - 1][j - 1] + 1)
      }
      distance[i + 1][j + 1] = best
    }
  }
  return distance[a.count][b.count]
}

/// The word that was probably meant: the nearest one, if at most a third of its letters are wrong; else the only one
/// that begins so; else nil.
package func nearest(to word: String, among candidates: [String]) -> String? {
  let word = word.lowercased()
  let ranked = candidates.map { (name: $0, distance: editDistance(word, $0.lowercased())) }
  if let best = ranked.min(by: { $0.distance < $1.distance }), best.distance <= max(1, best.name.count / 3),
    best.distance < best.name.count
  {
    return best.name
  }
  let longer = candidates.filter { !word.isEmpty && $0.lowercased().hasPrefix(word) }
  return longer.count == 1 ? longer[0] : nil
}
