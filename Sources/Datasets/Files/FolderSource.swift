import Basics
public import Images

/// A folder of image files (JPEG, PNG, WebP), with or without folders for classes and for parts.
///
///     photos/a.jpg                    images without labels
///     photos/cat/a.jpg                classes `cat`, `dog`, …; folders below them belong to the class
///     photos/train/cat/a.jpg          parts to learn from (`train`) and to measure on (the first of `val`, `valid`,
///     photos/val/cat/b.jpg            `validation`, `test` that is there), each like one of the above
///
/// Where classes have folders of their own below them, these give a second, finer labeling `folder`. Items are in the
/// order of their paths' bytes. Without a part to measure on, a tenth of each class is set aside.
///
/// Names that begin with a dot are passed over, and so are files of other kinds.
public struct FolderSource: ImageSource {
  /// The path as it was given.
  public let name: String

  /// A hash of the paths and sizes of all images.
  public let identity: String

  /// `class`, and `folder` where classes are divided further; none for images without class folders.
  public let labelings: [Labeling]

  /// The parts that the folder is divided into, or a tenth of each class to measure on.
  public let split: Split

  /// The files' paths below the folder.
  private let paths: [String]

  /// Lists the images in a folder.
  ///
  /// - Throws: `InputError` when there is no such folder, it or one of its parts has no images, or a class has none.
  public init(_ path: String) throws {
    let listing = try FolderListing(path)
    name = path
    paths = listing.files.map(\.path)
    identity = "folder \(paths.count) \(listing.hash.text)"

    let classes = Labeling(name: "class", naming: listing.files.map(\.className))
    let folders = Labeling(name: "folder", naming: listing.files.map(\.folderName))
    labelings = [classes, folders].filter {
      !$0.classes.isEmpty && ($0.name == "class" || $0.classes != classes.classes)
    }
    if listing.files.contains(where: \.isForTest) {
      split = Split(
        train: listing.files.indices.filter { !listing.files[$0].isForTest },
        test: listing.files.indices.filter { listing.files[$0].isForTest })
    } else {
      split = .stratified(by: classes.labels) { [paths] in paths[$0] }
    }
  }

  /// The number of images.
  public var count: Int { paths.count }

  /// The file's path below the folder.
  public func title(of item: Int) -> String { paths[item] }

  /// None: a folder's name is a label, not a text about one image.
  public func captions(of item: Int) -> [Caption] { [] }

  /// Decodes a file.
  public func image(of item: Int) throws -> Image {
    try Image(contentsOf: "\(name)/\(paths[item])")
  }

  /// Decodes a file, a JPEG at a fraction of its size where that is enough.
  public func image(of item: Int, fitting minimumSide: Int) throws -> Image {
    try Image(contentsOf: "\(name)/\(paths[item])", fitting: minimumSide)
  }

  /// Reads a file and its header.
  public func picture(of item: Int) throws -> Picture {
    .file(try ImageFile(contentsOf: "\(name)/\(paths[item])"))
  }
}
