// What models are compared by, a figure an item for each of both.

extension ModelComparison {
  /// Guesses the classes of queries from what is known of others.
  typealias Guesser = (
    _ queries: Tensor, _ truths: [Int?], _ known: Tensor, _ labels: [Int?], _ classes: Int
  ) throws -> [ClassGuess]

  func neighborVotes(
    _ queries: Tensor, _ truths: [Int?], _ known: Tensor, _ labels: [Int?], _ classes: Int
  ) throws -> [ClassGuess] {
    try neighbors.judgedGuesses(
      queries: queries, labels: truths, gallery: known, galleryLabels: labels, classes: classes)
  }

  func linearProbe(
    _ queries: Tensor, _ truths: [Int?], _ known: Tensor, _ labels: [Int?], _ classes: Int
  ) throws -> [ClassGuess] {
    try LinearProbe().fit(known, labels: labels, classes: classes).judgedGuesses(of: queries, labels: truths)
  }

  /// Whether an item's class is guessed from those to learn from.
  func guessing(
    _ name: String, by guesser: Guesser, _ test: PairOfEmbeddings, _ train: PairOfEmbeddings, _ labeling: Labeling
  ) throws -> PairedTable.Row {
    let truths = test.items.map { labeling.labels[$0] }
    let labels = train.items.map { labeling.labels[$0] }
    return row(
      name,
      try zip(test.both, train.both).map { queries, known in
        try guesser(queries, truths, known, labels, labeling.classes.count).map { $0.isRight() ? 1 : 0 }
      })
  }

  /// The average precision with which an item finds the others of its class; nothing where no class has two items,
  /// unless it was asked for.
  func ranking(
    _ test: PairOfEmbeddings, _ labeling: Labeling, of source: any ItemSource
  ) throws -> [PairedTable.Row] {
    let labels = test.items.map { labeling.labels[$0]! }
    guard Set(labels).count < labels.count else {
      if measure == .ranking { throw RankingMeasurement.nothingToFind(in: source) }
      return []
    }
    return [row("MAP, same class", try precisions(test.both, among: test.both, .labelsLeavingOneOut(labels)))]
  }

  /// The average precision with which a text finds its images; nothing where there are no texts or a model knows none,
  /// unless it was asked for.
  func searching(
    _ test: PairOfEmbeddings, _ first: TrainedModel, _ second: TrainedModel, _ source: any ImageSource
  ) throws -> [PairedTable.Row] {
    let isAsked = measure == .retrieval
    guard isAsked || [first, second].allSatisfy({ $0.model.textEncoder != nil }) else { return [] }
    let test = test.kept { !source.captions(of: $0).isEmpty }
    guard !test.items.isEmpty else {
      if isAsked { throw RetrievalMeasurement.noTexts(in: source) }
      return []
    }
    return try TextQueries.allCases.map { queries in
      let pairing = TextPairing(test.items.map { queries.text(of: source.captions(of: $0)) })
      let texts = try [first, second].map { try $0.embeddings(of: pairing.texts) }
      return row(
        "MAP, \(queries.rawValue) → image", try precisions(texts, among: test.both, .lists(pairing.itemsOfText)))
    }
  }

  private func precisions(
    _ queries: [Tensor], among galleries: [Tensor], _ relevance: Relevance
  ) throws -> [[Double]] {
    try zip(queries, galleries).map { queries, gallery in
      try Retrieval().rankings(queries: queries, gallery: gallery, relevance: relevance)
        .compactMap { $0?.averagePrecision }
    }
  }

  /// Whether the original of a copy is the nearest image.
  func finding(_ copies: PairOfEmbeddings, among originals: PairOfEmbeddings) throws -> PairedTable.Row {
    let places = Dictionary(uniqueKeysWithValues: zip(originals.items, originals.items.indices))
    let relevant = copies.items.map { [places[$0]!] }
    return row(
      "recall@1 of copies",
      try zip(copies.both, originals.both).map { copies, originals in
        try Retrieval().rankings(queries: copies, gallery: originals, relevance: .lists(relevant))
          .map { $0!.firstRank == 1 ? 1 : 0 }
      })
  }
}
