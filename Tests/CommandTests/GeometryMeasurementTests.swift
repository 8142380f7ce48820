import Basics
import TestSupport
import Testing

@testable import Kindred

@Suite struct GeometryMeasurementTests {
  private static func unit(_ rows: [[Double]]) -> [[Double]] {
    rows.map { row in
      let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return row.map { $0 / length }
    }
  }

  private static func squared(_ x: [Double], _ y: [Double]) -> Double {
    zip(x, y).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  }

  private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  /// The row of raw pixels against plain loops; the model is the untrained one here.
  @Test func figuresAreThoseOfPlainLoops() throws {
    let source = ToySource(16, test: 10, side: 16)
    let recipe = EmbeddingModelRecipe(
      imageEncoder: .small(SmallConvNet.Recipe()), preprocessing: .unit(side: 32))
    let context = ImageContext(model: TrainedModel(untrained: recipe, seed: 1), source: source)
    let table = try GeometryMeasurement(seed: 4).measure(context)
    #expect(table.rows.map(\.name) == ["model", "raw pixels", "untrained", "collapsed to a point"])
    #expect(table.columns == ["alignment", "of classes", "uniformity", "at least", "rank", "at most", "spread"])
    #expect(table.rows[0].values == table.rows[2].values)

    func pixels(_ image: Image) -> [Double] {
      image.resized(to: ImageSize(square: 32)).color().pixels.map { Double($0) / 255 - 0.5 }
    }
    let items = Array(6..<16)
    let z = Self.unit(try items.map { pixels(try source.image(of: $0)) })
    let views = try (0..<2).map { view in
      Self.unit(
        try items.map { item in
          pixels(
            ViewRecipe.simCLRLarge(size: 32).view(
              of: try source.image(of: item), seed: 4, epoch: 0, index: item, view: view))
        })
    }
    let values = table.rows[1].values
    let alignment = Self.mean(zip(views[0], views[1]).map(Self.squared))
    #expect(abs(try #require(values[0]) - alignment) < 1e-4)
    let pairs = z.indices.flatMap { i in z.indices.filter { $0 != i }.map { (i, $0) } }
    let classes = Self.mean(pairs.filter { ($0.0 - $0.1) % 2 == 0 }.map { Self.squared(z[$0.0], z[$0.1]) })
    #expect(abs(try #require(values[1]) - classes) < 1e-4)
    let uniformity = Double.log(Self.mean(pairs.map { Double.exp(-2 * Self.squared(z[$0.0], z[$0.1])) }))
    #expect(abs(try #require(values[2]) - uniformity) < 1e-4)
    #expect(values[5] == 10)
    let rank = try #require(values[4])
    #expect(1 < rank && rank <= 10)
    let deviations = z[0].indices.map { d in
      let column = z.map { $0[d] }
      let mean = Self.mean(column)
      return Self.mean(column.map { ($0 - mean) * ($0 - mean) }).squareRoot()
    }
    #expect(abs(try #require(values[6]) - Self.mean(deviations) * 3072.0.squareRoot()) < 1e-4)
  }

  @Test func arraysAndPairsAreMeasured() throws {
    try withTemporaryFolder { folder in
      // Axes and what is opposite to them: a pair of each class, whose sides are 2 apart.
      let axes = Tensor.identity(6)
      try NumPyFile.write(axes, to: "\(folder)/a.npy")
      try NumPyFile.write(axes * -3, to: "\(folder)/b.npy")
      try Files.write("\(folder)/y.txt", text: "p\np\nq\nq\n\nr\n")
      let (ending, run) = try kindred(
        "evaluate", "geometry", "--embeddings", "a.npy", "--partners", "b.npy", "--labels", "y.txt", "--json",
        in: folder)
      #expect(ending == .exited(0), "\(run.errors)")
      let pairs = try GeometryMeasurement().measure(
        EmbeddingPairs("\(folder)/a.npy", "\(folder)/b.npy", labels: "\(folder)/y.txt"))
      #expect(pairs.rows.map(\.name) == ["embeddings", "partners", "collapsed to a point"])
      for row in pairs.rows.prefix(2) {
        let values = try row.values.map { try #require($0) }
        // Two axes are √2 apart; each coordinate is 1 in a sixth of the rows.
        let expected = [4, 2, -4, Geometry.leastUniformity(dimensions: 6), 6, 6, (5.0 / 6).squareRoot()]
        for (value, known) in zip(values, expected) { #expect(abs(value - known) < 1e-5, "\(row)") }
      }
      let rows = try GeometryMeasurement().measure(EmbeddingSource(.init("\(folder)/a.npy")))
      #expect(rows.rows[0].values[0] == nil && rows.rows[0].values[1] == nil)
      #expect(rows.rows[0].values[4] == pairs.rows[0].values[4])
    }
  }

  @Test func oneRowIsNotEnough() throws {
    try withTemporaryFolder { folder in
      try NumPyFile.write(Tensor.ones([1, 3]), to: "\(folder)/x.npy")
      let (ending, run) = try kindred("evaluate", "geometry", "--embeddings", "x.npy", in: folder)
      #expect(ending == .exited(1))
      #expect(
        run.lastError == "kindred: x.npy: has one item kept for measuring, and how items spread takes two; "
          + "measure on more of them")
    }
  }
}
