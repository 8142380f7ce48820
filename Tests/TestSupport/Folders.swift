import Basics

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Calls a body with the path of an empty folder, which is gone afterwards.
public func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let path = "/tmp/kindred-test-\(UInt64.random(in: .min ... .max))"
  try Files.makeFolder(path)
  defer { remove(path) }
  return try body(path)
}

private func remove(_ path: String) {
  if Files.isFolder(path), let folder = opendir(path) {
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { remove("\(path)/\(name)") }
    }
    closedir(folder)
    rmdir(path)
  } else {
    unlink(path)
  }
}

/// The folder of the shared data sets, or nil where it is not there.
public let sharedData: String? = {
  let path = "\(Files.folder(of: #filePath))/../../../shared/data"
  return Files.isFolder(path) ? path : nil
}()
