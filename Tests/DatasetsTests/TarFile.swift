import Basics

/// Makes tar archives byte by byte, right ones and wrong ones.
struct TarFile {
  private(set) var bytes: [UInt8] = []

  /// Appends a member.
  mutating func add(
    _ name: String, _ content: [UInt8], type: Character = "0", size: Int? = nil, checksumError: Int = 0
  ) {
    var header = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, at place: Int) {
      for (offset, byte) in text.utf8.enumerated() { header[place + offset] = byte }
    }
    func octal(_ number: Int, _ digits: Int) -> String {
      let text = String(number, radix: 8)
      return String(repeating: "0", count: digits - text.count) + text
    }
    put(name, at: 0)
    put("0000644", at: 100)
    put(octal(size ?? content.count, 11), at: 124)
    put("        ", at: 148)
    put(String(type), at: 156)
    put("ustar\0" + "00", at: 257)
    put(octal(header.reduce(0) { $0 + Int($1) } + checksumError, 6) + "\0 ", at: 148)
    bytes += header + content + Array(repeating: 0, count: -content.count & 511)
  }

  mutating func add(_ name: String, _ text: String) { add(name, Array(text.utf8)) }

  /// The archive with its end.
  var ended: [UInt8] { bytes + Array(repeating: 0, count: 1024) }
}
