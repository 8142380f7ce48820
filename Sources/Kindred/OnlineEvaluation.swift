/// What is measured now and then while a run goes on: neighbours where there are labels, retrieval where there are
/// texts.
public struct OnlineEvaluation {
  private let source: any ImageSource
  private let gallery, queries: [Int]
  private let cache: PixelCache

  /// The items that could not be decoded so far, and were left out.
  public let broken: BrokenItems

  /// Creates an evaluation that uses at most so many items of each part, spread evenly.
  public init(of source: any ImageSource, atMost limit: Int = 2000) {
    self.source = source
    func some(_ items: [Int]) -> [Int] {
      stride(from: 0, to: items.count, by: max(1, (items.count + limit - 1) / limit)).map { items[$0] }
    }
    gallery = some(source.split.train)
    queries = some(source.split.test)
    cache = PixelCache(source, side: 64)
    broken = BrokenItems(among: gallery.count + queries.count)
  }

  /// Measures a method as it now is.
  public func figures(of method: any Method, _ configuration: RunConfiguration) throws -> [String: Double] {
    if queries.isEmpty { return [:] }
    let model = TrainedModel(method.model, in: method.tree, precision: configuration.precision)
    let (queries, test) = try model.embeddings(of: cache, items: queries, leavingOut: broken)
    if model.model.textEncoder != nil {
      let captioned = queries.indices.filter { !source.captions(of: queries[$0]).isEmpty }
      if captioned.isEmpty { return [:] }
      let texts = try model.embeddings(of: captioned.map { source.captions(of: queries[$0])[0].text })
      let figures = try Retrieval().evaluate(queries: texts, gallery: test, relevant: captioned.map { [$0] })
      return ["recall@10": figures.recall[10] ?? 0]
    }
    guard let labeling = source.labelings.first, !queries.isEmpty else { return [:] }
    let (gallery, train) = try model.embeddings(of: cache, items: gallery, leavingOut: broken)
    if gallery.isEmpty { return [:] }
    let accuracy = try NearestNeighbors(k: 200, weighting: .cosine(temperature: 0.1)).evaluate(
      queries: test, labels: queries.map { labeling.labels[$0] }, gallery: train,
      galleryLabels: gallery.map { labeling.labels[$0] }, classes: labeling.classes.count)
    return ["knn": accuracy.top1]
  }
}
