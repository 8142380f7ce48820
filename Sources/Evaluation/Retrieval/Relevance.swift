/// Which items of a gallery belong to which query.
public enum Relevance: Hashable, Sendable {
  /// For every query, the indices of the items that belong to it, in any order.
  case lists([[Int]])

  /// Items of a query's class belong to it; those without a class take no part but as what is searched among.
  case labels(queries: [Int?], gallery: [Int?])

  /// Queries and gallery are the same items, with these classes: all others of its class belong to a query, which is
  /// not searched for itself.
  case labelsLeavingOneOut([Int?])

  /// Whether a query is not searched for among itself.
  var leavesOneOut: Bool { if case .labelsLeavingOneOut = self { true } else { false } }
}

/// Relevance looked up by the query, without a list a query where classes say it.
struct RelevanceLookup {
  private let lists: [[Int]]  // by query, or by class
  private let classOfQuery: [Int?]?
  let leavesOneOut: Bool

  /// - Parameters:
  ///   - queries: The number of queries.
  ///   - gallery: The number of items.
  init(_ relevance: Relevance, queries: Int, gallery: Int) {
    switch relevance {
    case .lists(let relevant):
      precondition(relevant.count == queries, "\(queries) queries need a list of items each, got \(relevant.count)")
      for (query, items) in relevant.enumerated() {
        precondition(
          items.allSatisfy { 0 <= $0 && $0 < gallery },
          "relevant items of query \(query) are \(items), of a gallery of \(gallery)")
      }
      self.init(lists: relevant.map { Set($0).sorted() }, classOfQuery: nil, leavesOneOut: false)
    case .labels(let ofQueries, let ofGallery):
      self.init(ofQueries, ofGallery, leavingOneOut: false, queries, gallery)
    case .labelsLeavingOneOut(let labels):
      precondition(
        queries == gallery, "only a gallery itself leaves one out, got \(queries) queries of \(gallery) items")
      self.init(labels, labels, leavingOneOut: true, queries, gallery)
    }
  }

  private init(lists: [[Int]], classOfQuery: [Int?]?, leavesOneOut: Bool) {
    (self.lists, self.classOfQuery, self.leavesOneOut) = (lists, classOfQuery, leavesOneOut)
  }

  private init(_ ofQueries: [Int?], _ ofGallery: [Int?], leavingOneOut: Bool, _ queries: Int, _ gallery: Int) {
    precondition(
      ofQueries.count == queries && ofGallery.count == gallery,
      "\(queries) queries and \(gallery) items need a class or nil each, got \(ofQueries.count) and \(ofGallery.count)")
    var places: [Int: Int] = [:]
    var lists: [[Int]] = []
    for (item, label) in ofGallery.enumerated() {
      guard let label else { continue }
      let place = places[label] ?? lists.count
      if place == lists.count {
        places[label] = place
        lists.append([])
      }
      lists[place].append(item)
    }
    let classOfQuery = ofQueries.map { label in label.flatMap { places[$0] } }
    self.init(lists: lists, classOfQuery: classOfQuery, leavesOneOut: leavingOneOut)
  }

  /// The items that belong to a query, ascending, itself among them where one is left out.
  func candidates(of query: Int) -> [Int] {
    guard let classOfQuery else { return lists[query] }
    return classOfQuery[query].map { lists[$0] } ?? []
  }

  /// How many items belong to a query.
  func count(of query: Int) -> Int { candidates(of: query).count - (leavesOneOut && hasClass(query) ? 1 : 0) }

  private func hasClass(_ query: Int) -> Bool { classOfQuery.map { $0[query] != nil } ?? true }
}
