import Basics
import Images
import TestSupport

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The folder of build products, which the test's own program and `kindred` lie in.
private let products: String = {
  #if canImport(Glibc)
  var buffer = [CChar](repeating: 0, count: 4096)
  let count = readlink("/proc/self/exe", &buffer, buffer.count)
  let own = String(decoding: buffer[..<max(count, 0)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  #else
  // …/Package.xctest/Contents/MacOS/Package is among the arguments of whatever runs the bundle.
  let own = CommandLine.arguments.first { $0.contains(".xctest") } ?? CommandLine.arguments[0]
  #endif
  var folder = Files.folder(of: own)
  while !Files.exists("\(folder)/kindred"), folder.count > 1 { folder = Files.folder(of: folder) }
  return folder
}()

/// Starts the built `kindred` in a folder.
func startKindred(_ words: [String], in folder: String) throws -> ProcessRun {
  try ProcessRun("\(products)/kindred", words, in: folder)
}

/// Runs the built `kindred` in a folder until it ends.
func kindred(_ words: String..., in folder: String = "/tmp") throws -> (ending: ProcessRun.Ending, run: ProcessRun) {
  let run = try startKindred(words, in: folder)
  return (run.wait(), run)
}

/// Runs a line of the shell in a folder, where `$KINDRED` is the built program.
func shell(_ line: String, in folder: String) throws -> (ending: ProcessRun.Ending, run: ProcessRun) {
  let run = try ProcessRun("/bin/sh", ["-c", "KINDRED='\(products)/kindred'; \(line)"], in: folder)
  return (run.wait(), run)
}

/// Writes small images `a.png`, `b.png`, … below a folder, no two alike.
func writeImages(_ count: Int, to folder: String, side: Int = 8) throws {
  try Files.makeFolder(folder)
  for number in 0..<count {
    var random = RandomStream(seed: 5, number)
    let pixels = (0..<(side * side * 3)).map { _ in UInt8(random.integer(below: 256)) }
    let name = String(UnicodeScalar(UInt8(ascii: "a") + UInt8(number)))
    try Files.write("\(folder)/\(name).png", bytes: Image(width: side, height: side, pixels: pixels).png())
  }
}

/// The options that make a run small enough for a test.
let smallRun = ["--size", "8", "--encoder", "small", "--batch", "4", "--precision", "float32", "--evaluate-every", "0"]
