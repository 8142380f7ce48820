import Basics
public import Datasets
public import Images
import Layers
import Models
public import Tensors

extension TrainedModel {
  /// How many images or texts are embedded at once.
  private static let batchSize = 256

  /// Embeds items of a source, in order.
  ///
  /// - Parameters:
  ///   - source: Where the images come from.
  ///   - items: The items; all of them unless told.
  ///   - workers: Threads that decode ahead.
  ///   - transform: What is done to an image before it is brought to the model's size, such as a distortion.
  /// - Returns: `[items.count, size]`, `float32`, on the processor, of any norm.
  /// - Throws: `InputError` of the first image that cannot be decoded.
  public func embeddings(
    of source: any ImageSource, items: [Int]? = nil, workers: Int = 1,
    transform: @escaping @Sendable (Image, _ item: Int) -> Image = { image, _ in image }
  ) throws -> Tensor {
    try embeddings(of: source, items: items, workers: workers) { transform(try source.image(of: $0), $0) }.vectors
  }

  /// Embeds those items of a source that can be decoded, in order.
  ///
  /// - Parameters:
  ///   - source: Where the images come from.
  ///   - items: The items; all of them unless told.
  ///   - broken: Where items are noted that cannot be decoded.
  ///   - workers: Threads that decode ahead.
  ///   - transform: What is done to an image before it is brought to the model's size, such as a distortion.
  /// - Returns: The items that are left, and their embeddings `[items.count, size]`, as `embeddings(of:items:)` has them.
  /// - Throws: `InputError` when more items are broken than may be.
  public func embeddings(
    of source: any ImageSource, items: [Int]? = nil, leavingOut broken: BrokenItems, workers: Int = 1,
    transform: @escaping @Sendable (Image, _ item: Int) -> Image = { image, _ in image }
  ) throws -> (items: [Int], vectors: Tensor) {
    try embeddings(of: source, items: items, workers: workers) { item in
      try broken.skipping(item) { transform(try source.image(of: item), item) }
    }
  }

  private func embeddings(
    of source: any ImageSource, items: [Int]?, workers: Int, image: @escaping @Sendable (_ item: Int) throws -> Image?
  ) throws -> (items: [Int], vectors: Tensor) {
    let items = items ?? Array(0..<source.count)
    let view = model.recipe.preprocessing.view
    let batches = stride(from: 0, to: items.count, by: Self.batchSize).map {
      items[$0..<min($0 + Self.batchSize, items.count)]
    }
    let loader = Loader<(items: [Int], pixels: [UInt8])>(count: batches.count, workers: workers) { number in
      var (kept, pixels): ([Int], [UInt8]) = ([], [])
      for item in batches[number] {
        guard let image = try image(item) else { continue }
        kept.append(item)
        pixels += view.view(of: image, seed: 0, epoch: 0, index: item, view: 0).color().pixels
      }
      return (kept, pixels)
    }
    var (kept, parts): ([Int], [Tensor]) = ([], [])
    while let batch = try loader.next() {
      if batch.items.isEmpty { continue }
      kept += batch.items
      parts.append(inference { model.images(batch.pixels, .evaluation) })
    }
    return (kept, parts.joined(size: model.size))
  }

  /// Embeds texts, in order: `[texts.count, size]`, `float32`, on the processor, of any norm.
  ///
  /// - Throws: `InputError` when the model knows no texts.
  public func embeddings(of texts: [String]) throws -> Tensor {
    guard model.textEncoder != nil else {
      throw InputError(
        "this model embeds images alone", remedy: "train one with 'kindred train clip' to compare with words")
    }
    return stride(from: 0, to: texts.count, by: Self.batchSize).map { start in
      inference { model.texts(Array(texts[start..<min(start + Self.batchSize, texts.count)]), .evaluation) }
    }.joined(size: model.size)
  }

  private func inference(_ body: () -> Tensor) -> Tensor {
    withoutGradient { withPrecision(precision, on: tree.device, body) }.to(.float32).to(.cpu)
  }
}

extension [Tensor] {
  fileprivate func joined(size: Int) -> Tensor {
    isEmpty ? .zeros([0, size]) : .concatenation(self)
  }
}
