import Basics

/// The one way from what a person writes to a source.
public enum Sources {
  /// The names of the sources that need no path.
  public static let builtIn = ["emoji", "emoji:plain"]

  /// Opens a source by its name or path, and tells its kind by what is there.
  ///
  /// * `emoji`: all emoji of this machine; `emoji:plain`: those without skin tones;
  /// * a folder with IDX files (MNIST), with CIFAR's binary files, with tar archives, with images and a table of them
  ///   called `metadata`, or with images;
  /// * a single IDX file of images or binary file of CIFAR;
  /// * a table of images: `.csv`, `.tsv` or `.jsonl`;
  /// * a tar or zip archive, or several: `train-{000..123}.tar`;
  /// * NumPy's arrays: `.npy`, `.npz`, or a folder with them.
  ///
  /// All but images themselves may be gzipped. A folder that is called like a built-in source is opened by a path such
  /// as `./emoji`.
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
    if !Files.exists(path), ShardNames.hasBraces(path) { return try shards(path) }
    guard !path.isEmpty, Files.exists(path) else {
      throw InputError(
        in: specification, "is neither a file or folder nor a built-in source (\(builtIn.joined(separator: ", ")))",
        remedy: specification.contains("*") ? "name several archives as {000..123}, or their folder" : "check the path")
    }
    return Files.isFolder(path) ? try folder(path) : try file(path)
  }

  private static func folder(_ path: String) throws -> any ImageSource {
    if try !IDXSource.imageFiles(in: path).isEmpty { return try IDXSource(path) }
    if !CIFARSource.files(in: path).isEmpty { return try CIFARSource(path) }
    let archives = try ArchiveSource.files(in: path)
    if !archives.isEmpty { return try ArchiveSource(archives, named: path) }
    if try !NumPyArrays.names(in: path).isEmpty { return try ArraySource(path) }
    if let table = try Files.names(in: path).first(where: { $0.hasPrefix("metadata.") && Table.isTable($0) }) {
      return try ManifestSource("\(path)/\(table)")
    }
    return try FolderSource(path)
  }

  private static func file(_ path: String) throws -> any ImageSource {
    let name = Files.name(of: path).lowercased()
    if name.hasSuffix(".bin") || name.hasSuffix(".bin.gz") { return try CIFARSource(path) }
    if name.contains("idx") || name.contains("ubyte") { return try IDXSource(path) }
    if Table.isTable(name) { return try ManifestSource(path) }
    if name.hasSuffix(".npy") || name.hasSuffix(".npz") { return try ArraySource(path) }
    if ArchiveSource.isArchive(name) { return try ArchiveSource([path], named: path) }
    throw InputError(
      in: path, "is not a kind of source that is known",
      remedy:
        "give a folder of images (.jpg, .png, .webp), of IDX files (…images-idx3-ubyte), or of CIFAR's .bin files, "
        + "one such IDX or .bin file, a table of images (.csv, .tsv, .jsonl), a .tar or .zip archive, a NumPy array (.npy, "
        + ".npz), "
        + "or \(builtIn.joined(separator: " or "))")
  }

  /// Opens the archives that braces name.
  private static func shards(_ text: String) throws -> any ImageSource {
    guard let paths = ShardNames.expanded(text) else {
      throw InputError(
        in: text, "has braces that name no files", remedy: "write a range such as {000..123} or a choice such as {a,b}")
    }
    if let missing = paths.first(where: { !Files.exists($0) }) {
      throw InputError(
        in: text, "names \(paths.count) files, of which \(missing) is not there", remedy: "check the range")
    }
    return try ArchiveSource(paths, named: text)
  }
}
