import Basics

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The image files below a folder, and what their paths say about them.
struct FolderListing {
  /// An image file.
  struct File {
    /// The path below the folder that was listed.
    var path: String
    /// The class folder; nil where there is none.
    var className: String?
    /// The whole path of folders from the class on; nil where there is none.
    var folderName: String?
    /// Whether the file is in a part for measuring.
    var isForTest: Bool
  }

  /// The files, in the order of their paths' bytes.
  private(set) var files: [File] = []
  /// A hash of the files' paths and sizes.
  private(set) var hash = StableHash()

  private let root: String

  init(_ root: String) throws {
    self.root = root
    let names = try Files.names(in: root)
    func part(_ candidates: [String]) -> String? {
      candidates.lazy.compactMap { part in names.first { $0.lowercased() == part && Files.isFolder("\(root)/\($0)") } }
        .first
    }
    if let train = part(PartNames.train), let test = part(PartNames.test) {
      try add(part: test, isForTest: true)
      try add(part: train, isForTest: false)
      files.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    } else if let train = part(PartNames.train), names.allSatisfy({ !Files.isFolder("\(root)/\($0)") || $0 == train }) {
      // Only one part, as downloads often have it: its folders are the classes.
      try add(part: train, isForTest: false)
    } else {
      try add(part: "", isForTest: false)
    }
    for file in files {
      hash.combine(file.path)
      hash.combine(size(of: file.path))
    }
  }

  /// Adds a part: the images directly in its folder, and those of each class folder.
  private mutating func add(part: String, isForTest: Bool) throws {
    let before = files.count
    let folder = joined(root, part)
    var empty: [String] = []
    for name in try Files.names(in: folder) {
      let path = joined(part, name)
      if isImage(name) {
        files.append(File(path: path, isForTest: isForTest))
      } else if name != "__MACOSX", Files.isFolder("\(root)/\(path)") {
        let start = files.count
        try add(below: path, className: name, folderName: name, isForTest: isForTest)
        if files.count == start { empty.append(name) }
      }
    }
    guard files.count > before else {
      throw InputError(
        in: folder, "has no images (\(ImageNames.endings.joined(separator: ", ")))",
        remedy: "check the path, or convert the images to one of these kinds")
    }
    if let name = empty.first {
      let others = empty.count > 1 ? " (and \(empty.count - 1) more)" : ""
      throw InputError(
        in: joined(folder, name), "is a class folder without images\(others)", remedy: "add images or remove the folder"
      )
    }
  }

  private mutating func add(below folder: String, className: String, folderName: String, isForTest: Bool) throws {
    for name in try Files.names(in: joined(root, folder)) {
      let path = "\(folder)/\(name)"
      if isImage(name) {
        files.append(File(path: path, className: className, folderName: folderName, isForTest: isForTest))
      } else if Files.isFolder("\(root)/\(path)") {
        try add(below: path, className: className, folderName: "\(folderName)/\(name)", isForTest: isForTest)
      }
    }
  }

  private func isImage(_ name: String) -> Bool {
    ImageNames.isImage(name)
  }

  private func joined(_ folder: String, _ name: String) -> String {
    folder.isEmpty ? name : name.isEmpty ? folder : "\(folder)/\(name)"
  }

  private func size(of path: String) -> Int {
    var status = stat()
    return stat("\(root)/\(path)", &status) == 0 ? Int(status.st_size) : -1
  }
}
