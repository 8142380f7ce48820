import Basics
import Tensors

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

// The file: safetensors with "vectors", `float32` `[N, D]` of unit length, and "titles", the bytes of a JSON array of N
// texts; its metadata say that it is an index, and of which version. Titles are no metadata because those lie in the
// header, which a reader takes in whole before anything else.

extension ExactIndex {
  private static let format = "kindred-index"
  private static let version = "1"

  /// Writes the index to a file, which is there whole or not at all.
  ///
  /// - Throws: `InputError` when the file cannot be written.
  public func save(to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.withoutEscapingSlashes]
    let titles = [UInt8](try encoder.encode(self.titles))
    try SafeTensors(
      ["vectors": vectors, "titles": Tensor(titles)], metadata: ["format": Self.format, "version": Self.version]
    ).write(to: path)
  }

  /// Reads an index that `save(to:)` wrote.
  ///
  /// - Throws: `InputError` when the file is missing, damaged, no index, or one of a later version.
  public init(contentsOf path: String) throws {
    let file = try SafeTensors(contentsOf: path)
    guard file.metadata["format"] == Self.format else {
      throw InputError(in: path, "is no index", remedy: "make one with 'kindred index'")
    }
    guard file.metadata["version"] == Self.version else {
      throw InputError(
        in: path, "is an index of version \(file.metadata["version"] ?? "unknown"), of which only 1 is known",
        remedy: "make it again, or use the Kindred that wrote it")
    }
    func damaged(_ problem: String) -> InputError {
      InputError(in: path, problem, remedy: "the file is damaged: make the index again")
    }
    guard Set(file.tensors.keys) == ["titles", "vectors"], let vectors = file.tensors["vectors"],
      let bytes = file.tensors["titles"]
    else { throw damaged("holds \(file.tensors.keys.sorted()) where an index has titles and vectors") }
    guard vectors.type == .float32, vectors.rank == 2 else {
      throw damaged("its vectors are \(vectors.type)\(vectors.shape), where float32 [N, D] was expected")
    }
    guard bytes.type == .uint8, bytes.rank == 1,
      let titles = bytes.withBytes({ try? JSONDecoder().decode([String].self, from: Data($0)) })
    else { throw damaged("its titles are no list of texts") }
    guard titles.count == vectors.shape[0] else {
      throw damaged("has \(vectors.shape[0]) vectors and \(titles.count) titles")
    }
    // One pass finds both what is not finite and what is not scaled; rows of zeros are as they were.
    let lengths = withoutGradient { vectors.norm(1).values(as: Float.self) }
    if let row = lengths.firstIndex(where: { !(abs($0 - 1) < 1e-3 || $0 == 0) }) {
      throw damaged("vector \(row) has the length \(lengths[row]) instead of 1")
    }
    self.init(normalized: vectors, titles: titles)
  }
}
