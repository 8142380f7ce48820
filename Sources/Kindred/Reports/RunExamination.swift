/// What a model makes of a sample: where items lie, what is near to them, and which classes are told apart.
///
/// Items are those of the source; a report numbers them anew in its gallery.
struct RunExamination {
  /// How many queries are shown, and what is found for each.
  private static let (queries, hits) = (12, 10)

  /// A query with the items that are nearest to it.
  struct Row {
    /// The item that is asked for, or nil.
    let item: Int?
    /// The words that are asked for, or nil.
    let text: String?
    /// What was found, with whether it belongs to the query.
    let hits: [(item: Int, similarity: Double, isRight: Bool?)]
  }

  /// The items on the map.
  let mapped: [Int]

  /// Where they lie, what is near in truth, by places in `mapped`, and the class that was guessed.
  let map: EmbeddingMap

  /// Queries with their neighbours, first those in words.
  let rows: [Row]

  /// The source's main classes, or nil.
  let classes: ClassFigures?

  /// Examines a model.
  ///
  /// - Throws: `InputError` when too many images cannot be decoded or an embedding is no number, `CancellationError` after
  ///   a stop.
  init(_ model: TrainedModel, on sample: ReportSample, unless shouldStop: () -> Bool) throws {
    func embedded(_ items: [Int]) throws -> (items: [Int], vectors: Tensor) {
      if shouldStop() { throw CancellationError() }
      return try model.embeddings(of: sample.source, items: items, leavingOut: BrokenItems(among: items.count))
    }
    let asked = try embedded(sample.asked)
    let voters = try embedded(sample.voters)
    let labeling = sample.source.labelings.first
    func label(_ item: Int) -> Int? { labeling?.labels[item] }

    let onMap = ReportSample.some(Array(asked.items.indices), atMost: ReportSample.mapLimit)
    var guesses: [Int?] = asked.items.map { _ in nil }
    var figures: ClassFigures?
    if let labeling, asked.items.contains(where: { label($0) != nil }),
      voters.items.contains(where: { label($0) != nil })
    {
      let neighbors = NearestNeighbors(k: 200, weighting: .cosine(temperature: 0.1))
      func guess(_ asked: Tensor, _ voters: Tensor, _ items: [Int]) throws -> [Int?] {
        try neighbors.guesses(
          queries: asked, gallery: voters, galleryLabels: items.map(label), classes: labeling.classes.count)
      }
      guesses = try guess(asked.vectors, voters.vectors, voters.items)
      let pixels = try guess(
        pixelEmbeddings(of: sample.source, items: asked.items), pixelEmbeddings(of: sample.source, items: voters.items),
        voters.items)
      figures = Self.figures(
        labeling, labels: asked.items.map(label), guesses: guesses, pixelGuesses: pixels, k: neighbors.k,
        voters: voters.items.count, onMap: onMap)
    }
    if shouldStop() { throw CancellationError() }

    let vectors = asked.vectors.items(at: onMap)
    mapped = onMap.map { asked.items[$0] }
    let near = NearestRows(among: vectors, by: .cosine)(to: vectors, count: 6, leavingOutFrom: 0).indices
    let map = NeighborMap()
    let places = try map.places(of: vectors)
    let perplexity = Figures.short(map.perplexity(among: mapped.count))
    self.map = EmbeddingMap(
      method: places.divergence.map {
        "t-SNE (perplexity \(perplexity), KL divergence \(Figures.fixed($0, digits: 2)))"
      }
        ?? "the two principal components",
      places: Array(zip(places.x, places.y)), near: near.rows,
      guesses: figures == nil ? [] : onMap.map { guesses[$0] })
    classes = figures

    if shouldStop() { throw CancellationError() }
    var rows = try Self.searches(model, in: sample, among: mapped, vectors)
    let queries = Self.queries(mapped, label)
    if !voters.items.isEmpty, !queries.isEmpty {
      let found = NearestRows(among: voters.vectors, by: .cosine)(to: vectors.items(at: queries), count: Self.hits)
      for (query, (indices, scores)) in zip(queries, zip(found.indices.rows, found.scores.to(.float64).doubleRows)) {
        let own = label(mapped[query])
        rows.append(
          Row(
            item: mapped[query], text: nil,
            hits: zip(indices, scores).map { place, score in
              let other = label(voters.items[place])
              return (voters.items[place], score, own.flatMap { own in other.map { $0 == own } })
            }))
      }
    }
    self.rows = rows
  }

  /// Places of items to be shown as queries: where there are classes, of as many different ones as can be.
  private static func queries(_ items: [Int], _ label: (Int) -> Int?) -> [Int] {
    let classes = Dictionary(grouping: items.indices.filter { label(items[$0]) != nil }) { label(items[$0])! }
    if classes.isEmpty { return ReportSample.some(Array(items.indices), atMost: queries) }
    let chosen = ReportSample.some(classes.keys.sorted(), atMost: queries)
    let rounds = (queries + chosen.count - 1) / chosen.count
    let all = (0..<rounds).flatMap { round in
      // Not the first of a class: in folders the first are often alike.
      chosen.compactMap { key in
        let members = classes[key]!
        return round < members.count ? members[(members.count / 2 + round) % members.count] : nil
      }
    }
    return Array(all.prefix(queries))
  }

  /// Searches in words, by the texts of some of the mapped items.
  private static func searches(
    _ model: TrainedModel, in sample: ReportSample, among items: [Int], _ vectors: Tensor
  ) throws -> [Row] {
    guard model.model.textEncoder != nil else { return [] }
    let captioned = items.indices.filter { !sample.source.captions(of: items[$0]).isEmpty }
    let texts = ReportSample.some(captioned, atMost: queries).map { sample.source.captions(of: items[$0])[0].text }
    guard !texts.isEmpty else { return [] }
    let found = NearestRows(among: vectors, by: .cosine)(to: try model.embeddings(of: texts), count: hits)
    return zip(texts, zip(found.indices.rows, found.scores.to(.float64).doubleRows)).map { text, found in
      Row(
        item: nil, text: text,
        hits: zip(found.0, found.1).map { place, score in
          (items[place], score, sample.source.captions(of: items[place]).contains { $0.text == text })
        })
    }
  }

  private static func figures(
    _ labeling: Labeling, labels: [Int?], guesses: [Int?], pixelGuesses: [Int?], k: Int, voters: Int,
    onMap: [Int]
  ) -> ClassFigures {
    let matrix = ConfusionMatrix(labels: labels, guesses: guesses, classes: labeling.classes.count)
    let pixels = ConfusionMatrix(labels: labels, guesses: pixelGuesses, classes: labeling.classes.count)
    let counts = Dictionary(grouping: labels.compactMap { $0 }) { $0 }.mapValues(\.count)
    let most = Double(counts.values.max() ?? 0) / Double(max(1, counts.values.reduce(0, +)))
    return ClassFigures(
      note:
        "\(Figures.percent(matrix.accuracy)) of \(matrix.total) items are guessed rightly by their nearest neighbours "
        + "(k = \(min(k, voters)) of \(voters) items to learn from, by \(labeling.name)); by raw pixels "
        + "\(Figures.percent(pixels.accuracy)), by always naming the most frequent class \(Figures.percent(most)).",
      matrix, names: labeling.classes,
      items: { cell in
        // A gallery begins with the items of the map.
        onMap.indices.filter { labels[onMap[$0]] == cell.truth && guesses[onMap[$0]] == cell.guess }
      })
  }
}

extension ClassFigures {
  /// Most pictures of a cell that are shown.
  static let pictures = 12

  /// Figures of a matrix; only classes that occur are named: of a thousand a sample may hold few.
  ///
  /// - Parameter items: The numbers of a cell's items in a gallery, of which the first are shown.
  init(note: String, _ matrix: ConfusionMatrix, names: [String], items: (ConfusionMatrix.Cell) -> [Int]) {
    let there = Set(matrix.cells.flatMap { [$0.truth, $0.guess] }).sorted()
    let places = Dictionary(uniqueKeysWithValues: zip(there, there.indices))
    self.init(
      note: note, classes: there.map { names[$0] },
      cells: matrix.cells.map {
        Cell(
          truth: places[$0.truth]!, guess: places[$0.guess]!, count: $0.count,
          items: Array(items($0).prefix(Self.pictures)))
      })
  }
}
