import Basics
import Images
import Tensors
import Testing

@testable import Datasets

@Suite struct ArraySourceTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func save(_ values: [Float], _ shape: [Int], _ type: DataType = .uint8, as name: String) throws {
    try NumPyFile.write(Tensor(values, shape: shape).to(type), to: "\(folder.path)/\(name)")
  }

  private func open(_ name: String) throws -> ArraySource {
    try #require(try Sources.open("\(folder.path)/\(name)") as? ArraySource)
  }

  private func problem(_ name: String) -> String? {
    #expect(throws: InputError.self) { try open(name) }?.description.replacing(folder.path + "/", with: "")
  }

  @Test func readsEveryOrderOfChannels() throws {
    // Value: image · 100 + row · 10 + column · 3 + channel.
    func level(_ n: Int, _ y: Int, _ x: Int, _ c: Int) -> Float { Float(n * 100 + y * 10 + x * 3 + c) }
    var (last, first, gray): ([Float], [Float], [Float]) = ([], [], [])
    for n in 0..<2 {
      for y in 0..<2 { for x in 0..<4 { for c in 0..<3 { last.append(level(n, y, x, c)) } } }
      for c in 0..<3 { for y in 0..<2 { for x in 0..<4 { first.append(level(n, y, x, c)) } } }
      for y in 0..<2 { for x in 0..<4 { gray.append(level(n, y, x, 0)) } }
    }
    try save(last, [2, 2, 4, 3], as: "last.npy")
    try save(first, [2, 3, 2, 4], as: "first.npy")
    try save(gray, [2, 2, 4], as: "gray.npy")
    let expected = Image(width: 4, height: 2, pixels: last[24...].map { UInt8($0) })
    for name in ["last.npy", "first.npy"] { #expect(try open(name).image(of: 1) == expected) }
    #expect(
      try open("gray.npy").image(of: 1) == Image(width: 4, height: 2, channels: 1, pixels: gray[8...].map { UInt8($0) })
    )
    #expect(try open("gray.npy").title(of: 1) == "gray #1")
    #expect(try open("gray.npy").labelings.isEmpty)
  }

  @Test(arguments: [DataType.float16, .float32, .float64]) func readsFloatingPoint(type: DataType) throws {
    try save([0, 0.5, 0.25, 1], [2, 1, 2], type, as: "unit.npy")
    try save([0, 128, 2, 255], [2, 1, 2], type, as: "levels.npy")
    #expect(try open("unit.npy").image(of: 0).pixels == [0, 128])
    #expect(try open("unit.npy").image(of: 1).pixels == [64, 255])
    #expect(try open("levels.npy").image(of: 1).pixels == [2, 255])
  }

  @Test func readsHalfPrecision() {
    #expect(Float(half: 0x3C00) == 1 && Float(half: 0xC000) == -2 && Float(half: 0x0001) == 0x1p-24)
    #expect(Float(half: 0x7BFF) == 65504 && Float(half: 0x7C00) == .infinity && Float(half: 0x7E00).isNaN)
  }

  @Test func findsLabelsAndParts() throws {
    try save([1, 2, 3], [3, 1, 1], as: "x_train.npy")
    try save([7, 5, 7], [3], .int64, as: "y_train.npy")
    try save([4], [1, 1, 1], as: "x_test.npy")
    try save([5], [1, 1], .int32, as: "y_test.npy")
    let source = try open("")
    #expect(source.count == 4)
    let titles = (0..<4).map(source.title)
    #expect(titles == ["x_test #0", "x_train #0", "x_train #1", "x_train #2"])
    #expect(source.labelings == [Labeling(name: "class", classes: ["5", "7"], labels: [0, 1, 0, 1])])
    #expect(source.split == Split(train: [1, 2, 3], test: [0]))
    #expect(source.notes.last == "x_train: 3 images, labels in y_train")
    // One array takes the labels beside it.
    #expect(try open("x_train.npy").labelings[0].labels == [1, 0, 1])
  }

  @Test func readsPackedArrays() throws {
    try save([1, 2, 3], [3, 1, 1], as: "a.npy")
    try save([0, 1, 1], [3, 1], as: "b.npy")
    let (images, labels) = (try Files.bytes(of: "\(folder.path)/a.npy"), try Files.bytes(of: "\(folder.path)/b.npy"))
    var zip = ZipFile()
    zip.add("train_images.npy", images)
    zip.add("train_labels.npy", labels, packed: try ZipFile.deflated(labels))
    zip.add("val_images.npy", images, packed: try ZipFile.deflated(images))
    zip.add("val_labels.npy", labels)
    try folder.write("set.npz", zip.ended())
    let source = try open("set.npz")
    #expect(try (0..<6).map { try source.image(of: $0).pixels[0] } == [1, 2, 3, 1, 2, 3])
    #expect(source.labelings[0].labels == [0, 1, 1, 0, 1, 1])
    #expect(source.split == Split(train: [0, 1, 2], test: [3, 4, 5]))
  }

  @Test func saysWhatIsWrong() throws {
    try save([1, 2], [2], as: "flat.npy")
    #expect(
      problem("flat.npy")
        == "flat.npy: has the shape [2], which is none of images; save [N, H, W], [N, H, W, 3] or [N, 3, H, W]")
    try save([1, 2], [1, 1, 2], .int64, as: "long.npy")
    #expect(problem("long.npy")?.contains("holds images of int64") == true)
    try save([-1, 2], [1, 1, 2], .float32, as: "normal.npy")
    #expect(problem("normal.npy")?.contains("has values from -1.0 to 2.0") == true)
    try save([1, 2], [2, 1, 1], as: "x.npy")
    try save([1, 2, 3], [3], as: "y.npy")
    #expect(problem("x.npy") == "y.npy: has the shape [3], where 2 images have [2] labels; check which array is which")
    let bytes = try Files.bytes(of: "\(folder.path)/x.npy")
    try folder.write("cut.npy", Array(bytes.dropLast(1)))
    #expect(problem("cut.npy")?.contains("the file is truncated or damaged") == true)
    // A value that is no level, far from the sample.
    var values = [Float](repeating: 0.5, count: 1000)
    values[997] = .nan
    try save(values, [1000, 1, 1], .float32, as: "nan.npy")
    let source = try open("nan.npy")
    let broken = #expect(throws: InputError.self) { try source.image(of: 997) }
    #expect(broken?.problem == "has values that are no levels from 0 to 1")
  }
}
