import Basics

/// Batches of so many items of each of some classes, so that every item finds others of its class.
///
/// A batch of *B* items has *B*/*m* classes, all equally likely and none twice, and *m* items of each: different ones, or,
/// of a class with fewer than *m*, *m* draws with replacement. So classes weigh alike, however many items they have, and
/// an item of a large class is seen less often than one of a small class. Batches are independent of each other.
///
/// The draws of a batch come from a stream that is named by the seed and the step.
///
/// Source: `MPerClassSampler` of pytorch-metric-learning 2.9.0 with a batch size, which draws so; the idea, "PK
/// batches": Hermans, Beyer, Leibe. "In Defense of the Triplet Loss for Person Re-Identification." 2017.
/// <https://arxiv.org/abs/1703.07737>
struct ClassSampler: Sendable {
  private let classes: [[Int]]
  private let perClass: Int
  private let batchSize: Int
  private let seed: UInt64

  /// Creates a sampler.
  ///
  /// - Parameters:
  ///   - items: The items to draw from; those without a class are never drawn.
  ///   - labels: The classes of all items of the source.
  ///   - perClass: *m*, which divides the size of a batch.
  ///   - batchSize: *B*, at most *m* for every class that has items.
  ///   - seed: What all draws come from.
  init(_ items: [Int], labels: Labels, perClass: Int, batchSize: Int, seed: UInt64) {
    if let problem = Self.problem(items, labels: labels, perClass: perClass, batchSize: batchSize) {
      preconditionFailure("sampling by class: \(problem)")
    }
    classes = Self.members(items, labels)
    self.perClass = perClass
    self.batchSize = batchSize
    self.seed = seed
  }

  /// Why such batches cannot be drawn, in a clause, or nil when they can.
  static func problem(_ items: [Int], labels: Labels, perClass: Int, batchSize: Int) -> String? {
    guard perClass >= 1 else { return "\(perClass) items a class are none" }
    guard batchSize % perClass == 0 else {
      return "a batch of \(batchSize) cannot hold \(perClass) items of every one of its classes"
    }
    let count = members(items, labels).count
    guard batchSize <= count * perClass else {
      return "\(count) classes of \(perClass) items each make no batch of \(batchSize)"
    }
    return nil
  }

  /// The items of every class that has any, by class.
  private static func members(_ items: [Int], _ labels: Labels) -> [[Int]] {
    var members: [Int: [Int]] = [:]
    for item in items { if let label = labels[item] { members[label, default: []].append(item) } }
    return members.keys.sorted().map { members[$0]! }
  }

  /// The items of a batch, those of a class side by side; of a small class some are there several times.
  func items(ofStep step: Int) -> [Int] {
    var random = RandomStream(seed: seed, step, Self.stream)
    return random.draw(batchSize / perClass, below: classes.count).flatMap { number in
      let members = classes[number]
      let places =
        members.count < perClass
        ? (0..<perClass).map { _ in random.integer(below: members.count) }
        : random.draw(perClass, below: members.count)
      return places.map { members[$0] }
    }
  }

  /// What no other stream of a run has as its second part.
  private static let stream = -0x5A3
}

extension RandomStream {
  /// Returns different integers from 0 ..< *bound* in random order: the beginning of a permutation, of which only what is
  /// asked for is made.
  mutating func draw(_ count: Int, below bound: Int) -> [Int] {
    precondition(count <= bound, "\(count) different integers below \(bound)")
    var moved: [Int: Int] = [:]
    return (0..<count).map { i in
      let k = i + integer(below: bound - i)
      defer { moved[k] = moved[i] ?? i }
      return moved[k] ?? k
    }
  }
}
