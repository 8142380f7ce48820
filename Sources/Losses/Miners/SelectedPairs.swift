public import Tensors

extension TripletLoss {
  /// Returns the loss of triplets that a miner chose.
  ///
  /// Memory: O(*N*·*D*) and a few numbers a triplet. Where triplets are fewer than pairs of rows, the rows of some at a time
  /// are gathered; where they are more, all distances are computed once, `[N, M]`.
  ///
  /// - Parameters:
  ///   - embeddings: `[N, D]`, of any norm.
  ///   - triplets: Indices of anchors among the embeddings, of positives and negatives among the candidates.
  ///   - candidates: `[M, D]`; nil where they are the embeddings themselves.
  /// - Returns: A scalar, `[]`, `float32` unless embeddings are `float64`; 0 for no triplets.
  public func callAsFunction(
    _ embeddings: Tensor, triplets: TripletSelection, candidates: Tensor? = nil
  ) -> Tensor {
    let rows = [distance.prepared(embeddings)] + (candidates.map { [distance.prepared($0)] } ?? [])
    let (count, width) = (rows[0].shape[0], rows.last!.shape[0])
    if triplets.count > count * width, distance != .manhattan, !swap || candidates == nil {
      let d = distance.matrix(rows[0], rows.last!).flattened()  // [N·M]
      let (starts, columns) = (Tensor([width]).to(d.device), triplets.indices.to(d.device))
      func distances(_ a: Int, _ b: Int) -> Tensor {
        d.items(at: columns.item(a, along: 1) * starts + columns.item(b, along: 1))
      }
      let nearer = swap ? .minimum(distances(0, 2), distances(1, 2)) : distances(0, 2)
      return averaging(losses(distances(0, 1) - nearer))
    }
    let losses = rows.inChunks(of: triplets.indices) { rows, indices in
      let anchors = rows[0].items(at: indices.item(0, along: 1))
      let positives = rows.last!.items(at: indices.item(1, along: 1))
      let negatives = rows.last!.items(at: indices.item(2, along: 1))
      let toNegatives = distance.ofPrepared(anchors, negatives)
      let nearer = swap ? .minimum(toNegatives, distance.ofPrepared(positives, negatives)) : toNegatives
      return self.losses(distance.ofPrepared(anchors, positives) - nearer)
    }
    return averaging(losses)
  }
}

extension UnsquaredContrastiveLoss {
  /// Returns the loss of pairs that a miner chose.
  ///
  /// Memory: O(*N*·*D*) and a number a pair.
  ///
  /// - Parameters:
  ///   - embeddings: `[N, D]`, of any norm.
  ///   - pairs: Indices of anchors among the embeddings, and of candidates.
  ///   - candidates: `[M, D]`; nil where they are the embeddings themselves.
  /// - Returns: A scalar, `[]`, `float32` unless embeddings are `float64`; 0 for no pairs.
  public func callAsFunction(_ embeddings: Tensor, pairs: PairSelection, candidates: Tensor? = nil) -> Tensor {
    let rows = [distance.prepared(embeddings)] + (candidates.map { [distance.prepared($0)] } ?? [])
    func distances(_ pairs: Tensor) -> Tensor {
      rows.inChunks(of: pairs) { rows, indices in
        distance.ofPrepared(
          rows[0].items(at: indices.item(0, along: 1)), rows.last!.items(at: indices.item(1, along: 1)))
      }
    }
    return averaging((distances(pairs.positives) - positiveMargin).relu())
      + averaging((negativeMargin - distances(pairs.negatives)).relu())
  }
}

extension [Tensor] {
  /// One number for each of many rows of indices, which gather rows of these tensors `[…, D]` a chunk at a time.
  func inChunks(of indices: Tensor, _ body: @escaping (_ rows: [Tensor], _ indices: Tensor) -> Tensor) -> Tensor {
    let indices = indices.to(self[0].device)
    let length = Swift.max(LabeledRows.largestTile / Swift.max(self[0].shape[1], 1), 1)
    let chunks = Tile.parts(of: indices.shape[0], length: length)
    if chunks.count <= 1 { return body(self, indices) }
    return .concatenation(chunks.map { chunk in recomputed(from: self) { [body($0, indices[chunk])] }[0] })
  }
}
