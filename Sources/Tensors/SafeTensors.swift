import Basics

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Named tensors in one file, in the safetensors format: 8 bytes with the length of a JSON header (little-endian), the
/// header with every tensor's type, shape and place, then the elements.
///
/// Reading maps the file: a tensor's bytes come from the disk when they are first used. A header that lies (places
/// outside the file, overlapping or missing bytes, shapes that do not fit) is refused before anything is read.
///
/// Source: <https://huggingface.co/docs/safetensors>
public struct SafeTensors {
  /// The tensors by name.
  public let tensors: [String: Tensor]

  /// Texts that the writer left, such as the version of what wrote the file.
  public let metadata: [String: String]

  /// Creates a collection to be written.
  public init(_ tensors: [String: Tensor], metadata: [String: String] = [:]) {
    self.tensors = tensors
    self.metadata = metadata
  }

  /// Reads a file.
  ///
  /// - Throws: `InputError` that says what is wrong with the file.
  public init(contentsOf path: String) throws {
    let file = try MappedFile(path)
    let (header, start) = try Self.header(of: file.bytes, in: path)
    var tensors: [String: Tensor] = [:]
    var expected = 0
    for (name, entry) in header.entries.sorted(by: { ($0.value.begin, $0.value.end) < ($1.value.begin, $1.value.end) })
    {
      guard let type = Self.types[entry.type] else {
        throw InputError(in: path, "tensor '\(name)' has the type \(entry.type), which is not supported")
      }
      guard let count = Self.product(entry.shape + [type.byteCount]) else {
        throw InputError(in: path, "tensor '\(name)' has the impossible shape \(entry.shape)")
      }
      guard entry.begin == expected, entry.end - entry.begin == count, start + entry.end <= file.bytes.count else {
        throw InputError(
          in: path,
          "tensor '\(name)' of \(count) bytes is said to lie at \(entry.begin)..<\(entry.end) of "
            + "\(file.bytes.count - start), where \(expected) comes next", remedy: "the file is truncated or damaged")
      }
      expected = entry.end
      tensors[name] = Self.tensor(at: start + entry.begin, shape: entry.shape, type: type, in: file)
    }
    guard start + expected == file.bytes.count else {
      throw InputError(
        in: path, "has \(file.bytes.count - start) bytes of elements where its header accounts for \(expected)",
        remedy: "the file is damaged")
    }
    self.init(tensors, metadata: header.metadata)
  }

  /// Writes the tensors, sorted by name, so that equal collections give equal files.
  ///
  /// - Throws: `InputError` when the file cannot be written; an old file is then untouched.
  public func write(to path: String) throws {
    let names = tensors.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    var entries: [String: Header.Entry] = [:]
    var offset = 0
    for name in names {
      let tensor = tensors[name]!
      let end = offset + tensor.count * tensor.type.byteCount
      let type = Self.types.first { $0.value == tensor.type }!.key
      entries[name] = Header.Entry(type: type, shape: tensor.shape, begin: offset, end: end)
      offset = end
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var header = [UInt8](try encoder.encode(Header(metadata: metadata, entries: entries)))
    // Elements begin at a multiple of 8, so that every type is aligned when the file is mapped.
    while header.count % 8 != 0 { header.append(UInt8(ascii: " ")) }
    try Files.write(path) { sink in
      try withUnsafeBytes(of: UInt64(header.count).littleEndian) { try sink.append($0) }
      try sink.append(header)
      for name in names { try tensors[name]!.withBytes { try sink.append($0) } }
    }
  }
}

extension SafeTensors {
  private static let types: [String: DataType] = [
    "F64": .float64, "F32": .float32, "F16": .float16, "BF16": .bfloat16, "I64": .int64, "I32": .int32, "U8": .uint8,
    "BOOL": .bool,
  ]

  private static func header(of bytes: UnsafeRawBufferPointer, in path: String) throws -> (Header, start: Int) {
    let damaged = "is this a safetensors file, and is it whole?"
    guard bytes.count >= 8 else { throw InputError(in: path, "is too short (\(bytes.count) bytes)", remedy: damaged) }
    let length = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
    guard length >= 2, length <= UInt64(bytes.count - 8) else {
      throw InputError(
        in: path, "its header is said to take \(length) bytes of a file of \(bytes.count)", remedy: damaged)
    }
    let end = 8 + Int(length)
    do {
      let data = Data(bytes[8..<end])
      return (try JSONDecoder().decode(Header.self, from: data), end)
    } catch {
      throw InputError(in: path, "its header cannot be understood", remedy: damaged)
    }
  }

  private static func tensor(at offset: Int, shape: [Int], type: DataType, in file: MappedFile) -> Tensor {
    let count = shape.reduce(type.byteCount, *)
    if count == 0 { return .zeros(shape, type: type) }
    let start = file.bytes.baseAddress! + offset
    if Int(bitPattern: start) % type.byteCount == 0 {
      return Tensor(borrowing: start, shape: shape, type: type, keptBy: file)
    }
    return Tensor(bytes: UnsafeRawBufferPointer(start: start, count: count), shape: shape, type: type)
  }

  /// The product of non-negative lengths, or nil when one is negative or it does not fit.
  static func product(_ lengths: [Int]) -> Int? {
    lengths.reduce(1 as Int?) { product, length in
      guard let product, length >= 0 else { return nil }
      let (result, overflow) = product.multipliedReportingOverflow(by: length)
      return overflow ? nil : result
    }
  }

  /// The JSON at the head of a file: a dictionary from names to entries, with one name set apart for texts.
  private struct Header: Codable {
    struct Entry {
      var type: String
      var shape: [Int]
      var begin: Int
      var end: Int
    }

    var metadata: [String: String]
    var entries: [String: Entry]

    private struct Name: CodingKey {
      var stringValue: String
      var intValue: Int? { nil }
      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
      static let metadata = Name(stringValue: "__metadata__")
    }

    private enum EntryKeys: String, CodingKey { case dtype, shape, dataOffsets = "data_offsets" }

    init(metadata: [String: String], entries: [String: Entry]) {
      self.metadata = metadata
      self.entries = entries
    }

    init(from decoder: any Decoder) throws {
      let names = try decoder.container(keyedBy: Name.self)
      metadata = try names.decodeIfPresent([String: String].self, forKey: .metadata) ?? [:]
      entries = [:]
      for name in names.allKeys where name.stringValue != Name.metadata.stringValue {
        let fields = try names.nestedContainer(keyedBy: EntryKeys.self, forKey: name)
        let offsets = try fields.decode([Int].self, forKey: .dataOffsets)
        guard offsets.count == 2, offsets[0] >= 0, offsets[1] >= offsets[0], offsets[1] < 1 << 60 else {
          throw DecodingError.dataCorruptedError(forKey: .dataOffsets, in: fields, debugDescription: "no range")
        }
        entries[name.stringValue] = Entry(
          type: try fields.decode(String.self, forKey: .dtype), shape: try fields.decode([Int].self, forKey: .shape),
          begin: offsets[0], end: offsets[1])
      }
    }

    func encode(to encoder: any Encoder) throws {
      var names = encoder.container(keyedBy: Name.self)
      if !metadata.isEmpty { try names.encode(metadata, forKey: .metadata) }
      for (name, entry) in entries {
        var fields = names.nestedContainer(keyedBy: EntryKeys.self, forKey: Name(stringValue: name))
        try fields.encode(entry.type, forKey: .dtype)
        try fields.encode(entry.shape, forKey: .shape)
        try fields.encode([entry.begin, entry.end], forKey: .dataOffsets)
      }
    }
  }
}
