public import Datasets
public import Images
public import Tensors

/// The baseline that needs no model: the pixels of an image brought to a side, as they are.
///
/// Each image becomes side·side·3 numbers from −0.5 to 0.5.
public func pixelEmbeddings(
  of source: any ImageSource, items: [Int]? = nil, side: Int = 32,
  transform: (Image, _ item: Int) -> Image = { image, _ in image }
) throws -> Tensor {
  let items = items ?? Array(0..<source.count)
  return pixelEmbeddings(
    try pixels(items, side: side) { item in transform(try source.image(of: item), item) }.vectors)
}

/// The pixels, of which `pixelEmbeddings(_:)` makes embeddings, of those items that can be decoded.
///
/// - Returns: The items that are left, and their pixels `[items.count, side·side·3]`, `uint8`.
/// - Throws: `InputError` when more items are broken than may be.
public func pixels(
  of source: any ImageSource, items: [Int], leavingOut broken: BrokenItems, side: Int = 32,
  transform: (Image, _ item: Int) -> Image = { image, _ in image }
) throws -> (items: [Int], vectors: Tensor) {
  try pixels(items, side: side) { item in
    try broken.skipping(item) { transform(try source.image(of: item), item) }
  }
}

/// Pixels as numbers from −0.5 to 0.5, `float32`.
public func pixelEmbeddings(_ pixels: Tensor) -> Tensor { pixels.to(.float32) / 255.0 - 0.5 }

private func pixels(
  _ items: [Int], side: Int, image: (_ item: Int) throws -> Image?
) throws -> (items: [Int], vectors: Tensor) {
  let view = ViewRecipe.evaluation(size: side)
  var (kept, pixels): ([Int], [UInt8]) = ([], [])
  pixels.reserveCapacity(items.count * side * side * 3)
  for item in items {
    guard let image = try image(item) else { continue }
    kept.append(item)
    pixels += view.view(of: image, seed: 0, epoch: 0, index: item, view: 0).color().pixels
  }
  return (kept, Tensor(pixels, shape: [kept.count, side * side * 3]))
}
