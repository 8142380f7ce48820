import Basics
public import Images
import Tensors

/// Images in NumPy's arrays, `.npy` or `.npz`, with labels beside them.
///
///     x_train.npy  y_train.npy  x_test.npy  y_test.npy       a folder, or one array of images
///     train_images  train_labels  val_images  val_labels     the members of an `.npz`
///
/// Arrays of images are told by their shapes (`ImageArray`); the labels of `x…` are `y…`, those of `…images…` are
/// `…labels…`, those of any other array `…_labels` or the only array of labels: whole numbers, `[N]` or `[N, 1]`. Names
/// with `test` or `val` are for measuring; without a part to measure on, a tenth of each class is set aside.
///
/// Arrays stay where they lie, mapped; those that an `.npz` holds compressed are expanded into a temporary file.
public struct ArraySource: ImageSource {
  /// The path as it was given.
  public let name: String

  /// A checksum of all images and labels.
  public let identity: String

  /// `class`, where there are labels.
  public let labelings: [Labeling]

  /// The parts that names tell, or a tenth of each class to measure on.
  public let split: Split

  /// Which arrays are used for what.
  public let notes: [String]

  private let parts: [(title: String, images: ImageArray, start: Int)]

  /// Opens an array, a folder of them, or an `.npz`.
  ///
  /// - Throws: `InputError` when there are no images, an array is damaged, or labels do not belong to their images.
  public init(_ path: String) throws {
    let arrays = try NumPyArrays(path)
    let images = arrays.images.isEmpty ? arrays.all : arrays.images
    guard !images.isEmpty else {
      throw InputError(in: path, "has no arrays of images", remedy: "save [N, H, W], [N, H, W, 3] or [N, 3, H, W]")
    }
    var parts: [(title: String, images: ImageArray, start: Int)] = []
    var (labels, names) = (LabelColumn(name: "class"), LabelColumn(name: "part"))
    var notes: [String] = []
    var checksums: [UInt32] = []
    var count = 0
    for array in images {
      let found = try ImageArray(array.bytes, named: array.place)
      let beside = arrays.labels(of: array)
      let classes = try beside.map { try NumPyArrays.labels($0, count: found.count) }
      notes.append("\(array.title): \(found.count) images, labels \(beside.map { "in \($0.title)" } ?? "nowhere")")
      for index in 0..<found.count {
        labels.add(classes.map { String($0[index]) })
        names.add(array.part)
      }
      checksums += [found.checksum] + (beside.map { [Gzip.checksum(of: $0.bytes.bytes)] } ?? [])
      parts.append((array.title, found, count))
      count += found.count
    }
    name = path
    self.parts = parts
    self.notes = notes
    identity = "arrays \(count) " + checksums.map { String($0, radix: 16) }.joined(separator: "-")
    labelings = [labels.labeling()].compactMap { $0 }
    split =
      names.labeling().flatMap(PartNames.split)
      ?? .stratified(by: labelings.first?.labels ?? .none(count)) { String($0) }
  }

  /// The number of images.
  public var count: Int { parts.last.map { $0.start + $0.images.count } ?? 0 }

  /// The array and the number of the image in it.
  public func title(of item: Int) -> String {
    let part = part(of: item)
    return "\(part.title) #\(item - part.start)"
  }

  /// None.
  public func captions(of item: Int) -> [Caption] { [] }

  /// Copies an image of one or three channels.
  public func image(of item: Int) throws -> Image {
    let part = part(of: item)
    return try part.images.image(item - part.start)
  }

  private func part(of item: Int) -> (title: String, images: ImageArray, start: Int) {
    precondition(0..<count ~= item, "there are \(count) items; there is no item \(item)")
    return parts.last { $0.start <= item }!
  }
}
