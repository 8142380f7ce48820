extension Findings {
  /// The bytes that thumbnails may take, and how many pictures of guesses are shown beside those of the groups.
  private static let (pictureBytes, guessPictures) = (3_000_000, 900)

  /// What was found as a page shows it.
  ///
  /// - Parameters:
  ///   - title: The heading.
  ///   - source: Where the items are from; nil where nothing of them can be shown, which leaves the figures. Items
  ///     without pictures are shown by their titles, as texts are.
  /// - Throws: `InputError` when an image cannot be decoded any more.
  public func report(title: String, of source: (any ItemSource)?) throws -> EvaluationReport {
    let rows = table.rows.map { row in
      EvaluationReport.Row(
        name: row.name, values: row.values, intervals: row.intervals ?? row.values.map { _ in nil })
    }
    guard let source else {
      return EvaluationReport(title: title, summary: table.title, columns: table.columns, rows: rows)
    }
    let images = source as? any ImageSource
    var pictures = SubjectNumbers(titles: images == nil ? { source.title(of: $0) } : nil)
    let pictureCount = images == nil || guesses.isEmpty ? 0 : Self.guessPictures / guesses.count
    let groups = groups.map { group in
      EvaluationReport.Group(title: group.title, note: group.note, rows: group.rows.map { pictures.row($0) })
    }
    let classes = guesses.map { each in
      EvaluationReport.Classes(
        name: each.name,
        figures: each.figures(pictures: pictureCount) { pictures.number(of: .item($0)) })
    }
    return EvaluationReport(
      title: title, summary: table.title, columns: table.columns, rows: rows,
      gallery: try images.map { try gallery(of: pictures.subjects, in: $0) } ?? nil, classes: classes, groups: groups)
  }

  private func gallery(of subjects: [Subject], in source: any ImageSource) throws -> Gallery? {
    guard !subjects.isEmpty else { return nil }
    // Thumbnails have 64 pixels at most; more of an image is not kept.
    let side = 128
    let pictures = try subjects.map { subject -> (item: Int, title: String, image: Image) in
      switch subject {
      case .item(let item): (item, source.title(of: item), try source.image(of: item, fitting: side).color())
      case .copy(let item): (item, "copy of \(source.title(of: item))", copy!(try source.image(of: item), item))
      case .text: preconditionFailure("words have no picture")
      }
    }
    return Gallery(
      name: source.name, items: pictures.map { ($0.title, $0.image) }, mapped: 0,
      labels: source.labelings.map { labeling in
        Gallery.Labels(
          name: labeling.name, of: pictures.map { labeling.labels[$0.item].map { labeling.classes[$0] } },
          inOrderOf: labeling.classes)
      }, budget: Self.pictureBytes)
  }
}

/// Numbers what is shown as pictures, in the order in which it is first asked for.
private struct SubjectNumbers {
  /// What items without pictures are called.
  let titles: ((Int) -> String)?
  private(set) var subjects: [Findings.Subject] = []
  private var numbers: [Findings.Subject: Int] = [:]

  init(titles: ((Int) -> String)?) { self.titles = titles }

  mutating func number(of subject: Findings.Subject) -> Int {
    if let number = numbers[subject] { return number }
    numbers[subject] = subjects.count
    subjects.append(subject)
    return subjects.count - 1
  }

  private mutating func shown(_ subject: Findings.Subject) -> NeighborRow.Subject {
    if case .text(let text) = subject { return .text(text) }
    if case .item(let item) = subject, let titles { return .text(titles(item)) }
    return .item(number(of: subject))
  }

  private mutating func shown(_ hit: Findings.Hit) -> NeighborRow.Hit {
    NeighborRow.Hit(shown(hit.subject), similarity: hit.similarity, isRight: hit.isRight, rank: hit.rank)
  }

  mutating func row(_ row: Findings.Row) -> NeighborRow {
    NeighborRow(
      shown(row.query), note: row.note, hits: row.hits.map { shown($0) }, wanted: row.wanted.map { shown($0) })
  }
}

extension Findings.ClassGuesses {
  /// The guesses as a matrix, with pictures of confusions, the most frequent first, then of what was guessed rightly.
  fileprivate func figures(pictures budget: Int, number: (Int) -> Int) -> ClassFigures {
    let matrix = ConfusionMatrix(
      labels: guesses.map(\.truth), guesses: guesses.map(\.guess), classes: classes.count)
    let places = Dictionary(grouping: guesses.indices) { [guesses[$0].truth, guesses[$0].guess ?? -1] }
    var left = budget
    var shown: [[Int]: [Int]] = [:]
    for cell in matrix.confusions + matrix.cells.filter({ $0.truth == $0.guess }) where left > 0 {
      let chosen = places[[cell.truth, cell.guess]]!.prefix(min(left, ClassFigures.pictures))
      shown[[cell.truth, cell.guess]] = chosen.map { number(items[$0]) }
      left -= chosen.count
    }
    let unguessed = guesses.count { $0.guess == nil }
    return ClassFigures(
      note: "\(name): \(Figures.percent(Double(guesses.count { $0.isRight() }) / Double(guesses.count))) of "
        + "\(guesses.count) items are guessed rightly" + (unguessed > 0 ? ", \(unguessed) not at all." : "."),
      matrix, names: classes, items: { shown[[$0.truth, $0.guess]] ?? [] })
  }
}
