import Basics

extension NumPyFile {
  /// Reads a list of texts, NumPy's types `U` (UTF-32) and `S` (UTF-8), each as long as the longest and ended by zeros.
  ///
  /// - Returns: The texts of an array `[N]` or `[N, 1]`; nil where the file holds numbers.
  /// - Throws: `InputError` when the file is damaged, or holds Python objects, which are not read.
  public static func texts(_ path: String) throws -> [String]? {
    let file = try MappedFile(path)
    let (header, start) = try Header.read(file.bytes, named: path)
    let kind = header.descr.dropFirst().prefix(1)
    if kind == "O" {
      throw InputError(
        in: path, "holds Python objects", remedy: "convert them to texts with numpy's astype(str) first")
    }
    guard kind == "U" || kind == "S" else { return nil }
    guard header.descr.first != ">", let length = Int(header.descr.dropFirst(2)), length > 0 else {
      throw InputError(in: path, "holds elements of NumPy's type '\(header.descr)'", remedy: "save them as '<U'")
    }
    guard header.shape.count == 1 || header.shape.count == 2 && header.shape[1] == 1 else {
      throw InputError(in: path, "has the shape \(header.shape)", remedy: "one text a row expected, [rows]")
    }
    let count = header.shape[0]
    guard let width = SafeTensors.product([kind == "U" ? 4 : 1, length]),
      SafeTensors.product([count, width]) == file.bytes.count - start
    else {
      throw InputError(
        in: path,
        "has \(file.bytes.count - start) bytes of texts, which is not what \(count) of \(length) characters take",
        remedy: "the file is truncated or damaged")
    }
    return (0..<count).map { place in
      let bytes = UnsafeRawBufferPointer(rebasing: file.bytes[start + place * width..<start + (place + 1) * width])
      guard kind == "U" else { return String(decoding: trimmed(Array(bytes)), as: UTF8.self) }
      let points = (0..<length).map {
        UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self))
      }
      return String(decoding: trimmed(points), as: UTF32.self)
    }
  }

  /// What is left without the zeros at the end.
  private static func trimmed<Unit: BinaryInteger>(_ units: [Unit]) -> ArraySlice<Unit> {
    units.prefix((units.lastIndex { $0 != 0 } ?? -1) + 1)
  }
}
