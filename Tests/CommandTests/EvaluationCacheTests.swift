import Basics
import TestSupport
import Testing

@testable import Kindred

/// What is embedded once is not embedded again, and what changed is.
@Suite struct EvaluationCacheTests {
  private static let recipe = EmbeddingModelRecipe(
    imageEncoder: .small(SmallConvNet.Recipe()), preprocessing: .unit(side: 8))

  private func model(_ recipe: EmbeddingModelRecipe = recipe, seed: UInt64 = 3) -> TrainedModel {
    TrainedModel(untrained: recipe, seed: seed, precision: .float32)
  }

  private func photos(_ folder: String) throws -> any ImageSource {
    if !Files.exists("\(folder)/photos") {
      for part in ["train", "test"] {
        for name in ["cat", "dog"] { try writeImages(3, to: "\(folder)/photos/\(part)/\(name)") }
      }
    }
    return try Sources.open("\(folder)/photos")
  }

  private func values(_ items: EmbeddedItems) -> [[Float]] { items.vectors.map { $0.vectors.values(as: Float.self) } }

  @Test func theSecondTimeNothingIsEmbedded() throws {
    try withTemporaryFolder { folder in
      let cache = EmbeddingCache(folder: "\(folder)/cache")
      let source = try photos(folder)
      let plain = try ImageContext(model: model(), source: source).embedded([0, 1, 2])
      let first = try ImageContext(model: model(), source: source, cache: cache).embedded([0, 1, 2])
      #expect(cache.uses == (found: 0, missed: 3))
      let second = try ImageContext(model: model(), source: photos(folder), cache: cache).embedded([0, 1, 2])
      #expect(cache.uses == (found: 3, missed: 3))
      #expect(values(first) == values(plain) && values(second) == values(plain))
      #expect(second.items == [0, 1, 2])
      // What comes back is what lies there: no encoder is asked.
      for name in try Files.names(in: cache.folder) {
        let file = try SafeTensors(contentsOf: "\(cache.folder)/\(name)")
        guard let vectors = file.tensors["vectors"], vectors.type == .float32 else { continue }
        let key = try #require(name.split(separator: ".").first)
        let planted = EmbeddingCache.Entry(places: [0, 1, 2], vectors: .full(vectors.shape, 7))
        cache.keep(planted, for: Digest(of: "planted"))
        try Files.write(
          "\(cache.folder)/\(key).safetensors",
          bytes: Files.bytes(of: "\(cache.folder)/\(Digest(of: "planted").text).safetensors"))
      }
      let third = try ImageContext(model: model(), source: source, cache: cache).embedded([0, 1, 2])
      #expect(values(third)[0].allSatisfy { $0 == 7 } && values(third)[2].allSatisfy { $0 == 7 })
      #expect(values(third)[1] == values(plain)[1])
    }
  }

  @Test func whatChangedIsEmbeddedAnew() throws {
    try withTemporaryFolder { folder in
      let cache = EmbeddingCache(folder: "\(folder)/cache")
      let items = [0, 1, 2]
      func embedded(_ model: TrainedModel, _ view: ItemView? = nil) throws -> [Float] {
        let context = ImageContext(model: model, source: try photos(folder), cache: cache)
        let found = try context.embeddings(of: items, by: .model, seenAs: view).vectors.values(as: Float.self)
        let plain = ImageContext(model: model, source: try photos(folder))
        #expect(try plain.embeddings(of: items, by: .model, seenAs: view).vectors.values(as: Float.self) == found)
        return found
      }
      var seen = [try embedded(model())]
      func expectNew(_ vectors: [Float], _ what: String) {
        #expect(!seen.contains(vectors), "\(what)")
        seen.append(vectors)
      }
      expectNew(try embedded(model(seed: 4)), "other weights")
      let clip = EmbeddingModelRecipe(imageEncoder: Self.recipe.imageEncoder, preprocessing: .clip(side: 8))
      expectNew(try embedded(model(clip)), "other preprocessing")
      let mirror = ViewRecipe(name: "m", size: ImageSize(square: 8), steps: [RandomFlip(.horizontal, probability: 1)])
      expectNew(try embedded(model(), ItemView(mirror, seed: 1)), "a view")
      // One pixel, in a file of the same name and size.
      let path = "\(folder)/photos/\(try photos(folder).title(of: 1))"
      var pixels = try Image(contentsOf: path).pixels
      pixels[50] ^= 128
      let before = try #require(Files.status(of: path))
      try Files.write(path, bytes: Image(width: 8, height: 8, pixels: pixels).png())
      expectNew(try embedded(model()), "one pixel")
      #expect(before.bytes == Files.status(of: path)?.bytes, "noise takes the same bytes")
      #expect(cache.uses.found == 0)
      _ = try embedded(model())
      #expect(cache.uses.found == 1)
    }
  }

  @Test func truncatedEntriesAreComputedAgain() throws {
    try withTemporaryFolder { folder in
      let cache = EmbeddingCache(folder: "\(folder)/cache")
      func embedded() throws -> [[Float]] {
        values(try ImageContext(model: model(), source: photos(folder), cache: cache).embedded([0, 1, 2]))
      }
      let first = try embedded()
      for name in try Files.names(in: cache.folder) {
        let path = "\(cache.folder)/\(name)"
        try Files.write(path, bytes: Files.bytes(of: path).dropLast(5))
      }
      #expect(try embedded() == first)
      #expect(cache.uses == (found: 0, missed: 6))
      #expect(try embedded() == first)
      #expect(cache.uses == (found: 3, missed: 6))
    }
  }

  @Test func brokenItemsAreNotedEitherWay() throws {
    try withTemporaryFolder { folder in
      let source = try photos(folder)
      let path = "\(folder)/photos/\(source.title(of: 1))"
      try Files.write(path, bytes: Files.bytes(of: path).prefix(60))
      let cache = EmbeddingCache(folder: "\(folder)/cache")
      for turn in 0..<2 {
        let context = ImageContext(model: model(), source: source, cache: cache)
        let embedded = try context.embedded([0, 1, 2])
        #expect(embedded.items == [0, 2])
        #expect(context.broken.all.map(\.item) == [1])
        #expect(context.broken.all[0].problem.place == path)
        #expect(cache.uses.found == 3 * turn)
      }
    }
  }

  @Test func theCommandSaysTheSame() throws {
    try withTemporaryFolder { folder in
      _ = try photos(folder)
      let train = ["train", "simclr", "photos", "--run", "run", "--epochs", "1"] + smallRun
      #expect(try startKindred(train, in: folder).wait() == .exited(0))
      for line in [["knn", "-k", "3"], ["copies"], ["invariance"], ["geometry"]] {
        let words = ["evaluate", line[0], "run", "photos"] + line.dropFirst()
        let plain = try startKindred(words + ["--no-cache"], in: folder)
        #expect(plain.wait() == .exited(0), "\(plain.errors)")
        let before = (try? Files.names(in: "\(folder)/.cache/embeddings")) ?? []
        for _ in 0..<2 {
          let run = try startKindred(words, in: folder)
          #expect(run.wait() == .exited(0), "\(run.errors)")
          #expect(run.output == plain.output && run.errors == plain.errors)
        }
        #expect(try Files.names(in: "\(folder)/.cache/embeddings").count > before.count)
      }
    }
  }
}
