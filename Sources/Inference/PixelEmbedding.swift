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
  let view = ViewRecipe.evaluation(size: side)
  var pixels: [UInt8] = []
  pixels.reserveCapacity(items.count * side * side * 3)
  for item in items {
    let image = transform(try source.image(of: item), item)
    pixels += view.view(of: image, seed: 0, epoch: 0, index: item, view: 0).color().pixels
  }
  return Tensor(pixels, shape: [items.count, side * side * 3]).to(.float32) / 255.0 - 0.5
}
