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
  public func measure(_ context: MeasurementContext) throws -> Table {
    let (test, labels, labeling) = try context.labelledTest(label)
    let clusters = clusters ?? Set(labels).count
    let rows = try test.vectors.map { name, vectors -> Table.Row in
      let rows = vectors.normalized()
      let found = try KMeans(clusters: clusters, seed: seed).fit(rows)
      let agreement = PartitionAgreement(clusters: found.assignments, classes: labels)
      return Table.Row(
        name,
        [
          agreement.normalizedMutualInformation, agreement.adjustedMutualInformation, agreement.adjustedRandIndex,
          agreement.matchedAccuracy, agreement.purity, try Silhouette.mean(of: rows, clusters: found.assignments),
        ])
    }
    return Table(
      "\(clusters) clusters on \(context.source.name), against \(labeling): \(labels.count) items kept for measuring",
      columns: ["NMI", "AMI", "ARI", "accuracy", "purity", "silhouette"], rows: rows)
  }
}
