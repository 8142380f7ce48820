import Basics
import Datasets
import Testing

@Suite struct LoaderTests {
  struct Broken: Error, Equatable { var index: Int }

  /// An element that takes a time drawn from its number, so that workers overtake each other.
  @Sendable static func slow(_ index: Int) -> Int {
    var random = RandomStream(seed: 1, index)
    var sum = 0
    for _ in 0..<random.integer(below: 3000) { sum &+= Int(truncatingIfNeeded: random.next()) }
    return sum
  }

  @Test(arguments: [0, 1, 3], [0, 7])
  func givesTheSameElementsInOrder(workers: Int, start: Int) throws {
    let loader = Loader(count: 60, from: start, workers: workers, ahead: 4, make: Self.slow)
    var elements: [Int] = []
    while let element = try loader.next() { elements.append(element) }
    #expect(elements == (start..<60).map(Self.slow))
    #expect(try loader.next() == nil)
    #expect(loader.position == 60)
  }

  @Test(arguments: [0, 1, 3])
  func throwsErrorsInTheirTurn(workers: Int) {
    let loader = Loader(count: 10, workers: workers) { index in
      if index % 4 == 3 { throw Broken(index: index) }
      return index
    }
    let results = (0..<10).map { _ in Result { try loader.next() } }
    for (index, result) in results.enumerated() {
      switch result {
      case .success(let element): #expect(element == index && index % 4 != 3)
      case .failure(let error): #expect(error as? Broken == Broken(index: index) && index % 4 == 3)
      }
    }
  }

  @Test func neverRunsFurtherAheadThanTold() throws {
    let made = Counter()
    let loader = Loader(count: 1000, workers: 3, ahead: 5) { _ in made.increment() }
    for taken in 1...20 {
      _ = try loader.next()
      // One more than it may be ahead of the last look, since each taken element makes room.
      #expect(made.value <= taken + 5)
    }
    loader.cancel()
    let value = made.value
    #expect(value <= 25)
    #expect(try loader.next() == nil)
  }

  @Test func endsItsThreadsWhenLetGoOf() throws {
    let alive = Counter()
    for taken in [0, 1, 5] {
      do {
        let loader = Loader(count: 1_000_000, workers: 3) { index in
          alive.increment()
          defer { alive.decrement() }
          return Self.slow(index)
        }
        for _ in 0..<taken { _ = try loader.next() }
      }
      // Threads that had not ended could still be making something.
      #expect(alive.value == 0)
    }
  }

  @Test func countsTheTimeThatItsUserWaits() throws {
    let clock = ContinuousClock()
    let pause = Duration.milliseconds(5)
    for workers in [0, 1] {
      let loader = Loader(count: 4, workers: workers) { index in
        let end = clock.now + pause
        while clock.now < end {}
        return index
      }
      let start = clock.now
      while try loader.next() != nil {}
      let whole = clock.now - start
      #expect(loader.waited >= 0.015, "four elements of 5 ms took only \(loader.waited) s")
      #expect(loader.waited <= Double(whole.components.attoseconds) * 1e-18 + Double(whole.components.seconds))
    }
  }

  @Test func nothingToMakeIsFine() throws {
    #expect(try Loader(count: 0, workers: 2) { $0 }.next() == nil)
    #expect(try Loader(count: 3, from: 3, workers: 2) { $0 }.next() == nil)
  }
}

/// `@unchecked Sendable`: the number is touched only while the lock is held.
final class Counter: @unchecked Sendable {
  private let lock = Lock()
  private var number = 0

  var value: Int { lock.withLock { number } }

  func increment() { lock.withLock { number += 1 } }

  func decrement() { lock.withLock { number -= 1 } }
}
