import Basics
import Images
import TestSupport
import Testing

@testable import Datasets

@Suite struct ClassSamplerTests {
  /// Classes of 1, 2, … 7 items, and 3 items without one.
  private let labels = Labels(
    (1...7).flatMap { count in [Int?](repeating: count - 1, count: count) } + [nil, nil, nil])

  private func sampler(perClass: Int = 3, batch: Int = 12, seed: UInt64 = 1) -> ClassSampler {
    ClassSampler(Array(labels.indices), labels: labels, perClass: perClass, batchSize: batch, seed: seed)
  }

  @Test func aBatchHasSoManyItemsOfSoManyClasses() {
    for step in 0..<200 {
      let items = sampler().items(ofStep: step)
      #expect(items.count == 12)
      let classes = stride(from: 0, to: 12, by: 3).map { place in items[place..<place + 3].map { labels[$0] } }
      for members in classes { #expect(Set(members).count == 1 && members[0] != nil) }
      #expect(Set(classes.map { $0[0]! }).count == 4)
      for place in stride(from: 0, to: 12, by: 3) {
        // Classes of three items and more give different ones.
        if labels[items[place]]! >= 2 { #expect(Set(items[place..<place + 3]).count == 3) }
      }
    }
  }

  @Test func classesAreAlikeOftenAndItemsOfAClassToo() {
    var counts = [Int](repeating: 0, count: labels.count)
    let steps = 4000
    for step in 0..<steps { for item in sampler().items(ofStep: step) { counts[item] += 1 } }
    #expect(counts.suffix(3) == [0, 0, 0], "items without a class are never drawn")
    for (item, count) in counts.dropLast(3).enumerated() {
      // 12 · steps draws over 7 classes, then over the items of the class.
      let expected = Double(12 * steps) / 7 / Double(labels[item]! + 1)
      #expect(
        abs(Double(count) - expected) < 5 * expected.squareRoot() + 0.03 * expected,
        "item \(item): \(count), expected \(expected)")
    }
  }

  @Test func dependsOnSeedAndStepAlone() {
    #expect(sampler().items(ofStep: 7) == sampler().items(ofStep: 7))
    #expect(sampler().items(ofStep: 7) != sampler().items(ofStep: 8))
    #expect(sampler().items(ofStep: 7) != sampler(seed: 2).items(ofStep: 7))
  }

  @Test func saysWhatCannotBeDrawn() {
    func problem(_ perClass: Int, _ batch: Int) -> String? {
      ClassSampler.problem(Array(labels.indices), labels: labels, perClass: perClass, batchSize: batch)
    }
    #expect(problem(3, 12) == nil && problem(3, 21) == nil)
    #expect(problem(3, 24) == "7 classes of 3 items each make no batch of 24")
    #expect(problem(5, 12) == "a batch of 12 cannot hold 5 items of every one of its classes")
    #expect(problem(0, 12) == "0 items a class are none")
  }

  @Test func drawsAreTheBeginningOfAPermutation() {
    var random = RandomStream(seed: 4)
    var seen: Set<[Int]> = []
    for _ in 0..<400 { seen.insert(random.draw(2, below: 4)) }
    #expect(seen.count == 12 && seen.allSatisfy { $0[0] != $0[1] })
    #expect(random.draw(5, below: 5).sorted() == [0, 1, 2, 3, 4])
  }

  private func maker(_ view: ViewRecipe) -> BatchMaker {
    let source = ToySource(10, labelled: { $0 != 4 })
    let recipe = BatchRecipe(views: [view], labels: .named(nil), perClass: 8)
    return BatchMaker(
      source: source, items: source.split.train, recipe: recipe, batches: Batches(of: 10, size: 8), seed: 1,
      broken: BrokenItems(among: 10), picture: source.picture)
  }

  /// A class of five items fills a batch of eight only by repeating some.
  @Test func anItemThatIsDrawnAgainIsSeenInAnotherView() throws {
    let batch = try maker(.simCLR(size: 8)).batch(ofStep: 0)
    #expect(Set(batch.labels).count == 1 && batch.items.count == 8 && Set(batch.items).count < 8)
    let bytes = 8 * 8 * 3
    let views = (0..<8).map { Array(batch.pixels[$0 * bytes..<($0 + 1) * bytes]) }
    #expect(Set(views).count == 8)
    #expect(!batch.items.contains(4))
  }

  @Test(arguments: [0, 1, 3]) func batchesAreTheSameForAnyNumberOfWorkers(workers: Int) throws {
    let maker = maker(.simCLR(size: 8))
    let loader = Loader(count: 6, workers: workers, make: maker.batch(ofStep:))
    for step in 0..<6 {
      let (made, expected) = (try loader.next(), try maker.batch(ofStep: step))
      #expect(made?.items == expected.items && made?.pixels == expected.pixels && made?.labels == expected.labels)
    }
  }
}
