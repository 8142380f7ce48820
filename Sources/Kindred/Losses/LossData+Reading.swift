extension LossData {
  /// Reads arrays, and makes sure that the loss can be computed of them.
  ///
  /// - Parameters:
  ///   - semantics: Whose definition will be computed; the loss's default where it is nil.
  ///   - type: What embeddings and grades are converted to.
  /// - Throws: `InputError` that names the file at fault.
  public init(_ paths: Paths, for entry: LossEntry, semantics: Semantics? = nil, as type: DataType) throws {
    func embeddings(_ path: String) throws -> Tensor {
      let array = try NumPyFile.read(path)
      guard array.rank == 2, array.shape[0] > 0, array.shape[1] > 0 else {
        throw InputError(in: path, "has the shape \(array.shape)", remedy: "embeddings are [rows, columns]")
      }
      let rows = array.to(type)
      try Comparison.requireFinite(rows, path)
      return rows
    }
    func missing(_ what: String, _ option: String) -> InputError {
      InputError("\(entry.description.name) needs \(what)", remedy: "add \(option)")
    }
    let a = try embeddings(paths.a)
    let b = try paths.b.map(embeddings)
    let negatives = try paths.negatives.map(embeddings)
    let queue = try paths.queue.map(embeddings)
    // Where pairs have labels, rows have none, and both options mean the same.
    // Where both are possible, two arrays are pairs, but for pytorch-metric-learning, which knows classes only.
    let arePairs = b != nil && (paths.pairs != nil || semantics != .pml)
    let hasPairs = entry.files.pairs == .required || (entry.files.pairs == .optional && arePairs)
    let ofPairs = hasPairs ? paths.pairs ?? paths.labels : nil
    let labels = ofPairs == nil ? try paths.labels.map { try Self.classes($0) } : nil
    let pairs = try ofPairs.map { try Self.grades($0, type) }

    if entry.files.second == .partner, b == nil { throw missing("a second array", "B.npy after A.npy") }
    if entry.files.second == .proxies, b == nil {
      throw missing("the proxies of the classes as a second array", "PROXIES.npy after A.npy")
    }
    if entry.files.labels == .required, labels == nil {
      throw missing("the classes of the rows", "--labels LABELS.npy")
    }
    if hasPairs, pairs == nil { throw missing("a number for every pair", "--pairs PAIRS.npy") }
    if entry.files.negatives == .required, negatives == nil { throw missing("negatives", "--negatives NEGATIVES.npy") }
    if entry.files.queue == .required, queue == nil { throw missing("earlier keys", "--queue QUEUE.npy") }
    if entry.files == .classesOrViews, labels == nil, b == nil {
      throw missing(
        "another view of each row, or the classes of the rows", "B.npy after A.npy, or --labels LABELS.npy")
    }
    if entry.files == .labeledPairsOrClasses, labels == nil, b == nil {
      throw missing("pairs, or the classes of the rows", "B.npy and --pairs PAIRS.npy, or --labels LABELS.npy")
    }
    if entry.files == .tripletsOrClasses, labels == nil, b == nil || negatives == nil {
      throw missing("triplets, or the classes of the rows", "B.npy and --negatives N.npy, or --labels LABELS.npy")
    }
    self.init(a: a, b: b, labels: labels, pairs: pairs, negatives: negatives, queue: queue)
    try requireFit(paths, entry)
  }

  private func requireFit(_ paths: Paths, _ entry: LossEntry) throws {
    let (n, d) = (a.shape[0], a.shape[1])
    for (array, path) in [(b, paths.b), (negatives, paths.negatives), (queue, paths.queue)] {
      guard let array, let path, array.shape[1] != d else { continue }
      throw InputError(in: path, "has rows of \(array.shape[1]) numbers", remedy: "those of \(paths.a) have \(d)")
    }
    if let b, let path = paths.b, entry.files.second != .proxies, b.shape[0] != n {
      throw InputError(in: path, "has \(b.shape[0]) rows", remedy: "\(paths.a), whose partners they are, has \(n)")
    }
    if let labels, let path = paths.labels {
      let views = b != nil && [.optionalView, .optionalPartner].contains(entry.files.second)
      guard labels.count == n || (views && labels.count == 2 * n) else {
        throw InputError(
          in: path, "has \(labels.count) labels", remedy: "\(paths.a) has \(n) rows" + (views ? " a view" : ""))
      }
    }
    if let pairs, let path = paths.pairs ?? paths.labels, pairs.count != n {
      throw InputError(in: path, "has \(pairs.count) numbers", remedy: "\(paths.a) has \(n) rows, one a pair")
    }
    if let pairs, let path = paths.pairs ?? paths.labels, !entry.description.needs.contains(.gradedPairs) {
      let (low, high) = (pairs.min().item(), pairs.max().item())
      guard low >= 0, high <= 1 else {
        throw InputError(
          in: path, "holds \(Figures.short(low < 0 ? low : high))",
          remedy: "pairs that belong together are 1, others 0; classes go without a second array")
      }
    }
    if let negatives, let path = paths.negatives, negatives.shape[0] % n != 0 {
      throw InputError(
        in: path, "has \(negatives.shape[0]) rows", remedy: "one or more for each of the \(n) of \(paths.a)")
    }
    try entry.check(self, paths)
  }

  private static func classes(_ path: String) throws -> Tensor {
    let array = try vector(path)
    let whole = array.to(.int64)
    guard (whole.to(.float64) .== array.to(.float64)).all() else {
      throw InputError(in: path, "holds numbers that are not whole", remedy: "labels are the numbers of classes")
    }
    return whole
  }

  private static func grades(_ path: String, _ type: DataType) throws -> Tensor {
    let array = try vector(path).to(type)
    guard array.isFinite().all() else { throw InputError(in: path, "holds a number that is not finite") }
    return array
  }

  private static func vector(_ path: String) throws -> Tensor {
    let array = try NumPyFile.read(path)
    guard array.rank == 1 || (array.rank == 2 && array.shape[1] == 1), array.count > 0 else {
      throw InputError(in: path, "has the shape \(array.shape)", remedy: "one number a row expected, [rows]")
    }
    return array.flattened()
  }
}
