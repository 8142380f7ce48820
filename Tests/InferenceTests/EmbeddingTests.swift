import Basics
import Datasets
import Images
import Layers
import Models
import Tensors
import TestSupport
import Testing

@testable import Inference

@Suite struct EmbeddingTests {
  private let model = TrainedModel(untrained: .toyImagesAndTexts, seed: 1, precision: .float32)

  private func row(_ embeddings: Tensor, _ index: Int) -> [Float] { embeddings[index].values(as: Float.self) }

  /// An item's embedding is its own, whatever is embedded beside it, and by however many workers.
  @Test(arguments: [0, 1, 3]) func everyItemStandsForItself(workers: Int) throws {
    let source = ToySource(9)
    let all = try model.embeddings(of: source, workers: workers)
    #expect(all.shape == [9, 6] && all.type == .float32)
    let some = try model.embeddings(of: source, items: [7, 2], workers: workers)
    for (place, item) in [7, 2].enumerated() {
      expectClose(some[place], all[item], relative: 1e-5, absolute: 1e-6)
    }
    #expect(row(all, 2) != row(all, 7))
    #expect(try model.embeddings(of: source, items: []).shape == [0, 6])
  }

  @Test func leavesOutWhatIsBroken() throws {
    let (broken, whole) = (ToySource(6, broken: [4]), ToySource(6))
    let noted = BrokenItems(among: 6)
    let (items, vectors) = try model.embeddings(of: broken, items: [5, 4, 0], leavingOut: noted)
    #expect(items == [5, 0])
    #expect(noted.all.map(\.item) == [4])
    let expected = try model.embeddings(of: whole, items: [5, 0])
    #expect(vectors.values(as: Float.self) == expected.values(as: Float.self))
    let nothing = try model.embeddings(of: broken, items: [4], leavingOut: noted)
    #expect(nothing.items.isEmpty && nothing.vectors.shape == [0, 6])

    let error = #expect(throws: InputError.self) { try model.embeddings(of: broken) }
    #expect(error?.place == "toy 4")
    let many = ToySource(6, broken: [1, 4])
    #expect(throws: InputError.self) { try model.embeddings(of: many, leavingOut: BrokenItems(among: 6)) }
  }

  @Test func transformsComeBeforeTheSize() throws {
    let source = ToySource(2, side: 12)
    let black = try model.embeddings(of: source) { image, _ in Image(width: 5, height: 3, color: [0, 0, 0]) }
    #expect(row(black, 0) == row(black, 1))
    let one = try model.embeddings(of: source) { image, item in
      item == 0 ? image : Image(width: 5, height: 3, color: [0, 0, 0])
    }
    expectClose(one[1], black[1], relative: 1e-5, absolute: 1e-6)
    expectClose(one[0], try model.embeddings(of: source)[0], relative: 1e-5, absolute: 1e-6)
  }

  @Test func textsNeedAModelThatKnowsThem() throws {
    let texts = try model.embeddings(of: ["red", "blue block", "", "red"])
    #expect(texts.shape == [4, 6])
    #expect(row(texts, 0) == row(texts, 3))
    #expect(row(texts, 0) != row(texts, 1))
    #expect(texts.isFinite().all())
    let images = TrainedModel(untrained: .toyImages, seed: 1)
    let error = #expect(throws: InputError.self) { try images.embeddings(of: ["red"]) }
    #expect(error?.problem == "this model embeds images alone")
  }

  /// Pixels as they are, centred at 0: what needs no model.
  @Test func pixelsAreTheBaseline() throws {
    let source = ToySource(3)
    let pixels = try pixelEmbeddings(of: source, items: [2], side: 8)
    #expect(pixels.shape == [1, 192])
    expectClose(pixels, try source.image(of: 2).pixels.map { Double($0) / 255 - 0.5 })
  }
}
