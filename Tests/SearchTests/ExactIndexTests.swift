import Basics
import Search
import TestSupport
import Tensors
import Testing

@Suite struct ExactIndexTests {
  private let index = ExactIndex(
    Tensor([3, 0, 0, 5, 1, 1, -2, 0] as [Float], shape: [4, 2]), ids: ["a", "b/ü", "c\"", "d"],
    titles: ["east", "north", "north-east", "west"])

  @Test func findsTheNearestByAngle() {
    let hits = index.nearest(3, to: Tensor([2, 0.1] as [Float], shape: [1, 2]))[0]
    #expect(hits.map(\.id) == ["a", "c\"", "b/ü"])
    #expect(hits.map(\.title) == ["east", "north-east", "north"])
    #expect(abs(hits[0].similarity - 2 / (4.01).squareRoot()) < 1e-6)
  }

  @Test func comesBackFromItsFile() throws {
    try withTemporaryFolder { folder in
      try index.write(to: "\(folder)/index.safetensors")
      let read = try ExactIndex(contentsOf: "\(folder)/index.safetensors")
      #expect(read.ids == index.ids)
      #expect(read.titles == index.titles)
      expectClose(read.vectors, index.vectors, relative: 1e-6, absolute: 1e-7)
    }
  }

  @Test func otherFilesAreRefused() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/file.safetensors"
      try SafeTensors(["vectors": .zeros([2, 2])]).write(to: path)
      #expect(
        throws: InputError(
          in: path, "is not an index", remedy: "give a file that an index was written to")
      ) { try ExactIndex(contentsOf: path) }
      try SafeTensors(
        ["vectors": .zeros([2, 2])],
        metadata: ["format": "kindred.index.1", "ids": "[\"a\"]", "titles": "[\"a\"]"]
      ).write(to: path)
      #expect(throws: InputError.self) { try ExactIndex(contentsOf: path) }
    }
  }
}
