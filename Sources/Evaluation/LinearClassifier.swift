import Search
public import Tensors

/// What a `LinearProbe` has learned: a plane for every class through the space of embeddings.
public struct LinearClassifier {
  let standard: FeatureStandard

  /// Weights and, in the last column, intercepts of the classes with training items, `[present, D + 1]`.
  let planes: Tensor

  /// The classes with training items, ascending.
  let present: [Int]

  /// The number of classes.
  public let classes: Int

  /// The number of features.
  public var dimension: Int { planes.shape[1] - 1 }

  /// The probability of every class for every item.
  ///
  /// - Parameter embeddings: `[N, D]`.
  /// - Returns: `[N, classes]`, `float64`; rows add up to one, and a class without training items has zero.
  /// - Throws: `InputError` when an embedding is not finite.
  public func probabilities(of embeddings: Tensor) throws -> Tensor {
    try embeddings.requireFiniteRows("item")
    precondition(
      embeddings.shape[1] == dimension, "a classifier of \(dimension) features was given \(embeddings.shape)")
    return withoutGradient {
      let known = standard.blocks(of: embeddings).map { $0.features.linear(planes).softmax(along: 1) }
      let all = Tensor.concatenation([.zeros([0, present.count], type: .float64)] + known)
      // A column of zeros at the end stands for every class that was never seen.
      let place = Dictionary(uniqueKeysWithValues: zip(present, 0...))
      let columns = (0..<classes).map { place[$0] ?? present.count }
      return Tensor.concatenation([all, .zeros([all.shape[0], 1], type: .float64)], along: 1)
        .items(at: columns, along: 1)
    }
  }

  /// The most probable class of every item; of equally probable ones the lower index.
  ///
  /// - Throws: `InputError` when an embedding is not finite.
  public func predictions(of embeddings: Tensor) throws -> [Int] {
    let probabilities = try probabilities(of: embeddings)
    return probabilities.sorted(descending: true).indices.slice(0..<1, along: 1).values(as: Int.self)
  }

  /// How often the true class is the most probable one, and how often among the first five.
  ///
  /// - Parameters:
  ///   - embeddings: `[N, D]`.
  ///   - labels: The true class of every item, 0 ..< `classes`; items with nil are left out.
  /// - Throws: `InputError` when an embedding is not finite or no item has a label.
  public func accuracy(on embeddings: Tensor, labels: [Int?]) throws -> ClassificationAccuracy {
    try ClassificationAccuracy(judgedGuesses(of: embeddings, labels: labels))
  }

  /// The same, item by item: what is guessed for every item with a label, in their order.
  ///
  /// - Throws: `InputError` when an embedding is not finite or no item has a label.
  public func judgedGuesses(of embeddings: Tensor, labels: [Int?]) throws -> [ClassGuess] {
    let items = try LabelledRows(embeddings, labels, classes: classes, name: "item")
    let scores = try probabilities(of: items.rows).values(as: Double.self)
    // Only classes that were never seen are not guessed: a probability may be zero by underflow.
    let seen = Set(present)
    return items.labels.enumerated().map { i, label in
      let row = (0..<classes).map { seen.contains($0) ? scores[i * classes + $0] : -.infinity }
      return ClassGuess(scores: row, truth: label, floor: -.infinity)
    }
  }
}
