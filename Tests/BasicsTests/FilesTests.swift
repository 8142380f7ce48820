import Basics
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

@Suite struct FilesTests {
  @Test func writesWholeFilesOrNone() throws {
    let folder = "/tmp/kindred-files-\(UInt64.random(in: .min ... .max))"
    try Files.makeFolder(folder + "/a/b")
    let path = folder + "/a/b/c.txt"
    try Files.write(path, text: "first")
    struct Interrupted: Error {}
    #expect(throws: Interrupted.self) {
      try Files.write(path) { sink in
        try sink.append(Array(repeating: 65, count: 1 << 20))
        throw Interrupted()
      }
    }
    #expect(try Files.text(of: path) == "first")
    #expect(try Files.names(in: folder + "/a/b") == ["c.txt"])
  }

  @Test func namesTheFileAndTheRemedy() {
    let error = #expect(throws: InputError.self) { try Files.bytes(of: "no/such/file") }
    #expect(error?.description == "no/such/file: cannot be opened (no such file or directory); check the path")
  }

  @Test func aFullDiskLosesNothing() {
    let error = #expect(throws: InputError.self) {
      try Files.write("/dev/full/x", text: "a")
    }
    #expect(error?.place == "/dev/full/x")
  }

  @Test func splitsPaths() {
    #expect(Files.folder(of: "a/b/c") == "a/b")
    #expect(Files.folder(of: "c") == ".")
    #expect(Files.folder(of: "/c") == "/")
    #expect(Files.name(of: "a/b/c") == "c")
  }

  @Test func whatIsNoFileIsNotReplacedByOne() throws {
    let pipe = "/tmp/kindred-pipe-\(UInt64.random(in: .min ... .max))"
    #expect(mkfifo(pipe, 0o600) == 0 && Files.isDevice(pipe))
    #expect(!Files.isDevice("/tmp") && !Files.isDevice("\(pipe)/nothing"))
    #expect(throws: InputError(in: pipe, "is not a file", remedy: "name a file to be written")) {
      try Files.write(pipe, text: "x")
    }
    #expect(Files.isDevice(pipe))
    unlink(pipe)
  }
}
