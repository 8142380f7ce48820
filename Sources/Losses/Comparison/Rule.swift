import Tensors

/// A yes or no for every pair of an anchor and a candidate, from their indices or numbers that they bear.
indirect enum Rule {
  case none
  case all
  /// Equal indices.
  case aligned
  /// Equal indices modulo the number of examples, of which there are this many views.
  case views(Int)
  /// Equal numbers, `[N]` and `[M]`.
  case labels(Tensor, Tensor)
  /// The candidate's number is lower than the anchor's.
  case lower(Tensor, Tensor)
  case pairs(PairList)
  /// The candidate's key is in the anchor's set.
  case keys(IgnoredPairs)
  case either(Rule, Rule)
  case not(Rule)
}

extension Rule {
  /// Traps unless the rule can hold between so many rows.
  func check(anchors n: Int, candidates m: Int) {
    switch self {
    case .none, .all, .aligned: break
    case .views(let views):
      precondition(
        n == m && n % views == 0,
        "views: expected \(views) rows an example, anchors and candidates alike; got \(n) and \(m)")
    case .labels(let anchors, let candidates), .lower(let anchors, let candidates):
      precondition(
        anchors.shape == [n] && candidates.shape == [m],
        "labels: expected [\(n)] and [\(m)], got \(anchors.shape) and \(candidates.shape)")
    case .pairs(let list):
      precondition(
        list.fits(anchors: n, candidates: m), "pairs: an index is out of range of \(n) anchors, \(m) candidates")
    case .keys(let keys):
      precondition(
        keys.anchors.count == n && keys.candidates.count == m,
        "ignored pairs: expected keys of \(n) anchors and \(m) candidates, got \(keys.anchors.count) and "
          + "\(keys.candidates.count)")
    case .either(let a, let b):
      a.check(anchors: n, candidates: m)
      b.check(anchors: n, candidates: m)
    case .not(let rule): rule.check(anchors: n, candidates: m)
    }
  }

  /// The rule for rows on a device.
  ///
  /// - Parameter n: The number of anchors.
  func resolved(anchors n: Int, on device: Device) -> Rule {
    switch self {
    case .views(let views):
      // The number of examples makes an index its example's; from here on nobody needs the number of anchors.
      .views(n / views)
    case .labels(let a, let c): .labels(a.to(device), a.isSame(as: c) ? a.to(device) : c.to(device))
    case .lower(let a, let c): .lower(a.to(device), c.to(device))
    case .either(let a, let b): .either(a.resolved(anchors: n, on: device), b.resolved(anchors: n, on: device))
    case .not(let rule): .not(rule.resolved(anchors: n, on: device))
    case .none, .all, .aligned, .pairs, .keys: self
    }
  }

  /// Whether the rule gives the same answer when anchors and candidates are exchanged, as far as that is cheap to say.
  var isSymmetric: Bool {
    switch self {
    case .none, .all, .aligned, .views: true
    case .labels(let a, let c): a.isSame(as: c)
    case .lower, .pairs, .keys: false
    case .either(let a, let b): a.isSymmetric && b.isSymmetric
    case .not(let rule): rule.isSymmetric
    }
  }

  /// The answers for a tile, `bool`, `[rows, columns]`; nil where all are no. Of a resolved rule.
  func mask(of tile: Tile, on device: Device) -> Tensor? {
    func outer(_ a: Tensor, _ c: Tensor, _ compare: (Tensor, Tensor) -> Tensor) -> Tensor {
      compare(a.unsqueezed(1), c.unsqueezed(0))
    }
    switch self {
    case .none: return nil
    case .all: return .full([tile.rows.count, tile.columns.count], 1, type: .bool, on: device)
    case .aligned:
      guard tile.diagonal(0) != nil else { return nil }
      return outer(.range(tile.rows, on: device), .range(tile.columns, on: device)) { $0 .== $1 }
    case .views(let examples):
      func example(of indices: Range<Int>) -> Tensor { .range(indices, on: device).remainder(examples) }
      return outer(example(of: tile.rows), example(of: tile.columns)) { $0 .== $1 }
    case .labels(let a, let c): return outer(a[tile.rows], c[tile.columns]) { $0 .== $1 }
    case .lower(let a, let c): return outer(a[tile.rows], c[tile.columns]) { $1 .< $0 }
    case .pairs(let list): return list.mask(of: tile)?.to(device)
    case .keys(let keys): return keys.mask(in: tile).to(device)
    case .either(let a, let b):
      let (a, b) = (a.mask(of: tile, on: device), b.mask(of: tile, on: device))
      guard let a, let b else { return a ?? b }
      return a.or(b)
    case .not(let rule):
      guard let mask = rule.mask(of: tile, on: device) else { return Rule.all.mask(of: tile, on: device) }
      return !mask
    }
  }
}
