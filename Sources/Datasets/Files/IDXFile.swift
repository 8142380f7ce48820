import Basics

/// An array of bytes in the format of MNIST's files.
///
/// Two zero bytes, a type (8: unsigned bytes), the number of dimensions, each dimension as four bytes, the most
/// significant first, then the values, the last dimension running fastest. Plain or gzipped.
///
/// Source: LeCun, Cortes, Burges. "The MNIST database of handwritten digits." <http://yann.lecun.com/exdb/mnist/>
struct IDXFile {
  /// The dimensions, such as [60000, 28, 28].
  let shape: [Int]
  /// The values.
  let values: [UInt8]

  /// Whether bytes begin as an IDX file of unsigned bytes does.
  static func isIDX(_ bytes: [UInt8]) -> Bool {
    bytes.count >= 8 && bytes.starts(with: [0, 0, 8]) && (1...4).contains(bytes[3])
  }

  /// Reads a file.
  ///
  /// - Parameter dimensions: How many dimensions it must have.
  /// - Throws: `InputError` when the file is missing, of another kind, or shorter or longer than its dimensions say.
  init(_ path: String, dimensions: Int) throws {
    let bytes = try Gzip.bytes(of: path)
    guard Self.isIDX(bytes) else {
      throw InputError(in: path, "is not an IDX file of bytes", remedy: "check that it is one of MNIST's files")
    }
    guard Int(bytes[3]) == dimensions, bytes.count >= 4 + 4 * dimensions else {
      throw InputError(in: path, "has \(bytes[3]) dimensions, not \(dimensions)", remedy: "check which file is which")
    }
    shape = (0..<dimensions).map { dimension in
      (0..<4).reduce(0) { $0 << 8 | Int(bytes[4 + 4 * dimension + $1]) }
    }
    values = Array(bytes[(4 + 4 * dimensions)...])
    let expected = shape.reduce((1, false)) { product, next in
      let (value, overflow) = product.0.multipliedReportingOverflow(by: next)
      return (value, product.1 || overflow)
    }
    guard !expected.1, values.count == expected.0 else {
      throw InputError(
        in: path, "has \(values.count) values, where its dimensions \(shape) call for \(expected.0)",
        remedy: "copy or download the file again")
    }
  }
}
