import Basics
import Kindred
import TestSupport
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Documentation/Augmentations.md: what it shows runs, and what it lists is what there is.
@Suite struct AugmentationPageTests {
  private let page: Page

  init() throws { page = try Page("Documentation/Augmentations.md") }

  /// Every command, in the page's order, on small images called `photos/`; a training takes one epoch of a small run.
  @Test func everyCommandRuns() throws {
    try withTemporaryFolder { folder in
      try writeImages(6, to: "\(folder)/photos", side: 24)
      try Files.write("\(folder)/study.json", bytes: Array(try #require(page.blocks("json").first).utf8))
      let lines = page.blocks("sh").joined().split(separator: "\n")
      for line in lines {
        let command = line.prefix { $0 != "#" }.replacing("kindred ", with: "$KINDRED ")
        let few = line.hasPrefix("kindred train") ? " --epochs 1 " + smallRun.joined(separator: " ") : ""
        let (ending, run) = try shell(command + few, in: folder)
        #expect(ending == .exited(0), "\(line): \(run.errors)")
      }
      #expect(lines.count > 4)
      for file in ["views.png", "study.png", "mine.json"] { #expect(Files.exists("\(folder)/\(file)")) }
    }
  }

  /// The file of one's own is read; a mistake in it gives the line that the page shows.
  @Test func theFileIsARecipe() throws {
    let file = try #require(page.blocks("json").first)
    try withTemporaryFolder { folder in
      let path = "\(folder)/mine.json"
      try Files.write(path, bytes: Array(file.utf8))
      let recipe = try ViewRecipe.read(path)
      #expect(recipe.steps.map(\.kind) == ["crop", "choice"])
      try Files.write(path, bytes: Array(file.replacing("cutout", with: "cutuot").utf8))
      let shown = page.indented.first { $0.hasPrefix("kindred: mine.json: ") }
      let (_, run) = try kindred("data", "recipe", "mine.json", in: folder)
      #expect(run.errors == shown.map { "\($0)\n" })
    }
  }

  /// The table names every recipe, once.
  @Test func everyRecipeIsListed() {
    #expect(page.table("name").map { $0[0] }.sorted() == ViewRecipe.names.map { "`\($0)`" }.sorted())
  }

  /// The table names every augmentation, and each of its settings in its row.
  @Test func everyAugmentationIsListedWithItsSettings() throws {
    let rows = page.table("kind")
    // Other tests, running meanwhile, may register kinds of their own.
    let kinds = Augmentations.kinds.filter { !$0.hasPrefix("test-") }
    #expect(Set(rows.map { $0[0] }) == Set(kinds.map { "`\($0)`" }))
    for row in rows {
      let json = #"{"name":"x","size":8,"steps":[{"kind":"\#(row[0].dropFirst().dropLast())"}]}"#
      guard let recipe = try? JSONDecoder().decode(ViewRecipe.self, from: Data(json.utf8)) else { continue }
      let usual = try JSONDecoder().decode(JSONValue.self, from: JSONEncoder().encode(recipe.steps[0]))
      guard case .object(let settings) = usual else { continue }
      for setting in settings.keys where setting != "kind" {
        #expect(row.joined().contains("`\(setting)`"), "\(row[0]) has a setting \(setting)")
      }
    }
  }

  /// The page's Swift.
  @Test func theSwiftRuns() throws {
    let image = Image(width: 70, height: 66, pixels: (0..<70 * 66 * 3).map { UInt8($0 * 7 % 256) })
    var printed: [String] = []
    func print(_ item: Any) { printed.append("\(item)") }

    let recipe = ViewRecipe(
      name: "mine", size: ImageSize(square: 64),
      steps: [RandomResizedCrop(area: 0.2...1), ColorJitter(brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.1)])

    var stream = RandomStream(seed: 1, 0, 17)
    let query = recipe.sample(for: image.size, using: &stream)
    var key = recipe.sample(for: image.size, using: &stream)
    key.steps[1] = query.steps[1]  // both views have the same colours, and different boxes
    let views = [recipe.apply(query, to: image), recipe.apply(key, to: image)]
    print(query)  // crop 61×58 at 3,4; hue −0.08, brightness ×1.20, …

    let record = try JSONEncoder().encode([query, key])
    let replayed = try JSONDecoder().decode([ViewParameters].self, from: record)
    let same = zip(views, replayed).allSatisfy { $0 == recipe.apply($1, to: image) }  // true

    let pixels = BatchedViews(recipe)([image, image], [query, key], on: .best)  // [2, 3, 64, 64], 0 … 255

    #expect(same)
    #expect(views[0] != views[1])
    #expect(printed.first?.hasPrefix("crop ") == true)
    #expect(pixels.shape == [2, 3, 64, 64])
    #expect(try page.untestedLines(in: #filePath) == [])
  }
}
