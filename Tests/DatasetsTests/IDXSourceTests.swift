import Basics
import Datasets
import Images
import Testing

@Suite struct IDXSourceTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  static func idx(_ shape: [Int], _ values: [UInt8]) -> [UInt8] {
    let header: [UInt8] = [0, 0, 8, UInt8(shape.count)]
    let sizes = shape.flatMap { size in [24, 16, 8, 0].map { UInt8(size >> $0 & 255) } }
    return header + sizes + values
  }

  @Test func readsPairsOfFiles() throws {
    try folder.write("train-images-idx3-ubyte", Self.idx([3, 2, 4], (0..<24).map { $0 }))
    try folder.write("train-labels-idx1-ubyte", Self.idx([3], [2, 0, 1]))
    try folder.write("t10k-images-idx3-ubyte", Self.idx([1, 2, 4], (100..<108).map { $0 }))
    try folder.write("t10k-labels-idx1-ubyte", Self.idx([1], [2]))
    let source = try IDXSource(folder.path)
    #expect(source.count == 4)
    #expect(source.split == Split(train: [0, 1, 2], test: [3]))
    #expect(source.labelings == [Labeling(name: "class", classes: ["0", "1", "2"], labels: [2, 0, 1, 2])])
    #expect(try source.image(of: 1) == Image(width: 4, height: 2, channels: 1, pixels: (8..<16).map { $0 }))
    #expect(try source.image(of: 3).pixels == (100..<108).map { $0 })
    #expect(source.title(of: 3) == "t10k-images-idx3-ubyte #0")
  }

  @Test func dividesASingleFile() throws {
    try folder.write("train-images.idx3-ubyte", Self.idx([20, 1, 1], (0..<20).map { $0 }))
    try folder.write("train-labels.idx1-ubyte", Self.idx([20], (0..<20).map { $0 % 2 }))
    let source = try IDXSource("\(folder.path)/train-images.idx3-ubyte")
    #expect(source.split.train.count == 18)
    #expect(source.split.test.map { $0 % 2 }.sorted() == [0, 1])
  }

  @Test func labelsMayBeMissing() throws {
    try folder.write("train-images-idx3-ubyte", Self.idx([2, 1, 1], [5, 6]))
    #expect(try IDXSource(folder.path).labelings.isEmpty)
  }

  @Test func saysWhatIsWrong() throws {
    let images = "train-images-idx3-ubyte"
    try folder.write(images, Self.idx([3, 2, 4], [1, 2]))
    var error = #expect(throws: InputError.self) { try IDXSource(folder.path) }
    #expect(error?.problem == "has 2 values, where its dimensions [3, 2, 4] call for 24")
    try folder.write(images, Self.idx([1 << 30, 1 << 30, 1 << 30], []))
    #expect(throws: InputError.self) { try IDXSource(folder.path) }
    try folder.write(images, Self.idx([24], Array(repeating: 0, count: 24)))
    error = #expect(throws: InputError.self) { try IDXSource(folder.path) }
    #expect(error?.problem == "has 1 dimensions, not 3")
    try folder.write(images, [1, 2])
    error = #expect(throws: InputError.self) { try IDXSource(folder.path) }
    #expect(error?.problem == "is not an IDX file of bytes")
    try folder.write(images, Self.idx([1, 1, 2], [1, 2]))
    try folder.write("train-labels-idx1-ubyte", Self.idx([2], [1, 2]))
    error = #expect(throws: InputError.self) { try IDXSource(folder.path) }
    #expect(error?.problem == "has 2 labels for 1 images")
  }

  @Test(.enabled(if: SharedData.has("mnist"), "needs ../shared/data/mnist"))
  func readsMNIST() throws {
    let source = try #require(try Sources.open("\(SharedData.path)/mnist") as? IDXSource)
    #expect(source.count == 70000)
    #expect(source.split.train.count == 60000 && source.split.test.count == 10000)
    #expect(source.labelings[0].classes == (0...9).map { String($0) })
    // The first training image is a five, the first test image a seven: known from the paper's files.
    #expect(source.labelings[0].labels[0] == 5 && source.labelings[0].labels[60000] == 7)
    let image = try source.image(of: 0)
    #expect([image.width, image.height, image.channels] == [28, 28, 1])
    #expect(image.pixels.contains { $0 > 250 } && image.pixels[0] == 0)
  }

  @Test(.enabled(if: SharedData.has("fashion-mnist"), "needs ../shared/data/fashion-mnist"))
  func knowsFashionMNIST() throws {
    let labels = try IDXSource("\(SharedData.path)/fashion-mnist/t10k-images-idx3-ubyte.gz").labelings[0]
    #expect(labels.classes[labels.labels[0]!] == "ankle boot")
  }
}
