extension ImageFile {
  /// Makes views of the file's image, decoding no more than they show.
  ///
  /// Where a recipe begins with a crop, only the pixels that reach into it are decoded, once for all views that can share
  /// them. A JPEG comes at the smallest of its size, a half, a quarter and an eighth at which the crop still has 5/4 of
  /// the view's columns and rows. At full size the view has the very pixels of one from the whole image; at less they
  /// differ, since blocks are averaged before the filter instead of by it: on photographs at 32 and 64 pixels by 1.3
  /// levels in the mean and by 5 at most in the mean of a single view (1.6 and 7 without the quarter more). A view depends
  /// on its own parameters only, not on those beside it.
  ///
  /// - Parameter wanted: Recipes, and for each the parameters that it chose for an image of the file's size.
  /// - Throws: `InputError` when what must be read is damaged or cut short.
  public func views(_ wanted: [(recipe: ViewRecipe, parameters: ViewParameters)]) throws -> [Image] {
    let plans = wanted.map { ViewPlan($0.recipe, $0.parameters, of: header) }
    var parts: [Int: ImagePart] = [:]
    for (divisor, plans) in Dictionary(grouping: plans, by: \.divisor) {
      let window = plans.dropFirst().reduce(plans[0].source) { $0.union($1.source) }
      parts[divisor] = ImagePart(window: window, pixels: try part(window, dividedBy: divisor))
    }
    return plans.map { $0.view(of: parts[$0.divisor]!) }
  }
}

/// How a view is made of a part of an image file.
private struct ViewPlan {
  let recipe: ViewRecipe
  let parameters: ViewParameters
  /// What the image's size is divided by.
  let divisor: Int
  /// The pixels at that size which the view needs.
  let source: PixelWindow
  /// The crop, and how many steps are done with it; nil where the whole image is needed.
  private let opening: (crop: Resampling, steps: Int)?

  init(_ recipe: ViewRecipe, _ parameters: ViewParameters, of header: ImageHeader) {
    self.recipe = recipe
    self.parameters = parameters
    guard let opening = ViewOpening(recipe, parameters) else {
      (divisor, source, self.opening) = (1, PixelWindow(header.size), nil)
      return
    }
    let box = opening.crop.box
    precondition(box.fits(header.size), "\(box) does not lie within \(header.size)")
    divisor = header.divisors.first { opening.crop.isEnough(at: $0) } ?? 1
    let resampling = opening.resampling(header.box(box, dividedBy: divisor), of: header.size.divided(by: divisor))
    source = resampling.source
    self.opening = (resampling, opening.steps)
  }

  func view(of part: ImagePart) -> Image {
    guard let opening else { return recipe.apply(parameters, to: part.pixels) }
    return recipe.applyRest(of: parameters, from: opening.steps, to: opening.crop.apply(to: part))
  }
}

extension Crop {
  /// Whether the box has enough columns and rows for the output in an image at a fraction of its size.
  fileprivate func isEnough(at divisor: Int) -> Bool {
    box.width * 4 >= Double(output.width * divisor * 5) && box.height * 4 >= Double(output.height * divisor * 5)
  }
}

extension ImageHeader {
  /// Where a box of the upright image lies in the image at a fraction of its size.
  fileprivate func box(_ box: ImageBox, dividedBy divisor: Int) -> ImageBox {
    guard divisor > 1 else { return box }
    let (smaller, changes) = (size.divided(by: divisor), orientation.changes)
    /// A side that the divisor does not divide ends with a pixel that is filled in part only, as it is stored; mirrored, it
    /// begins with it.
    func along(_ start: Double, _ length: Double, _ side: Int, _ smaller: Int, mirrored: Bool) -> (Double, Double) {
      let missing = mirrored ? Double(smaller) - Double(side) / Double(divisor) : 0
      // Rounding must not lead out of the image.
      let first = min(max(start / Double(divisor) + missing, 0), Double(smaller))
      return (first, min(length / Double(divisor), Double(smaller) - first))
    }
    let (x, width) = along(box.x, box.width, size.width, smaller.width, mirrored: changes.mirrorsLeftToRight)
    let (y, height) = along(box.y, box.height, size.height, smaller.height, mirrored: changes.mirrorsTopToBottom)
    return ImageBox(x: x, y: y, width: width, height: height)
  }
}
