import Basics
import Images
import Testing

/// Views made of a file's parts, against views made of the whole image.
@Suite struct FileViewTests {
  static let photo = gradient(150, 110)
  static let recipes: [ViewRecipe] = [
    .simCLR(size: 96), .simCLR(size: 32), .moCoV2(size: 96), .evaluation(size: 96), .evaluation(size: 8),
    ViewRecipe(
      name: "mirrored first", size: ImageSize(square: 32),
      steps: [RandomFlip(probability: 1), RandomResizedCrop()]),
    ViewRecipe(name: "whole", size: ImageSize(square: 32), steps: [RandomGrayscale(probability: 1)]),
  ]

  /// Boxes of less than 2.5 times the view's side are decoded at full size.
  @Test(arguments: [60, 95]) func atFullSizeTheyAreTheSame(quality: Int) throws {
    let bytes = Self.photo.jpeg(quality: quality)
    let (file, image) = (try ImageFile(bytes, named: "photo"), try Image(decoding: bytes, named: "photo"))
    for recipe in Self.recipes
    where recipe.size.width == 96 || recipe.name == "whole" || recipe.name == "mirrored first" {
      for index in 0..<6 {
        let choices = (0..<2).map { recipe.parameters(for: file.size, seed: 1, epoch: 0, index: index, view: $0) }
        let views = try file.views(choices.map { (recipe, $0) })
        #expect(views == choices.map { recipe.apply($0, to: image) }, "\(recipe.name)")
        #expect(try Picture.pixels(image).views(choices.map { (recipe, $0) }) == views)
      }
    }
  }

  /// Every orientation, so that a box that is turned or shifted the wrong way shows.
  @Test(arguments: Orientation.allCases) func atAFractionTheyAreClose(_ orientation: Orientation) throws {
    let recipe = ViewRecipe(name: "crop", size: ImageSize(square: 12), steps: [RandomResizedCrop(area: 0.3...1)])
    // 157 and 115 are odd multiples of nothing: the last blocks are filled in part only.
    let bytes = try withOrientation(orientation, of: ramps(157, 115).jpeg(quality: 95))
    let (file, image) = (try ImageFile(bytes, named: "photo"), try Image(decoding: bytes, named: "photo"))
    try #require(file.size == image.size)
    for index in 0..<8 {
      let choice = recipe.parameters(for: file.size, seed: 2, epoch: 0, index: index, view: 0)
      let (found, expected) = (try file.views([(recipe, choice)])[0], recipe.apply(choice, to: image))
      #expect(Difference(found, expected).mean < 1.2, "\(choice)")
      // A box off by a pixel to a side moves the mean of one of the channels by 255/157, which is 1.6, or more.
      for channel in 0..<3 {
        let sums = zip(found.pixels, expected.pixels).enumerated().filter { $0.offset % 3 == channel }
          .map { Double($0.element.0) - Double($0.element.1) }
        #expect(abs(sums.reduce(0, +) / 144) < 0.8, "\(choice), channel \(channel)")
      }
    }
  }

  /// Views that need other sizes or windows beside them are the same as alone.
  @Test func aViewDoesNotDependOnThoseBesideIt() throws {
    let file = try ImageFile(Self.photo.jpeg(quality: 85), named: "photo")
    let wanted = Self.recipes.enumerated().map { index, recipe in
      (recipe: recipe, parameters: recipe.parameters(for: file.size, seed: 3, epoch: 0, index: index, view: 0))
    }
    #expect(try file.views(wanted) == wanted.map { try file.views([$0])[0] })
  }

  @Test func damageWithinAWindowIsAnError() throws {
    let bytes = Self.photo.jpeg(quality: 85)
    let broken = Array(bytes[..<(bytes.count / 2)])
    let file = try ImageFile(broken, named: "photos/broken.jpg")
    let recipe = ViewRecipe.simCLR(size: 32)
    let choice = recipe.parameters(for: file.size, seed: 1, epoch: 0, index: 0, view: 0)
    let error = #expect(throws: InputError.self) { try file.views([(recipe, choice)]) }
    #expect(error?.place == "photos/broken.jpg")
  }

  /// Colours that change evenly, so that the blocks' averages are nothing but what the filter would give.
  private func ramps(_ width: Int, _ height: Int) -> Image {
    let pixels = (0..<width * height).flatMap { i -> [UInt8] in
      let (x, y) = (255 * (i % width) / (width - 1), 255 * (i / width) / (height - 1))
      return [UInt8(x), UInt8(y), UInt8(255 - (x + y) / 2)]
    }
    return Image(width: width, height: height, pixels: pixels)
  }

  /// The file with an Exif segment behind its first marker.
  private func withOrientation(_ orientation: Orientation, of jpeg: [UInt8]) throws -> [UInt8] {
    let directory: [UInt8] = [0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, UInt8(orientation.rawValue), 0, 0, 0, 0, 0, 0]
    let exif = Array("Exif\0\0MM".utf8) + [0, 42, 0, 0, 0, 8] + directory
    return Array(jpeg[..<2]) + [0xFF, 0xE1, 0, UInt8(exif.count + 2)] + exif + jpeg[2...]
  }
}
