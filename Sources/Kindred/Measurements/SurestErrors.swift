extension Findings.Group {
  /// The wrong guesses of the model that it is surest of, with the items to learn from that are nearest.
  ///
  /// - Parameters:
  ///   - guesses: What was guessed for the items.
  ///   - asked: The items, embedded, and their classes.
  ///   - known: The items to learn from, embedded, and their classes.
  ///   - share: What a share of the scores is.
  static func surestErrors(
    _ guesses: Findings.ClassGuesses, _ asked: EmbeddedItems, _ labels: [Int],
    among known: EmbeddedItems, _ knownLabels: [Int], share: String
  ) -> Findings.Group {
    let wrong = guesses.guesses.indices.filter { place in
      guesses.guesses[place].guess.map { $0 != labels[place] } ?? false
    }
    func lead(_ place: Int) -> Double { guesses.guesses[place].share - guesses.guesses[place].ownShare }
    let surest = wrong.sorted { (-lead($0), $0) < (-lead($1), $1) }.prefix(WorstQueries.limit)
    let search = WorstQueries(
      queries: asked.vectors[0].vectors, gallery: known.vectors[0].vectors, query: { .item(asked.items[$0]) },
      found: { .item(known.items[$0]) },
      relevant: { query in knownLabels.indices.filter { knownLabels[$0] == labels[query] } })
    let rows = search.rows(of: Array(surest)) { place in
      let guess = guesses.guesses[place]
      return "taken for \(guesses.classes[guess.guess!]): \(Figures.percent(guess.share)) \(share), own class "
        + Figures.percent(guess.ownShare)
    }
    return Findings.Group(
      title: "Surest errors",
      note: "The wrong guesses that the model is surest of, and the items to learn from that are nearest. "
        + "✓ marks the true class. \(wrong.count) of \(labels.count) guesses are wrong.", rows: rows)
  }
}
