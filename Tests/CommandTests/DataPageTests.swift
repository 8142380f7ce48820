import Basics
import Images
import Kindred
import Tensors
import TestSupport
import Testing

/// Documentation/Data.md: what it shows runs, and what it says is printed is.
@Suite struct DataPageTests {
  private let page: Page

  init() throws { page = try Page("Documentation/Data.md") }

  /// Every command, in the page's order; a training takes one epoch of a small run.
  @Test func everyCommandRuns() throws {
    try withTemporaryFolder { folder in
      try makeSources(in: folder)
      let lines = page.blocks("sh").joined().split(separator: "\n")
      for line in lines {
        let command = line.prefix { $0 != "#" }.replacing("kindred ", with: "$KINDRED ")
        let few = line.hasPrefix("kindred train") ? " --epochs 1 " + smallRun.joined(separator: " ") : ""
        let (ending, run) = try shell(command + few, in: folder)
        #expect(ending == .exited(0), "\(line): \(run.errors)")
        if line == "kindred data inspect faulty/" {
          let shown = page.indented.drop { !$0.hasPrefix("faulty: ") }
          let printed = run.output.split(separator: "\n").map(String.init)
          #expect(Array(shown.prefix(printed.count)) == printed)
        }
      }
      #expect(lines.count > 30)
      for file in ["views.png", "archived.png", "emoji.png", "photos.json"] {
        #expect(Files.exists("\(folder)/\(file)"))
      }
      // The sources that the commands made are those that the text describes.
      let table = try Sources.open("\(folder)/list.csv.gz")
      #expect(table.split.train.count == 4 && table.labelings[0].classes == ["cat", "dog"])
      #expect(try Sources.open("\(folder)/pairs.jsonl").captions(of: 0).map(\.text) == ["a cat", "a cat on a chair"])
      #expect(try Sources.open("\(folder)/photos.tar.gz").labelings.map(\.classes) == [["cat", "dog"]])
      let shards = try Sources.open("\(folder)/shards")
      #expect(shards.captions(of: 2).map(\.text) == ["cat number 3"] && shards.labelings[0].classes == ["cat"])
    }
  }

  /// Sources of the kinds that the page does not make itself.
  private func makeSources(in folder: String) throws {
    for (kind, seed) in [("cat", 0), ("dog", 100)] {
      try Files.makeFolder("\(folder)/photos/\(kind)")
      for number in 1...12 {
        let file = "\(folder)/photos/\(kind)/\(number).jpg"
        try Files.write(file, bytes: picture(seed + number).jpeg(quality: 90))
      }
    }
    func pixels(_ count: Int) -> [UInt8] { (0..<count).flatMap { picture($0).resized(to: small).gray().pixels } }
    let small = ImageSize(width: 28, height: 28)
    for (part, mnist, count) in [("train", "train", 20), ("test", "t10k", 5)] {
      let digits = (0..<count).map { $0 % 10 }
      try Files.makeFolder("\(folder)/digits")
      try NumPyFile.write(
        Tensor(pixels(count), shape: [count, 28, 28]), to: "\(folder)/digits/x_\(part).npy")
      try NumPyFile.write(Tensor(digits), to: "\(folder)/digits/y_\(part).npy")
      try Files.makeFolder("\(folder)/mnist")
      try Files.write(
        "\(folder)/mnist/\(mnist)-images-idx3-ubyte",
        bytes: [0, 0, 8, 3, 0, 0, 0, UInt8(count), 0, 0, 0, 28, 0, 0, 0, 28] + pixels(count))
      try Files.write(
        "\(folder)/mnist/\(mnist)-labels-idx1-ubyte",
        bytes: [0, 0, 8, 1, 0, 0, 0, UInt8(count)] + digits.map(UInt8.init))
      try Files.makeFolder("\(folder)/cifar-10-batches-bin")
      let name = part == "train" ? "data_batch_1" : "test_batch"
      try Files.write(
        "\(folder)/cifar-10-batches-bin/\(name).bin",
        bytes: digits.flatMap { [UInt8($0)] + [UInt8](repeating: UInt8($0), count: 3072) })
    }
    let (ending, run) = try shell("gzip mnist/*", in: folder)
    #expect(ending == .exited(0), "\(run.errors)")
  }

  /// A pattern of smooth spots, no two numbers alike.
  private func picture(_ number: Int) -> Image {
    var random = RandomStream(seed: 4, number)
    let coarse = Image(width: 6, height: 4, pixels: (0..<72).map { _ in UInt8(random.integer(below: 256)) })
    return coarse.resized(to: ImageSize(width: 96, height: 64))
  }
}
