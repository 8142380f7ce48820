import Basics

/// The one way from what a person writes to a source.
public enum Sources {
  /// The names of the sources that need no path.
  public static let builtIn = ["emoji", "emoji:plain"]

  /// Opens a source by its name or path, and tells its kind by what is there.
  ///
  /// * `emoji`: all emoji of this machine; `emoji:plain`: those without skin tones;
  /// * a folder with IDX files (MNIST), with CIFAR's binary files, or with images;
  /// * a single IDX file of images or binary file of CIFAR.
  ///
  /// A folder that is called like a built-in source is opened by a path such as `./emoji`.
  ///
  /// - Throws: `InputError` when there is nothing of that name or nothing that can be used.
  public static func open(_ specification: String) throws -> any ImageSource {
    switch specification {
    case "emoji": return try EmojiSource()
    case "emoji:plain": return try EmojiSource(skinTones: false)
    default: break
    }
    let path =
      specification.count > 1 && specification.hasSuffix("/") ? String(specification.dropLast()) : specification
    guard !path.isEmpty, Files.exists(path) else {
      throw InputError(
        in: specification, "is neither a file or folder nor a built-in source (\(builtIn.joined(separator: ", ")))",
        remedy: "check the path")
    }
    if Files.isFolder(path) {
      if try !IDXSource.imageFiles(in: path).isEmpty { return try IDXSource(path) }
      if !CIFARSource.files(in: path).isEmpty { return try CIFARSource(path) }
      return try FolderSource(path)
    }
    let name = Files.name(of: path)
    if name.hasSuffix(".bin") || name.hasSuffix(".bin.gz") { return try CIFARSource(path) }
    if name.contains("idx") || name.contains("ubyte") { return try IDXSource(path) }
    throw InputError(
      in: specification, "is not a kind of source that is known",
      remedy:
        "give a folder of images (.jpg, .png, .webp), of IDX files (…images-idx3-ubyte), or of CIFAR's .bin files, "
        + "one such IDX or .bin file, or \(builtIn.joined(separator: " or "))")
  }
}
