import Basics
import Tensors

/// The arrays that lie together: in a folder, in an `.npz`, or beside one that was named.
struct NumPyArrays {
  /// An array that was found.
  struct Array {
    /// Its name without `.npy`.
    var title: String
    /// What errors call it.
    var place: String
    var bytes: HeldBytes

    /// The part that the name tells, as `x_train` and `train_images` do; nil where there is none.
    var part: String? {
      title.lowercased().split { !$0.isLetter }.map(String.init)
        .first { (PartNames.train + PartNames.test).contains($0) }
    }
  }

  /// All arrays that were asked for.
  let all: [Array]
  /// Those that lie beside them, too.
  private let beside: [Array]

  /// Opens what is at a path.
  init(_ path: String) throws {
    let isPacked = path.lowercased().hasSuffix(".npz")
    if isPacked {
      all = try Self.unpacked(path)
      beside = all
    } else if Files.isFolder(path) {
      all = try Self.names(in: path).map { try Self.opened("\(path)/\($0)") }
      beside = all
    } else {
      let folder = Files.folder(of: path)
      all = [try Self.opened(path)]
      beside = try Self.names(in: folder).compactMap { try? Self.opened("\(folder)/\($0)") }
    }
  }

  /// Names of arrays in a folder.
  static func names(in folder: String) throws -> [String] {
    try Files.names(in: folder).filter { $0.hasSuffix(".npy") }
  }

  /// The arrays whose shapes are those of images.
  var images: [Array] { Self.images(in: all) }

  private static func images(in arrays: [Array]) -> [Array] {
    arrays.filter { array in
      guard let layout = try? NumPyFile.Layout(of: array.bytes.bytes, named: array.place) else { return false }
      return ImageArray.isImages(layout.shape)
    }
  }

  /// The labels of an array of images.
  func labels(of images: Array) -> Array? {
    let title = images.title
    var wanted = [title.replacing("images", with: "labels"), title.replacing("image", with: "label")]
    if title.lowercased().hasPrefix("x") { wanted += ["y" + title.dropFirst(), "Y" + title.dropFirst()] }
    wanted += ["\(title)_labels", "\(title)_label", "\(title)_targets"]
    let found = wanted.lazy.filter { $0 != title }.compactMap { name in beside.first { $0.title == name } }.first
    if let found { return found }
    // Where there is one array of images only, labels may be called nothing but that.
    return Self.images(in: beside).count == 1 ? beside.first { ["labels", "y", "targets"].contains($0.title) } : nil
  }

  /// The whole numbers of an array of labels.
  ///
  /// - Throws: `InputError` when it holds others, or not one an image.
  static func labels(_ array: Array, count: Int) throws -> [Int] {
    let layout = try NumPyFile.Layout(of: array.bytes.bytes, named: array.place)
    guard layout.shape == [count] || layout.shape == [count, 1] else {
      throw InputError(
        in: array.place, "has the shape \(layout.shape), where \(count) images have [\(count)] labels",
        remedy: "check which array is which")
    }
    let values = UnsafeRawBufferPointer(rebasing: array.bytes.bytes[layout.start...])
    switch layout.type {
    case .uint8: return values.map { Int($0) }
    case .int32:
      return (0..<count).map { Int(values.loadUnaligned(fromByteOffset: 4 * $0, as: Int32.self)) }
    case .int64: return (0..<count).map { Int(values.loadUnaligned(fromByteOffset: 8 * $0, as: Int64.self)) }
    default:
      throw InputError(in: array.place, "holds labels of \(layout.type)", remedy: "save them as int64")
    }
  }

  private static func opened(_ path: String) throws -> Array {
    try Array(title: title(of: path), place: path, bytes: HeldBytes(contentsOf: path))
  }

  private static func unpacked(_ path: String) throws -> [Array] {
    let file = try MappedFile(path)
    var arrays: [Array] = []
    _ = try ZipArchive(file, named: path) { member, content in
      guard member.name.hasSuffix(".npy") else { return }
      let found = try content()
      let bytes = try found.owner.map { HeldBytes(found.bytes, of: $0) } ?? HeldBytes(copying: found.bytes)
      arrays.append(Array(title: title(of: member.name), place: "\(path): \(member.name)", bytes: bytes))
    }
    return arrays
  }

  private static func title(of path: String) -> String {
    let name = Files.name(of: path)
    return name.hasSuffix(".npy") ? String(name.dropLast(4)) : name
  }
}
