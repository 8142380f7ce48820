import Datasets
import Images
import Models
import Tensors

/// Our side of the benchmark: batches of two views as training gets them, from files that are decoded each time.
struct Views {
  /// What lightly's `SimCLRTransform` does, with its defaults; `Benchmarks/images.py` has the same settings.
  static let large = recipe(size: 224, strength: 1, blur: true)
  /// As in lightly's examples for CIFAR-10.
  static let small = recipe(size: 32, strength: 0.5, blur: false)

  private static func recipe(size: Int, strength: Double, blur: Bool) -> ViewRecipe {
    var steps: [any Augmentation] = [
      RandomResizedCrop(area: 0.08...1), RandomFlip(.horizontal),
      ColorJitter(
        probability: 0.8, brightness: 0.8 * strength, contrast: 0.8 * strength, saturation: 0.8 * strength,
        hue: 0.2 * strength),
      RandomGrayscale(probability: 0.2),
    ]
    if blur { steps.append(RandomBlur(probability: 0.5, sigma: 0.1...2, method: .boxes)) }
    return ViewRecipe(name: "lightly", size: ImageSize(square: size), steps: steps)
  }

  let source: any ImageSource
  let recipe: ViewRecipe
  private let preprocessing: Preprocessing

  init(_ source: any ImageSource, _ recipe: ViewRecipe) {
    self.source = source
    self.recipe = recipe
    preprocessing = Preprocessing(
      side: recipe.size.width, mean: Preprocessing.imageNetMean, deviation: Preprocessing.imageNetDeviation)
  }

  /// Makes a batch of two views of items, the choices of which are those of an epoch, and normalises it.
  func batch(_ items: Range<Int>, epoch: Int) throws -> Tensor {
    let maker = BatchMaker(
      source: source, items: Array(items), recipe: BatchRecipe(views: [recipe, recipe]),
      batches: Batches(of: items.count, size: items.count), seed: 1, broken: BrokenItems(among: items.count),
      picture: source.picture)
    let batch = try maker.batch(ofStep: epoch)
    precondition(batch.items.count == items.count, "an image was left out")
    return preprocessing(batch.pixels, on: .cpu)
  }
}
