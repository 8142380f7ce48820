/// How the items of each epoch are divided into batches, and where a step of training stands in that.
///
/// Steps are numbered from 0 through all epochs. Each epoch has the same number of batches.
public struct Batches: Hashable, Codable, Sendable {
  /// The number of items of an epoch.
  public let items: Int

  /// The number of items of a full batch.
  public let size: Int

  /// Whether the items left over when an epoch is divided into full batches are left out of it. Since each epoch has
  /// another order, every item still gets its turn.
  public let dropsLast: Bool

  /// Creates the batches of an epoch.
  ///
  /// With fewer items than a batch holds and `dropsLast`, there would be nothing to train on: this traps.
  public init(of items: Int, size: Int, dropsLast: Bool = true) {
    precondition(size > 0, "a batch must have a positive size, not \(size)")
    precondition(
      items >= (dropsLast ? size : 1), "\(items) items make no batch of \(size)\(dropsLast ? " without leftovers" : "")"
    )
    self.items = items
    self.size = size
    self.dropsLast = dropsLast
  }

  /// The number of batches of an epoch.
  public var perEpoch: Int {
    dropsLast ? items / size : (items + size - 1) / size
  }

  /// Where a step is: in which epoch (from 0), as which batch of it.
  public func position(ofStep step: Int) -> (epoch: Int, batch: Int) {
    precondition(step >= 0, "steps begin at 0, not \(step)")
    return (step / perEpoch, step % perEpoch)
  }

  /// The places of a batch in the order of its epoch.
  public func places(ofBatch batch: Int) -> Range<Int> {
    precondition(0..<perEpoch ~= batch, "an epoch has \(perEpoch) batches; there is no batch \(batch)")
    return batch * size..<min(items, (batch + 1) * size)
  }
}
