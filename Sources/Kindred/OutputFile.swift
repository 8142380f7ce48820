/// Where a result will be written: better refused before the work than after it.
public enum OutputFile {
  /// Makes sure that a file could be there.
  ///
  /// - Throws: `InputError` when a folder is there, or its own folder is missing.
  public static func require(_ path: String) throws {
    if Files.isFolder(path) { throw InputError(in: path, "is a folder", remedy: "name a file in it") }
    let folder = Files.folder(of: path)
    guard Files.isFolder(folder) else {
      throw InputError(in: path, "cannot be written: there is no folder '\(folder)'", remedy: "make it first")
    }
  }
}
