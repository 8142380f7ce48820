import Basics

/// The directory at the end of a zip archive, of the plain or the 64-bit kind.
struct ZipDirectory {
  /// Where the first entry is.
  let start: Int
  /// The number of entries.
  let count: Int

  /// Finds the directory, or returns nil when there is none.
  init?(_ bytes: UnsafeRawBufferPointer) {
    // Its end has 22 bytes and a comment of up to 65,535.
    let last = bytes.count - 22
    guard last >= 0 else { return nil }
    let first = Swift.max(0, last - 0xFFFF)
    guard
      let end = (first...last).reversed().first(where: { place in
        bytes.number(place, 4) == 0x0605_4B50 && place + 22 + (bytes.number(place + 20, 2) ?? 0) == bytes.count
      })
    else { return nil }
    var count = bytes.number(end + 10, 2)!
    var start = bytes.number(end + 16, 4)!
    // What does not fit is in the 64-bit end, which a locator before this one points to.
    if bytes.number(end - 20, 4) == 0x0706_4B50, let place = bytes.number(end - 20 + 8, 8),
      bytes.number(place, 4) == 0x0606_4B50
    {
      guard let largeCount = bytes.number(place + 32, 8), let largeStart = bytes.number(place + 48, 8) else {
        return nil
      }
      (count, start) = (largeCount, largeStart)
    }
    // An entry has at least 46 bytes.
    guard start >= 0, start <= end, count >= 0, count <= (end - start) / 46 else { return nil }
    self.start = start
    self.count = count
  }

  /// All entries.
  ///
  /// - Throws: `InputError` when one of them is damaged.
  func entries(of bytes: UnsafeRawBufferPointer, named name: String) throws -> [Entry] {
    var place = start
    return try (0..<count).map { number in
      guard let entry = Entry(bytes, at: place) else {
        throw InputError(
          in: name, "has a damaged directory: entry \(number + 1) of \(count) makes no sense",
          remedy: "copy or download the archive again")
      }
      place = entry.next
      return entry
    }
  }
}

extension ZipDirectory {
  /// What the directory says of a member.
  struct Entry {
    /// Where the entry itself is, and the one after it.
    let place, next: Int
    let name: String
    /// 0: stored; 8: deflated.
    let method: Int
    let isEncrypted: Bool
    let isLink: Bool
    let checksum: UInt32
    /// The bytes in the archive, and when expanded.
    let packedSize, size: Int
    /// Where the member's own header is.
    private let header: Int

    /// Reads an entry, or returns nil when there is none.
    init?(_ bytes: UnsafeRawBufferPointer, at place: Int) {
      guard bytes.number(place, 4) == 0x0201_4B50, let nameCount = bytes.number(place + 28, 2),
        let extraCount = bytes.number(place + 30, 2), let commentCount = bytes.number(place + 32, 2),
        let attributes = bytes.number(place + 38, 4), place + 46 + nameCount + extraCount + commentCount <= bytes.count
      else { return nil }
      self.place = place
      next = place + 46 + nameCount + extraCount + commentCount
      name = String(decoding: bytes[(place + 46)..<(place + 46 + nameCount)], as: UTF8.self)
      isEncrypted = bytes.number(place + 8, 2)! & 1 != 0
      method = bytes.number(place + 10, 2)!
      checksum = UInt32(bytes.number(place + 16, 4)!)
      // The mode of Unix, where the archive was made there.
      isLink = bytes[place + 5] == 3 && attributes >> 16 & 0xF000 == 0xA000
      var values = [bytes.number(place + 24, 4)!, bytes.number(place + 20, 4)!, bytes.number(place + 42, 4)!]
      // Those that do not fit follow, in this order, in the field of the 64-bit kind.
      var field = place + 46 + nameCount
      let fieldsEnd = field + extraCount
      while let id = bytes.number(field, 2), let length = bytes.number(field + 2, 2), field + 4 + length <= fieldsEnd {
        if id == 1 {
          var offset = field + 4
          for i in values.indices where values[i] == 0xFFFF_FFFF {
            guard offset + 8 <= field + 4 + length, let value = bytes.number(offset, 8) else { return nil }
            values[i] = value
            offset += 8
          }
        }
        field += 4 + length
      }
      (size, packedSize, header) = (values[0], values[1], values[2])
      guard values.allSatisfy({ $0 >= 0 }) else { return nil }
    }

    /// The packed bytes, or nil when they do not lie in the archive.
    func data(in bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
      guard bytes.number(header, 4) == 0x0403_4B50, let nameCount = bytes.number(header + 26, 2),
        let extraCount = bytes.number(header + 28, 2)
      else { return nil }
      let start = header + 30 + nameCount + extraCount
      guard start <= bytes.count, packedSize <= bytes.count - start else { return nil }
      return UnsafeRawBufferPointer(rebasing: bytes[start..<start + packedSize])
    }
  }
}

extension UnsafeRawBufferPointer {
  /// A number of so many bytes, the least significant first; nil beyond the end, or where it is no `Int`.
  func number(_ place: Int, _ count: Int) -> Int? {
    guard place >= 0, place <= self.count - count else { return nil }
    let value = (0..<count).reduce(UInt64(0)) { $0 | UInt64(self[place + $1]) << UInt64(8 * $1) }
    return Int(exactly: value)
  }
}
