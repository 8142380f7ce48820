import Basics
public import Images

/// Gray images and labels in the files of MNIST and those made like it (Fashion-MNIST, KMNIST, EMNIST).
///
/// A folder is looked through for `…images-idx3-ubyte` and its `…labels-idx1-ubyte`, plain or gzipped; files named
/// `t10k` or `test` are for measuring. A single file of images may be given, too; without a part to measure on, a
/// tenth of each class is set aside. All pixels are held in memory, a byte each.
public struct IDXSource: ImageSource {
  /// The path as it was given.
  public let name: String

  /// A checksum of all pixels and labels.
  public let identity: String

  /// `class`, where there are files of labels.
  public let labelings: [Labeling]

  /// The training files and the test files, or a tenth of each class to measure on.
  public let split: Split

  /// A file of images, and the number of its first item.
  private struct Part {
    var title: String
    var images: IDXFile
    var start: Int
  }

  private let parts: [Part]

  /// Reads a folder of IDX files, or one file of images with the labels beside it.
  ///
  /// - Throws: `InputError` when files are missing, of another kind, damaged, or do not belong together.
  public init(_ path: String) throws {
    let files = Files.isFolder(path) ? try Self.imageFiles(in: path) : [path]
    guard !files.isEmpty else {
      throw InputError(
        in: path, "has no images in IDX files (such as train-images-idx3-ubyte.gz)", remedy: "check the path")
    }
    var parts: [Part] = []
    var labels: [UInt8?] = []
    var test: [Int] = []
    var checksums: [UInt32] = []
    for file in files {
      let images = try IDXFile(file, dimensions: 3)
      guard images.shape.allSatisfy({ $0 > 0 }) else { throw InputError(in: file, "has no images") }
      let start = labels.count
      parts.append(Part(title: Files.name(of: file), images: images, start: start))
      if Self.isForTest(file) { test += start..<start + images.shape[0] }
      checksums.append(Gzip.checksum(of: images.values))
      if let path = Self.labelFile(of: file) {
        let found = try IDXFile(path, dimensions: 1)
        guard found.shape[0] == images.shape[0] else {
          throw InputError(
            in: path, "has \(found.shape[0]) labels for \(images.shape[0]) images", remedy: "check which file is which")
        }
        labels += found.values
        checksums.append(Gzip.checksum(of: found.values))
      } else {
        labels += Array(repeating: nil, count: images.shape[0])
      }
    }
    self.parts = parts
    name = path
    identity = "idx \(labels.count) " + checksums.map { String($0, radix: 16) }.joined(separator: "-")
    if let last = labels.compactMap({ $0 }).max() {
      let isFashion = checksums.contains(where: FashionMNIST.labelChecksums.contains)
      let classes = isFashion ? FashionMNIST.classes : (0...Int(last)).map { String($0) }
      labelings = [Labeling(name: "class", classes: classes, labels: labels.map { $0.map(Int.init) })]
    } else {
      labelings = []
    }
    if test.isEmpty || test.count == labels.count {
      split = .stratified(by: Labels(labels.map { $0.map(Int.init) })) { String($0) }
    } else {
      let first = Set(test)
      split = Split(train: labels.indices.filter { !first.contains($0) }, test: test)
    }
  }

  /// The number of images.
  public var count: Int { parts.last.map { $0.start + $0.images.shape[0] } ?? 0 }

  /// The file and the number of the image in it.
  public func title(of item: Int) -> String {
    let part = part(of: item)
    return "\(part.title) #\(item - part.start)"
  }

  /// None.
  public func captions(of item: Int) -> [Caption] { [] }

  /// Copies an image of one channel.
  public func image(of item: Int) throws -> Image {
    let part = part(of: item)
    let (height, width) = (part.images.shape[1], part.images.shape[2])
    let start = (item - part.start) * width * height
    let pixels = Array(part.images.values[start..<start + width * height])
    return Image(width: width, height: height, channels: 1, pixels: pixels)
  }

  private func part(of item: Int) -> Part {
    precondition(0..<count ~= item, "there are \(count) items; there is no item \(item)")
    return parts.last { $0.start <= item }!
  }

  /// The files of images in a folder, those to learn from first.
  static func imageFiles(in folder: String) throws -> [String] {
    let files = try Files.names(in: folder).filter { $0.contains("images") && $0.contains("idx3") }
    // A file may lie there both plain and gzipped.
    let once = files.filter { !$0.hasSuffix(".gz") || !files.contains(String($0.dropLast(3))) }
    return (once.filter { !isForTest($0) } + once.filter(isForTest)).map { "\(folder)/\($0)" }
  }

  private static func isForTest(_ file: String) -> Bool {
    let name = Files.name(of: file)
    return name.contains("t10k") || name.contains("test")
  }

  private static func labelFile(of images: String) -> String? {
    let name = Files.name(of: images).replacing("images", with: "labels").replacing("idx3", with: "idx1")
    let plain = name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
    return [plain, plain + ".gz"].map { "\(Files.folder(of: images))/\($0)" }
      .first { $0 != images && Files.exists($0) }
  }
}
