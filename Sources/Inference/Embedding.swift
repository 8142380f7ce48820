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
    let items = items ?? Array(0..<source.count)
    let view = model.recipe.preprocessing.view
    let batches = stride(from: 0, to: items.count, by: Self.batchSize).map { items[$0..<min($0 + Self.batchSize, items.count)] }
    let loader = Loader<[UInt8]>(count: batches.count, workers: workers) { number in
      var pixels: [UInt8] = []
      for item in batches[number] {
        let image = transform(try source.image(of: item), item)
        pixels += view.view(of: image, seed: 0, epoch: 0, index: item, view: 0).color().pixels
      }
      return pixels
    }
    var parts: [Tensor] = []
    while let pixels = try loader.next() { parts.append(embeddings(ofPixels: pixels)) }
    return parts.joined(size: model.size)
  }

  /// Embeds texts, in order: `[texts.count, size]`, `float32`, on the processor, of any norm.
  ///
  /// - Throws: `InputError` when the model knows no texts.
  public func embeddings(of texts: [String]) throws -> Tensor {
    guard model.textEncoder != nil else {
      throw InputError("this model embeds images alone", remedy: "train one with 'kindred train clip' to compare with words")
    }
    return stride(from: 0, to: texts.count, by: Self.batchSize).map { start in
      inference { model.texts(Array(texts[start..<min(start + Self.batchSize, texts.count)]), .evaluation) }
    }.joined(size: model.size)
  }

  /// Embeds images that have the model's size already, given as bytes `[N, side, side, 3]`.
  private func embeddings(ofPixels pixels: [UInt8]) -> Tensor {
    inference { model.images(pixels, .evaluation) }
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
