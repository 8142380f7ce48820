/// Where a result will be written: better refused before the work than after it.
public enum OutputFile {
  /// Makes sure that a file could be there.
  ///
  /// - Parameters:
  ///   - path: Where the result will be written.
  ///   - ending: What the name must end in, where the result has one format; a picture called `cat.jpg` may be a person's
  ///     own, and would be no JPEG. Nil for any name.
  /// - Throws: `InputError` when a folder or a device is there, its own folder is missing, or the name has another ending.
  public static func require(_ path: String, endingIn ending: String? = nil) throws {
    if Files.isFolder(path) { throw InputError(in: path, "is a folder", remedy: "name a file in it") }
    if Files.isDevice(path) { throw InputError(in: path, "is not a file", remedy: "name a file to be written") }
    let folder = Files.folder(of: path)
    guard Files.isFolder(folder) else {
      throw InputError(in: path, "cannot be written: there is no folder '\(folder)'", remedy: "make it first")
    }
    if let ending, !path.lowercased().hasSuffix(ending) {
      throw InputError(in: path, "is no name for what is written", remedy: "name a file that ends in \(ending)")
    }
  }
}
