import Basics
import TestSupport
import Tensors
import Testing

@testable import Search

@Suite struct ExactIndexTests {
  private let vectors = peerInput(9, 4, 0.37, 1.3)
  private let titles = ["red heart", "", "Größe \"ß\"", "🏳️‍🌈", "a/b", "line\nbreak", "red heart", "\u{0}", "🙂"]

  @Test func findsTheMostSimilarItems() throws {
    let index = try ExactIndex(vectors: vectors * 3, titles: titles)
    #expect(index.count == 9)
    #expect(index.dimension == 4)
    let queries = peerInput(3, 4, 0.41, 1.1)
    let found = try index.nearest(to: queries * 0.01, count: 4)
    let cosines = queries.normalized().matrixProduct(vectors.normalized().transposed())
    for (query, matches) in found.enumerated() {
      let row = cosines[query].values(as: Double.self)
      let order = row.indices.sorted { row[$0] > row[$1] }.prefix(4)
      #expect(matches.map(\.index) == Array(order))
      #expect(matches.map(\.title) == order.map { titles[$0] })
      #expect(zip(matches, order).allSatisfy { abs($0.similarity - row[$1]) < 1e-6 })
    }
  }

  @Test func equallySimilarItemsComeInTheirOrder() throws {
    let row = Tensor([0.1, 0.2, 0.3] as [Float], shape: [1, 3])
    let index = try ExactIndex(
      vectors: .concatenation([-row, row, .zeros([1, 3]), row * 5, row]), titles: ["a", "b", "c", "d", "e"])
    #expect(try index.nearest(to: row, count: 2)[0].map(\.index) == [1, 3])
    #expect(try index.nearest(to: row, count: 9)[0].map(\.title) == ["b", "d", "e", "c", "a"])
    #expect(try index.nearest(to: .zeros([1, 3]), count: 9)[0].map(\.index) == [0, 1, 2, 3, 4])
  }

  @Test func emptyIndexesAndSearchesFindNothing() throws {
    let empty = try ExactIndex(vectors: .zeros([0, 4]), titles: [])
    #expect(try empty.nearest(to: vectors, count: 3) == [[Match]](repeating: [], count: 9))
    let index = try ExactIndex(vectors: vectors, titles: titles)
    #expect(try index.nearest(to: vectors[0..<0], count: 3) == [])
    #expect(try index.nearest(to: vectors[0..<2], count: 0) == [[], []])
    try withTemporaryFolder { folder in
      try empty.save(to: "\(folder)/empty")
      #expect(try ExactIndex(contentsOf: "\(folder)/empty").dimension == 4)
    }
  }

  @Test func whatDoesNotFitIsSaid() throws {
    let index = try ExactIndex(vectors: vectors, titles: titles)
    #expect(
      throws: InputError(
        "queries have 3 numbers and the vectors of the index 4", remedy: "embed both with the same model")
    ) { try index.nearest(to: .zeros([2, 3]), count: 1) }
    let broken = vectors.filled(where: Tensor.range(0..<9).unsqueezed(1) .== 5, with: .nan)
    var error = #expect(throws: InputError.self) { try index.nearest(to: broken, count: 1) }
    #expect(error?.place == "query 5")
    error = #expect(throws: InputError.self) { try ExactIndex(vectors: broken, titles: titles) }
    #expect(error?.place == "vector 5")
    // Finite numbers whose sum is not.
    _ = try ExactIndex(vectors: .full([4, 2], 3e38), titles: ["", "", "", ""])
  }

  @Test func comesBackFromItsFile() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/index.safetensors"
      let index = try ExactIndex(
        vectors: .concatenation([vectors[0..<8], .zeros([1, 4], type: .float64)]), titles: titles)
      try index.save(to: path)
      let loaded = try ExactIndex(contentsOf: path)
      #expect(loaded.titles == titles)
      #expect(loaded.vectors.values(as: Float.self) == index.vectors.values(as: Float.self))
      #expect(try loaded.nearest(to: vectors, count: 5) == index.nearest(to: vectors, count: 5))
      let first = try Files.bytes(of: path)
      try loaded.save(to: "\(folder)/again")
      #expect(try Files.bytes(of: "\(folder)/again") == first)
    }
  }

  @Test func filesThatAreNotWholeAreRefused() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/index"
      let unit = Tensor.identity(2)
      let head = ["format": "kindred-index", "version": "1"]
      func titles(_ json: String) -> Tensor { Tensor(Array(json.utf8)) }
      func problem(_ tensors: [String: Tensor], _ metadata: [String: String]) throws -> String {
        try SafeTensors(tensors, metadata: metadata).write(to: path)
        let error = #expect(throws: InputError.self) { try ExactIndex(contentsOf: path) }
        #expect(error?.place == path)
        return error?.problem ?? ""
      }
      let two = titles(#"["a","b"]"#)
      #expect(try problem(["vectors": unit, "titles": two], [:]) == "is no index")
      #expect(
        try problem(["vectors": unit, "titles": two], ["format": "kindred-index", "version": "2"]).contains("version 2")
      )
      #expect(try problem(["vectors": unit], head).contains(#"holds ["vectors"]"#))
      #expect(try problem(["vectors": unit, "titles": two, "more": unit], head).contains("more"))
      #expect(try problem(["vectors": unit.to(.float64), "titles": two], head).contains("float64[2, 2]"))
      #expect(try problem(["vectors": unit[0], "titles": two], head).contains("float32[2]"))
      #expect(try problem(["vectors": unit, "titles": titles("[1,2]")], head) == "its titles are no list of texts")
      #expect(try problem(["vectors": unit, "titles": unit], head) == "its titles are no list of texts")
      #expect(try problem(["vectors": unit, "titles": titles(#"["a"]"#)], head) == "has 2 vectors and 1 titles")
      #expect(try problem(["vectors": unit * 2, "titles": two], head).hasPrefix("vector 0 has the length 2.0"))
      let broken = unit.filled(where: Tensor.range(0..<2).unsqueezed(1) .== 1, with: .nan)
      #expect(try problem(["vectors": broken, "titles": two], head).hasPrefix("vector 1 has the length nan"))
      #expect(throws: InputError.self) { try ExactIndex(contentsOf: "\(folder)/missing") }
      // Cut short anywhere, a file is refused.
      try ExactIndex(vectors: vectors, titles: self.titles).save(to: path)
      let bytes = try Files.bytes(of: path)
      for length in stride(from: 0, to: bytes.count, by: 7) {
        try Files.write(path, bytes: bytes[..<length])
        #expect(throws: InputError.self) { try ExactIndex(contentsOf: path) }
      }
    }
  }
}
