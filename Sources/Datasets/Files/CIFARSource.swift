import Basics
public import Images

/// CIFAR-10 or CIFAR-100 from their binary files: colour images of 32×32 pixels in 10 or 100 classes.
///
/// A folder is looked through for `.bin` files, plain or gzipped, also in the folder that the download unpacks to;
/// files with `test` in their names are for measuring. A single file may be given, too; without a part to measure on,
/// a tenth of each class is set aside. All pixels are held in memory, a byte each.
public struct CIFARSource: ImageSource {
  /// The path as it was given.
  public let name: String

  /// A checksum of all pixels and labels.
  public let identity: String

  /// `class`, and for CIFAR-100 also `superclass`.
  public let labelings: [Labeling]

  /// The training files and the test file, or a tenth of each class to measure on.
  public let split: Split

  private let parts: [(title: String, file: CIFARFile, start: Int)]

  /// Reads a folder of CIFAR's binary files, or one of them.
  ///
  /// - Throws: `InputError` when there are none, one is damaged, or both data sets are in one folder.
  public init(_ path: String) throws {
    let paths = Files.isFolder(path) ? Self.files(in: path) : [path]
    guard !paths.isEmpty else {
      throw InputError(in: path, "has no binary files of CIFAR (such as data_batch_1.bin)", remedy: "check the path")
    }
    var parts: [(title: String, file: CIFARFile, start: Int)] = []
    var test: [Int] = []
    var count = 0
    for path in paths {
      let file = try CIFARFile(path)
      guard file.kind == parts.first?.file.kind ?? file.kind else {
        throw InputError(
          in: path, "is of CIFAR-\(file.kind.rawValue), other than the files beside it",
          remedy: "keep the two data sets in folders of their own")
      }
      parts.append((Files.name(of: path), file, count))
      if Self.isForTest(path) { test += count..<count + file.count }
      count += file.count
    }
    self.parts = parts
    name = path
    let kind = parts[0].file.kind
    let checksums = parts.map { String(Gzip.checksum(of: $0.file.bytes), radix: 16) }
    identity = "cifar\(kind.rawValue) \(count) " + checksums.joined(separator: "-")
    let labels = parts.flatMap { $0.file.labels(at: kind.labelBytes - 1) }
    switch kind {
    case .cifar10: labelings = [Labeling(name: "class", classes: CIFARClasses.of10, labels: labels)]
    case .cifar100:
      labelings = [
        Labeling(name: "class", classes: CIFARClasses.of100, labels: labels),
        Labeling(
          name: "superclass", classes: CIFARClasses.superclasses, labels: parts.flatMap { $0.file.labels(at: 0) }),
      ]
    }
    if test.isEmpty || test.count == count {
      split = .stratified(by: Labels(labels)) { String($0) }
    } else {
      let measured = Set(test)
      split = Split(train: (0..<count).filter { !measured.contains($0) }, test: test)
    }
  }

  /// The number of images.
  public var count: Int { parts.last.map { $0.start + $0.file.count } ?? 0 }

  /// The file and the number of the image in it.
  public func title(of item: Int) -> String {
    let part = part(of: item)
    return "\(part.title) #\(item - part.start)"
  }

  /// None.
  public func captions(of item: Int) -> [Caption] { [] }

  /// Copies an image of three channels.
  public func image(of item: Int) throws -> Image {
    let part = part(of: item)
    return Image(width: 32, height: 32, pixels: part.file.pixels(of: item - part.start))
  }

  private func part(of item: Int) -> (title: String, file: CIFARFile, start: Int) {
    precondition(0..<count ~= item, "there are \(count) items; there is no item \(item)")
    return parts.last { $0.start <= item }!
  }

  /// CIFAR's files in a folder, or in the folders that the downloads unpack to; those to learn from first.
  static func files(in folder: String) -> [String] {
    for folder in [folder, "\(folder)/cifar-10-batches-bin", "\(folder)/cifar-100-binary"] {
      let names = ((try? Files.names(in: folder)) ?? []).filter { name in
        let plain = name.hasSuffix(".gz") ? name.dropLast(3) : name[...]
        return plain.hasSuffix(".bin") && ["data_batch", "test", "train", "cifar"].contains(where: plain.hasPrefix)
      }
      let once = names.filter { !$0.hasSuffix(".gz") || !names.contains(String($0.dropLast(3))) }
      if !once.isEmpty { return (once.filter { !isForTest($0) } + once.filter(isForTest)).map { "\(folder)/\($0)" } }
    }
    return []
  }

  private static func isForTest(_ path: String) -> Bool {
    Files.name(of: path).contains("test")
  }
}
