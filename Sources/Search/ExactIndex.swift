public import Tensors
import Basics

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Embeddings with names, to be searched by cosine similarity.
///
/// Every search compares with all of them, so that nothing is missed.
public struct ExactIndex {
  /// The embeddings, scaled to unit length, `[N, D]`.
  public let vectors: Tensor

  /// What identifies every embedded item, such as a path.
  public let ids: [String]

  /// What a person reads for every item.
  public let titles: [String]

  /// Something found.
  public struct Hit: Hashable, Sendable {
    /// The item's number.
    public let index: Int
    /// The item's id.
    public let id: String
    /// The item's title.
    public let title: String
    /// The cosine of the angle to the query, at most 1.
    public let similarity: Double
  }

  /// Creates an index over embeddings `[N, D]` of any norm.
  ///
  /// - Parameter titles: What a person reads; the ids unless given.
  public init(_ embeddings: Tensor, ids: [String], titles: [String]? = nil) {
    let titles = titles ?? ids
    precondition(
      embeddings.rank == 2 && embeddings.shape[0] == ids.count && ids.count == titles.count,
      "an index takes [N, D] with N ids and titles; got \(embeddings.shape), \(ids.count) and \(titles.count)")
    vectors = withoutGradient { embeddings.detached().normalized() }
    self.ids = ids
    self.titles = titles
  }

  /// The nearest items to every query `[Q, D]`, the nearest first; equally near ones in the order of the index.
  public func nearest(_ k: Int, to queries: Tensor) -> [[Hit]] {
    Neighbors(in: vectors).nearest(k, of: queries).map { matches in
      matches.map { Hit(index: $0.index, id: ids[$0.index], title: titles[$0.index], similarity: $0.similarity) }
    }
  }

  /// Writes the index as a safetensors file: the tensor `vectors`, and ids and titles as JSON in its metadata.
  ///
  /// - Throws: `InputError` when the file cannot be written; an old file is then untouched.
  public func write(to path: String) throws {
    try SafeTensors(
      ["vectors": vectors],
      metadata: ["format": "kindred.index.1", "ids": Self.encoded(ids), "titles": Self.encoded(titles)]
    ).write(to: path)
  }

  /// Reads an index that `write` wrote.
  ///
  /// - Throws: `InputError` that says what is wrong with the file.
  public init(contentsOf path: String) throws {
    let file = try SafeTensors(contentsOf: path)
    guard let vectors = file.tensors["vectors"], file.metadata["format"] == "kindred.index.1" else {
      throw InputError(in: path, "is not an index", remedy: "give a file that an index was written to")
    }
    let ids = try Self.decoded("ids", of: file, in: path)
    let titles = try Self.decoded("titles", of: file, in: path)
    guard vectors.rank == 2, vectors.type.isFloatingPoint, vectors.shape[0] == ids.count, ids.count == titles.count
    else {
      throw InputError(
        in: path, "its vectors \(vectors.type)\(vectors.shape) do not fit \(ids.count) ids and \(titles.count) titles",
        remedy: "the file is damaged")
    }
    self.init(vectors, ids: ids, titles: titles)
  }

  private static func encoded(_ texts: [String]) throws -> String {
    String(decoding: try JSONEncoder().encode(texts), as: UTF8.self)
  }

  private static func decoded(_ name: String, of file: SafeTensors, in path: String) throws -> [String] {
    guard let text = file.metadata[name], let list = try? JSONDecoder().decode([String].self, from: Data(text.utf8))
    else { throw InputError(in: path, "its \(name) cannot be understood", remedy: "the file is damaged") }
    return list
  }
}
