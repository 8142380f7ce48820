#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Embeddings in a file that other programs read; its name decides the format.
public struct EmbeddingExport {
  private enum Format: String, CaseIterable { case npy, safetensors, jsonl }

  private let path: String
  private let format: Format

  /// Names the file.
  ///
  /// - Throws: `InputError` when the name's ending stands for no format, or no file can be written there.
  public init(to path: String) throws {
    guard let format = Format.allCases.first(where: { path.hasSuffix(".\($0)") }) else {
      throw InputError(
        in: path, Files.isFolder(path) ? "is a folder" : "its ending stands for no format",
        remedy: "name a file that ends in .npy, .safetensors or .jsonl")
    }
    try OutputFile.require(path)
    self.path = path
    self.format = format
  }

  private struct Line: Encodable {
    let title: String
    let embedding: [Float]
  }

  /// Writes embeddings `[N, D]` with the titles of their items.
  public func write(_ embeddings: Tensor, titles: [String]) throws {
    switch format {
    case .npy:
      try NumPyFile.write(embeddings, to: path)
    case .safetensors:
      let encoded = String(decoding: try JSONEncoder().encode(titles), as: UTF8.self)
      try SafeTensors(["embeddings": embeddings], metadata: ["titles": encoded]).write(to: path)
    case .jsonl:
      try Files.write(path) { try Self.append(embeddings, titles, to: $0) }
    }
  }

  /// Writes embeddings that come in parts, in order, with their texts; only `.safetensors` keeps them in memory.
  ///
  /// - Parameters:
  ///   - count: The number of embeddings.
  ///   - size: The length of an embedding.
  ///   - next: The next part, `[n, size]`, and what each is of; nil at the end.
  public func write(count: Int, size: Int, parts next: () throws -> (vectors: Tensor, titles: [String])?) throws {
    switch format {
    case .npy:
      try NumPyFile.write(rows: count, columns: size, to: path) { append in
        while let part = try next() { try append(part.vectors) }
      }
    case .safetensors:
      var (vectors, titles): ([Tensor], [String]) = ([.zeros([0, size])], [])
      while let part = try next() {
        vectors.append(part.vectors)
        titles += part.titles
      }
      try write(.concatenation(vectors), titles: titles)
    case .jsonl:
      try Files.write(path) { sink in
        while let part = try next() { try Self.append(part.vectors, part.titles, to: sink) }
      }
    }
  }

  private static func append(_ embeddings: Tensor, _ titles: [String], to sink: Files.Sink) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let size = embeddings.shape[1]
    let values = embeddings.values(as: Float.self)
    for (i, title) in titles.enumerated() {
      let line = Line(title: title, embedding: Array(values[(i * size)..<((i + 1) * size)]))
      try sink.append([UInt8](encoder.encode(line)) + [UInt8(ascii: "\n")])
    }
  }
}
