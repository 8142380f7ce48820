/// How well clusters that are found without labels agree with the classes.
public struct ClusterMeasurement {
  private let clusters: Int?
  private let label: String?
  private let seed: UInt64

  /// Creates the measurement.
  ///
  /// - Parameters:
  ///   - clusters: How many to look for; as many as there are classes among the items unless told.
  ///   - label: Which labels; the source's main ones unless told.
  ///   - seed: What the clusters begin from.
  public init(clusters: Int? = nil, label: String?, seed: UInt64 = 1) {
    (self.clusters, self.label, self.seed) = (clusters, label, seed)
  }

  /// Measures a model on the test items of a source. Embeddings are scaled to unit length first: what is close is what
  /// has a high cosine similarity.
  public func measure(_ context: MeasurementContext) throws -> Table { try findings(context).table }

  /// The same with what lies in the middle of every cluster of the model.
  public func findings(_ context: MeasurementContext) throws -> Findings {
    let (test, labels, labeling) = try context.labelledTest(label)
    let classes = try context.labeling(label).classes
    let clusters = clusters ?? Set(labels).count
    var groups: [Findings.Group] = []
    let rows = try test.vectors.map { name, vectors -> Table.Row in
      let rows = vectors.normalized()
      let found = try KMeans(clusters: clusters, seed: seed).fit(rows)
      if name == "model" { groups = [Self.middles(of: found, rows, test.items, labels, classes)] }
      return Table.Row(
        name,
        Self.agreement(of: found.assignments, with: labels)
          + [Self.silhouette(try Silhouette.values(of: rows, clusters: found.assignments))])
    }
    let table = Table(
      "\(clusters) clusters on \(context.source.name), against \(labeling): \(labels.count) items kept for measuring",
      columns: ["NMI", "homogeneity", "completeness", "AMI", "ARI", "accuracy", "purity", "silhouette"], rows: rows)
    return Findings(table, groups: groups)
  }

  /// The agreement of clusters with classes. Intervals are of the clusters as they were found: items are drawn again, and
  /// not clustered again.
  private static func agreement(of clusters: [Int], with classes: [Int]) -> [MeasuredFigure] {
    func figures(_ items: [Int]) -> [Double] {
      let agreement = PartitionAgreement(clusters: items.map { clusters[$0] }, classes: items.map { classes[$0] })
      return [
        agreement.normalizedMutualInformation, agreement.homogeneity, agreement.completeness,
        agreement.adjustedMutualInformation, agreement.adjustedRandIndex,
        agreement.matchedAccuracy, agreement.purity,
      ]
    }
    return MeasuredFigure.jointly(
      figures(Array(classes.indices)), of: classes.count, within: -1...1, resamples: 200, figures)
  }

  private static func silhouette(_ values: [Double]) -> MeasuredFigure {
    values[0].isNaN ? MeasuredFigure(.nan) : .mean(of: values)
  }

  /// How many clusters are shown, and how many items of each.
  private static let (shown, pictures) = (40, 12)

  /// The items nearest to the middle of every cluster, those clusters first in which classes are mixed most.
  private static func middles(
    of found: KMeans.Result, _ rows: Tensor, _ items: [Int], _ labels: [Int], _ classes: [String]
  ) -> Findings.Group {
    let members = Dictionary(grouping: labels.indices) { found.assignments[$0] }
    let clusters = members.keys.map { cluster -> (share: Double, row: Findings.Row) in
      let places = members[cluster]!
      let counts = Dictionary(grouping: places) { labels[$0] }.mapValues(\.count)
      let (most, count) = counts.min { ($1.value, $0.key) < ($0.value, $1.key) }!
      let share = Double(count) / Double(places.count)
      let middle = found.centres[cluster..<(cluster + 1)].to(rows.type)
      let near = NearestRows(among: rows.items(at: places), by: .cosine)(to: middle, count: pictures)
      let hits = zip(near.indices.rows[0], near.scores.to(.float64).doubleRows[0]).map { place, similarity in
        Findings.Hit(
          subject: .item(items[places[place]]), similarity: similarity, isRight: labels[places[place]] == most)
      }
      let row = Findings.Row(
        query: .text("cluster \(cluster + 1)"),
        note: "\(places.count) items, \(Figures.percent(share)) \(classes[most])", hits: hits)
      return (share, row)
    }
    let mixed = zip(members.keys, clusters).sorted { ($0.1.share, $0.0) < ($1.1.share, $1.0) }
    return Findings.Group(
      title: "Clusters",
      note: "What lies in the middle of every cluster, by the similarity to it, where classes are mixed most first. "
        + "✓ marks the cluster's most frequent class.", rows: mixed.prefix(shown).map(\.1.row))
  }
}
