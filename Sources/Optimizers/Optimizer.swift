import Basics
public import Tensors

/// Weights that an optimizer treats alike.
public struct OptimizerGroup {
  /// The weights, changed in place by every step.
  public let weights: [Tensor]

  /// The factor λ of the weights that is added to their gradient (or, by AdamW, taken off them beside it).
  public var weightDecay: Double

  /// Whether an optimizer that adapts the rate to every layer, as LARS does, adapts it here.
  public var adaptsLayers: Bool

  /// The factor of the learning rate for this group.
  public var rateFactor: Double

  /// Creates a group.
  ///
  /// Norms and biases usually form a group of their own without decay and adaptation.
  public init(_ weights: [Tensor], weightDecay: Double = 0, adaptsLayers: Bool = true, rateFactor: Double = 1) {
    precondition(weightDecay >= 0, "weight decay must not be negative, got \(weightDecay)")
    self.weights = weights
    self.weightDecay = weightDecay
    self.adaptsLayers = adaptsLayers
    self.rateFactor = rateFactor
  }
}

/// A rule that changes weights in place along their gradients.
///
/// The rate comes with every step, from a `RateSchedule`; an optimizer keeps none.
public protocol Optimizer: AnyObject {
  /// The groups that the optimizer was made with.
  var groups: [OptimizerGroup] { get }

  /// Everything that the next step depends on beside weights, gradients and rate, by names such as `momentum.3`, where
  /// 3 counts the weights of all groups in order. These are the tensors in use, which the next step changes in place.
  var state: [String: Tensor] { get }

  /// Changes all weights.
  ///
  /// - Parameters:
  ///   - gradients: One for every weight of all groups, in order; a weight whose gradient is nil stays as it is, and so
  ///     does its state.
  ///   - rate: The learning rate.
  func step(gradients: [Tensor?], rate: Double)
}

extension Optimizer {
  /// Puts back a state that was saved, so that the next step gives the same bits as it would have then.
  ///
  /// - Parameters:
  ///   - saved: What `state` was.
  ///   - place: Where it comes from, for the error.
  /// - Throws: `InputError` when it is not the state of such an optimizer for such weights; nothing is then changed.
  public func restore(_ saved: [String: Tensor], from place: String = "") throws {
    let own = state
    guard Set(own.keys) == Set(saved.keys) else {
      let odd = Set(own.keys).symmetricDifference(saved.keys).min()!
      throw InputError(
        in: place, "the optimizer's state \(own[odd] == nil ? "has an unknown" : "lacks the") part '\(odd)'",
        remedy: "it was saved by another optimizer, or for another model")
    }
    for (name, tensor) in own.sorted(by: { $0.key < $1.key }) {
      let other = saved[name]!
      guard other.shape == tensor.shape, other.type == tensor.type else {
        throw InputError(
          in: place,
          "the optimizer's '\(name)' is \(other.type)\(other.shape), expected \(tensor.type)\(tensor.shape)",
          remedy: "it was saved for another model")
      }
    }
    for (name, tensor) in own { tensor.assign(saved[name]!) }
  }
}
