import Basics
import TestSupport
import Testing

@testable import Kindred

/// How far augmentations move embeddings, from the library and from the command.
@Suite struct InvarianceTests {
  private func context(_ source: any ImageSource) -> ImageContext {
    let encoder = ImageEncoderRecipe.small(SmallConvNet.Recipe())
    let recipe = EmbeddingModelRecipe(imageEncoder: encoder, preprocessing: .unit(side: 32))
    return ImageContext(model: TrainedModel(untrained: recipe, seed: 1), source: source)
  }

  /// The row of mirror images against plain loops over their pixels, and the model, which is the untrained one here.
  @Test func figuresAreThoseOfPlainLoops() throws {
    let source = ToySource(12, test: 6, side: 32)
    let table = try InvarianceMeasurement().measure(context(source)).table
    #expect(table.columns == ["model", "raw pixels", "untrained"])
    #expect(
      table.rows.map(\.name) == [
        "crop", "mirror", "colours", "gray", "blur", "right angles", "cutout", "noise", "edges", "all of simclr",
        "1 is a cosine distance of",
      ])
    for row in table.rows {
      #expect(row.values[0] == row.values[2])
      for value in row.values { #expect(try #require(value) > 0, "\(row.name)") }
    }

    func vector(_ image: Image) -> [Double] { image.pixels.map { Double($0) / 255 - 0.5 } }
    func distance(_ x: [Double], _ y: [Double]) -> Double {
      func product(_ x: [Double], _ y: [Double]) -> Double { zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } }
      return 1 - product(x, y) / (product(x, x) * product(y, y)).squareRoot()
    }
    let images = try (6..<12).map { try source.image(of: $0) }
    let moved = images.reduce(0) { $0 + distance(vector($1), vector($1.flipped(.horizontal))) } / 6
    var apart = 0.0
    for (i, a) in images.enumerated() {
      for (j, b) in images.enumerated() where i != j { apart += distance(vector(a), vector(b)) / 30 }
    }
    #expect(abs(try #require(table.rows[1].values[1]) - moved / apart) < 1e-5)
    #expect(abs(try #require(table.rows.last?.values[1]) - apart) < 1e-5)
    let interval = try #require(table.rows[1].intervals?[1])
    #expect(interval[0] < moved / apart && moved / apart < interval[1])
  }

  /// A share of the items, evenly; the seed alone decides the changes.
  @Test func itemsAndSeedsCanBeChosen() throws {
    let source = ToySource(30, test: 20, side: 8)
    func table(_ count: Int, _ seed: UInt64) throws -> Table {
      try InvarianceMeasurement(count: count, seed: seed).measure(context(source)).table
    }
    let first = try table(7, 1)
    #expect(first.title.hasSuffix("; 7 items kept for measuring"))
    #expect(try table(7, 1) == first)
    let second = try table(7, 2)
    #expect(second.rows[1] == first.rows[1], "mirroring is no chance")
    #expect(second.rows[0] != first.rows[0])
  }

  @Test func oneItemIsNotEnough() {
    let error = #expect(throws: InputError.self) {
      _ = try InvarianceMeasurement().measure(context(ToySource(8, test: 1)))
    }
    #expect(
      error?.description == "toys: has one item kept for measuring, and distances between images take two; "
        + "keep more of them in a folder called test")
  }

  @Test func theCommandPrintsFiguresAndDrawsBars() throws {
    try withTemporaryFolder { folder in
      try writeImages(8, to: "\(folder)/photos/train")
      try writeImages(4, to: "\(folder)/photos/test")
      try Files.write("\(folder)/photos/test/b.png", bytes: Files.bytes(of: "\(folder)/photos/test/b.png").prefix(60))
      let train = ["train", "simclr", "photos", "--run", "run", "--epochs", "1"] + smallRun
      #expect(try startKindred(train, in: folder).wait() == .exited(0))
      let (ending, run) = try kindred("evaluate", "invariance", "run", "photos", "-o", "bars.png", in: folder)
      #expect(ending == .exited(0), "\(run.errors)")
      #expect(run.errors.contains("left out 1 broken item:\n  photos/test/b.png: "))
      #expect(run.errors.contains("wrote bars.png\n"))
      #expect(run.output.contains("3 items kept for measuring"))
      let lines = run.output.split(separator: "\n")
      #expect(lines.count == 13)
      #expect(lines[3].hasPrefix("mirror ") && lines[3].contains("±"))
      #expect(try Image(contentsOf: "\(folder)/bars.png").width > 600)
      let (asJSON, json) = try kindred("evaluate", "invariance", "run", "photos", "--json", in: folder)
      #expect(asJSON == .exited(0) && json.output.contains("\"intervals\""))
      let (refused, wrong) = try kindred("evaluate", "invariance", "run", "photos", "-o", "bars.jpg", in: folder)
      #expect(refused == .exited(1))
      #expect(wrong.lastError == "kindred: bars.jpg: is no name for what is written; name a file that ends in .png")
    }
  }
}
