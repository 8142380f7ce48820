/// The catalogue by the shape of data, for `kindred loss list`.
public enum LossListing {
  /// The losses on lines, under the data that they can be computed on.
  public static var text: String {
    let width = LossCatalogue.entries.map(\.description.name.count).max()! + 2
    return LossDescription.Needs.allCases.compactMap { needs -> String? in
      let losses = LossCatalogue.losses(on: needs)
      guard !losses.isEmpty else { return nil }
      let lines = losses.map { entry in
        let name = entry.description.name
        return "  " + name + String(repeating: " ", count: width - name.count) + entry.description.summary
          + (needs == .classes || needs == .pairs ? further(entry.files) : "")
      }
      return ([heading(needs)] + lines).joined(separator: "\n")
    }.joined(separator: "\n\n")
  }

  /// The descriptions, for programs.
  public static var descriptions: [LossDescription] { LossCatalogue.entries.map(\.description) }

  /// What a loss takes beside what others do of the same data.
  private static func further(_ files: LossFiles) -> String {
    files.second == .proxies ? " (A.npy PROXIES.npy)" : files.queue == .required ? " (--queue Q.npy)" : ""
  }

  private static func heading(_ needs: LossDescription.Needs) -> String {
    switch needs {
    case .classes: "Single items with classes: A.npy --labels L.npy"
    case .pairs: "Pairs, or two views of every item: A.npy B.npy"
    case .labeledPairs: "Pairs that belong together or not: A.npy B.npy --pairs P.npy, 1 or 0 each"
    case .gradedPairs: "Pairs with grades: A.npy B.npy --pairs P.npy"
    case .triplets: "Triplets: ANCHORS.npy POSITIVES.npy --negatives N.npy"
    case .towers: "Two towers, such as images and texts: A.npy B.npy"
    }
  }
}
