import Basics

/// Records of CIFAR's binary files: one or two label bytes, then 32×32 pixels as a red, a green and a blue plane.
///
/// CIFAR-10 has the label 0…9; CIFAR-100 has a coarse label 0…19, then a fine one 0…99.
///
/// Source: Krizhevsky. "Learning Multiple Layers of Features from Tiny Images." 2009.
/// <https://www.cs.toronto.edu/~kriz/cifar.html>
struct CIFARFile {
  /// Which of the two data sets it is.
  enum Kind: Int {
    case cifar10 = 10
    case cifar100 = 100

    /// The bytes before the pixels.
    var labelBytes: Int { self == .cifar10 ? 1 : 2 }
    var recordBytes: Int { labelBytes + CIFARFile.pixels }
  }

  /// The bytes of an image.
  static let pixels = 3 * 32 * 32

  /// Which of the two data sets it is.
  let kind: Kind
  /// The file's bytes.
  let bytes: [UInt8]

  /// Reads a file, plain or gzipped, and tells its kind from its length and its labels.
  ///
  /// - Throws: `InputError` when the file is missing or is of neither kind.
  init(_ path: String) throws {
    let bytes = try Gzip.bytes(of: path)
    func fits(_ kind: Kind) -> Bool {
      !bytes.isEmpty && bytes.count.isMultiple(of: kind.recordBytes)
        && stride(from: 0, to: bytes.count, by: kind.recordBytes).allSatisfy {
          kind == .cifar10 ? bytes[$0] < 10 : bytes[$0] < 20 && bytes[$0 + 1] < 100
        }
    }
    guard let kind = [Kind.cifar10, .cifar100].first(where: fits) else {
      throw InputError(
        in: path, "has \(bytes.count) bytes that are no records of CIFAR-10 (3073 bytes each) or CIFAR-100 (3074)",
        remedy: "download the binary version again")
    }
    self.kind = kind
    self.bytes = bytes
  }

  /// The number of records.
  var count: Int { bytes.count / kind.recordBytes }

  /// The label in a byte of each record: 0 for CIFAR-10's or CIFAR-100's coarse one, 1 for CIFAR-100's fine one.
  func labels(at byte: Int) -> [Int] {
    (0..<count).map { Int(bytes[$0 * kind.recordBytes + byte]) }
  }

  /// The pixels of a record, channels side by side.
  func pixels(of record: Int) -> [UInt8] {
    let start = record * kind.recordBytes + kind.labelBytes
    return [UInt8](unsafeUninitializedCapacity: Self.pixels) { pixels, count in
      for position in 0..<1024 {
        pixels[3 * position] = bytes[start + position]
        pixels[3 * position + 1] = bytes[start + 1024 + position]
        pixels[3 * position + 2] = bytes[start + 2048 + position]
      }
      count = Self.pixels
    }
  }
}
