import Basics
import Datasets
import Images
import Testing

@Suite struct CIFARSourceTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A record whose red, green and blue planes begin with the three numbers given and are 0 elsewhere.
  static func record(_ labels: [UInt8], _ red: UInt8, _ green: UInt8, _ blue: UInt8) -> [UInt8] {
    let rest = [UInt8](repeating: 0, count: 1023)
    return labels + [red] + rest + [green] + rest + [blue] + rest
  }

  @Test func readsCIFAR10() throws {
    try folder.write("cifar-10-batches-bin/data_batch_1.bin", Self.record([3], 1, 2, 3) + Self.record([0], 4, 5, 6))
    try folder.write("cifar-10-batches-bin/data_batch_2.bin", Self.record([9], 7, 8, 9))
    try folder.write("cifar-10-batches-bin/test_batch.bin", Self.record([1], 10, 11, 12))
    let source = try CIFARSource(folder.path)
    #expect(source.count == 4)
    #expect(source.split == Split(train: [0, 1, 2], test: [3]))
    #expect(source.labelings.map(\.name) == ["class"])
    #expect(
      source.labelings[0].labels.map { source.labelings[0].classes[$0!] } == ["cat", "airplane", "truck", "automobile"])
    let beginnings = try (0..<4).map { Array(try source.image(of: $0).pixels[0..<4]) }
    #expect(beginnings == [[1, 2, 3, 0], [4, 5, 6, 0], [7, 8, 9, 0], [10, 11, 12, 0]])
    #expect(source.title(of: 2) == "data_batch_2.bin #0")
  }

  @Test func readsCIFAR100() throws {
    try folder.write("train.bin", Self.record([4, 0], 1, 2, 3) + Self.record([18, 8], 1, 2, 3))
    try folder.write("test.bin", Self.record([19, 99], 1, 2, 3))
    let source = try CIFARSource(folder.path)
    #expect(source.labelings.map(\.name) == ["class", "superclass"])
    #expect(source.labelings.map(\.classes.count) == [100, 20])
    #expect(source.labelings[0].labels == [0, 8, 99])
    #expect(
      source.labelings[1].labels.map { source.labelings[1].classes[$0!] } == [
        "fruit and vegetables", "vehicles 1", "vehicles 2",
      ])
    #expect(source.labelings[0].classes[8] == "bicycle")
    #expect(Set(source.labelings[0].classes).count == 100)
    #expect(source.labelings[0].classes == source.labelings[0].classes.sorted())
  }

  @Test func saysWhatIsWrong() throws {
    try folder.write("test.bin", Self.record([3], 1, 2, 3) + [1, 2])
    var error = #expect(throws: InputError.self) { try CIFARSource(folder.path) }
    #expect(error?.problem == "has 3075 bytes that are no records of CIFAR-10 (3073 bytes each) or CIFAR-100 (3074)")
    try folder.write("test.bin", Self.record([3], 1, 2, 3))
    try folder.write("train.bin", Self.record([3, 4], 1, 2, 3))
    error = #expect(throws: InputError.self) { try CIFARSource(folder.path) }
    #expect(error?.problem == "is of CIFAR-10, other than the files beside it")
  }

  @Test(.enabled(if: SharedData.has("cifar10"), "needs ../shared/data/cifar10"))
  func readsRealRecords() throws {
    let path = "\(SharedData.path)/cifar10/cifar10_test_sample500_lossless.bin.gz"
    let source = try #require(try Sources.open(path) as? CIFARSource)
    #expect(source.count == 500)
    for label in 0..<10 { #expect(source.labelings[0].labels.filter { $0 == label }.count == 50) }
    // A tenth of each class.
    #expect(source.split.test.count == 50)
    #expect(Set(source.split.test.map { source.labelings[0].labels[$0]! }).count == 10)
    // In a photo, neighbours are alike: were planes taken for pixels, they would not be.
    let pixels = try source.image(of: 7).pixels.map(Int.init)
    let steps = (3..<pixels.count).map { abs(pixels[$0] - pixels[$0 - 3]) }.reduce(0, +)
    let wrong = (64..<pixels.count).map { abs(pixels[$0] - pixels[$0 - 64]) }.reduce(0, +)
    #expect(steps < wrong)
  }
}
