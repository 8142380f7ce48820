/// Numbers the items of a source that parts of a report refer to, and makes a gallery of them.
struct GalleryMaker {
  let sample: ReportSample
  private var items: [Int]
  private var numbers: [Int: Int]
  private let mapped: Int

  /// Begins with the items of the map, in their order.
  init(_ sample: ReportSample, mapped: [Int]) {
    self.sample = sample
    items = mapped
    numbers = Dictionary(uniqueKeysWithValues: zip(mapped, mapped.indices))
    self.mapped = mapped.count
  }

  /// The number of an item in the gallery, which takes it in when it is new.
  mutating func number(of item: Int) -> Int {
    if let number = numbers[item] { return number }
    numbers[item] = items.count
    items.append(item)
    return items.count - 1
  }

  /// A row with the gallery's numbers.
  mutating func row(_ row: RunExamination.Row) -> NeighborRow {
    let hits = row.hits.map {
      NeighborRow.Hit(.item(number(of: $0.item)), similarity: $0.similarity, isRight: $0.isRight)
    }
    return NeighborRow(row.item.map { .item(number(of: $0)) } ?? .text(row.text ?? ""), hits: hits)
  }

  /// The gallery.
  ///
  /// - Parameter budget: The bytes that its thumbnails may take.
  func gallery(budget: Int) throws -> Gallery {
    let source = sample.source
    return Gallery(
      name: sample.name, items: try items.map { (source.title(of: $0), try source.image(of: $0)) }, mapped: mapped,
      labels: source.labelings.map { labeling in
        Gallery.Labels(
          name: labeling.name, of: items.map { labeling.labels[$0].map { labeling.classes[$0] } },
          inOrderOf: labeling.classes)
      }, budget: budget)
  }
}
