import Basics

/// One array in NumPy's `.npy` format: a magic number, a version, a header in Python's syntax, then the elements.
///
/// Versions 1 to 3 and both element orders are read; version 1 in row-major order is written. Types are those of
/// `DataType` in little-endian order; `bfloat16`, which NumPy does not know, is written as `float32`.
///
/// Source: <https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html>
public enum NumPyFile {
  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  private static let types: [String: DataType] = [
    "f8": .float64, "f4": .float32, "f2": .float16, "i8": .int64, "i4": .int32, "u1": .uint8, "b1": .bool,
  ]

  /// Reads an array.
  ///
  /// - Throws: `InputError` that says what is wrong with the file.
  public static func read(_ path: String) throws -> Tensor {
    let file = try MappedFile(path)
    let layout = try Layout(of: file.bytes, named: path)
    let elements = UnsafeRawBufferPointer(rebasing: file.bytes[layout.start...])
    guard layout.isColumnMajor, layout.shape.count > 1 else {
      return Tensor(bytes: elements, shape: layout.shape, type: layout.type)
    }
    return Tensor(bytes: elements, shape: layout.shape.reversed(), type: layout.type)
      .permuted(order: Array((0..<layout.shape.count).reversed())).contiguous()
  }

  /// What a file's header says, checked against the file's length.
  package struct Layout {
    /// The type of the elements.
    package let type: DataType
    /// The dimensions.
    package let shape: [Int]
    /// Whether the first index runs fastest.
    package let isColumnMajor: Bool
    /// Where the elements begin.
    package let start: Int

    /// Reads the header of a file in memory.
    ///
    /// - Throws: `InputError` that says what is wrong with it.
    package init(of bytes: UnsafeRawBufferPointer, named path: String) throws {
      let (header, start) = try Header.read(bytes, named: path)
      guard header.descr.first != ">", let type = types[String(header.descr.dropFirst())] else {
        throw InputError(
          in: path, "holds elements of NumPy's type '\(header.descr)'",
          remedy: "convert it to float32 or int64 with numpy's astype first")
      }
      guard let count = SafeTensors.product(header.shape + [type.byteCount]), count == bytes.count - start else {
        throw InputError(
          in: path, "has \(bytes.count - start) bytes of elements, which is not what \(type)\(header.shape) takes",
          remedy: "the file is truncated or damaged")
      }
      self.type = type
      shape = header.shape
      isColumnMajor = header.isColumnMajor
      self.start = start
    }
  }

  /// Writes an array.
  ///
  /// - Throws: `InputError` when the file cannot be written; an old file is then untouched.
  public static func write(_ tensor: Tensor, to path: String) throws {
    let tensor = tensor.type == .bfloat16 ? tensor.to(.float32) : tensor
    try Files.write(path) { sink in
      try sink.append(header(tensor.type, shape: tensor.shape))
      try tensor.withBytes { try sink.append($0) }
    }
  }

  /// Writes a `float32` matrix whose rows come in parts, none of which is kept.
  ///
  /// - Parameters:
  ///   - rows: The number of rows.
  ///   - columns: The number of columns.
  ///   - path: The file.
  ///   - body: Hands over the parts in order, `[n, columns]` each, by the closure it is given.
  /// - Throws: `InputError` when the file cannot be written, and what the body throws; an old file is then untouched.
  public static func write(
    rows: Int, columns: Int, to path: String, _ body: (_ append: (Tensor) throws -> Void) throws -> Void
  ) throws {
    try Files.write(path) { sink in
      try sink.append(header(.float32, shape: [rows, columns]))
      var written = 0
      try body { part in
        precondition(part.shape.dropFirst() == [columns], "rows of \(columns) numbers were promised, got \(part.shape)")
        try part.to(.float32).withBytes { try sink.append($0) }
        written += part.shape[0]
      }
      precondition(written == rows, "\(rows) rows were promised, got \(written)")
    }
  }

  private static func header(_ type: DataType, shape: [Int]) -> [UInt8] {
    let code = types.first { $0.value == type }!.key
    let order = type.byteCount == 1 ? "|" : "<"
    let lengths = shape.map { "\($0)," }.joined(separator: " ")
    var header = Array("{'descr': '\(order)\(code)', 'fortran_order': False, 'shape': (\(lengths)), }".utf8)
    // Elements begin at a multiple of 64; the header ends with a new line.
    while (10 + header.count + 1) % 64 != 0 { header.append(UInt8(ascii: " ")) }
    header.append(UInt8(ascii: "\n"))
    return magic + [1, 0, UInt8(header.count & 0xFF), UInt8(header.count >> 8)] + header
  }

  /// The three fields of the header, which is a Python dictionary.
  struct Header {
    let descr: String
    let isColumnMajor: Bool
    let shape: [Int]

    /// Reads the header of a file in memory, and where its elements begin.
    static func read(_ bytes: UnsafeRawBufferPointer, named path: String) throws -> (header: Header, start: Int) {
      guard bytes.count >= 10, bytes[0..<6].elementsEqual(magic) else {
        throw InputError(in: path, "is no .npy file", remedy: "write one with numpy.save or 'kindred embed'")
      }
      let isFirstVersion = bytes[6] == 1
      guard (1...3).contains(bytes[6]), isFirstVersion || bytes.count >= 12 else {
        throw InputError(in: path, "has the .npy version \(bytes[6]), of which 1 to 3 are known")
      }
      let length =
        isFirstVersion
        ? Int(bytes.loadUnaligned(fromByteOffset: 8, as: UInt16.self).littleEndian)
        : Int(bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self).littleEndian)
      let start = (isFirstVersion ? 10 : 12) + length
      guard start <= bytes.count, let header = Header(String(decoding: bytes[(start - length)..<start], as: UTF8.self))
      else {
        throw InputError(in: path, "its header cannot be understood", remedy: "is the file whole?")
      }
      return (header, start)
    }

    init?(_ text: String) {
      func value(of key: String) -> Substring? {
        guard let range = text.firstRange(of: "'\(key)'") else { return nil }
        let rest = text[range.upperBound...].drop { $0 == " " }
        guard rest.first == ":" else { return nil }
        return rest.dropFirst().drop { $0 == " " }
      }
      guard
        let descr = value(of: "descr"), descr.first == "'",
        let order = value(of: "fortran_order"), order.hasPrefix("True") || order.hasPrefix("False"),
        let shape = value(of: "shape"), shape.first == "(", let end = shape.firstIndex(of: ")")
      else { return nil }
      let parts = shape[..<end].dropFirst().split(separator: ",").map { $0.filter { $0 != " " } }.filter { !$0.isEmpty }
      let lengths = parts.compactMap { Int($0) }
      guard lengths.count == parts.count, lengths.allSatisfy({ $0 >= 0 }) else { return nil }
      self.descr = String(descr.dropFirst().prefix { $0 != "'" })
      self.isColumnMajor = order.hasPrefix("True")
      self.shape = lengths
    }
  }
}
