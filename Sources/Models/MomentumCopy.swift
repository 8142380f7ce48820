public import Layers
import Optimizers
import Tensors

/// A model that follows another of the same parts slowly: the momentum encoder of MoCo, the target of BYOL, or weights
/// averaged over a run.
///
/// Both lie in one tree under names of their own, so that checkpoints hold both and a run goes on with the same bits:
///
///     let encoder = recipe.make(tree.root / "model")
///     let slow = recipe.make(tree.root / "momentum")
///     let copy = MomentumCopy(of: tree.root / "model", at: tree.root / "momentum")
///     copy.update(decay: 0.999)                     // before or after every step
///
/// The copy begins with the original's values and takes no gradients. When a checkpoint is loaded into the tree it takes
/// up the values from there.
///
/// Source: He et al. "Momentum Contrast for Unsupervised Visual Representation Learning." CVPR 2020, equation 2.
/// <https://arxiv.org/abs/1911.05722>
public struct MomentumCopy {
  /// What becomes of running statistics, such as those of batch normalisation.
  public enum Buffers: Hashable, Sendable {
    /// They are the copy's own, moved by what it is shown in training mode: as in MoCo and BYOL.
    case own
    /// They follow like weights, integers at once: for averaged weights that are only used, never shown a batch.
    case following
  }

  private let original: [Parameter]
  private let average: ExponentialMovingAverage

  /// Makes one part of a tree follow another, from the values that the other has now.
  ///
  /// Traps when the two do not have the same names, shapes and roles below their places.
  ///
  /// - Parameters:
  ///   - original: What is followed.
  ///   - copy: What follows; its parameters are frozen.
  ///   - buffers: What becomes of running statistics.
  public init(of original: Scope, at copy: Scope, buffers: Buffers = .own) {
    let (originals, copies) = (original.parameters, copy.parameters)
    func descriptions(_ parameters: [Parameter], in scope: Scope) -> [String] {
      parameters.map { "\($0.path.dropFirst(scope.path.count)) \($0.value.shape) \($0.role)" }
    }
    precondition(
      !originals.isEmpty && descriptions(originals, in: original) == descriptions(copies, in: copy),
      "'\(copy.path)' has other parameters than '\(original.path)', and cannot follow it")
    for (from, to) in zip(originals, copies) {
      to.value.assign(from.value)
      if to.role != .buffer { to.isTrainable = false }
    }
    let places = originals.indices.filter { buffers == .following || originals[$0].role != .buffer }
    self.original = places.map { originals[$0] }
    average = ExponentialMovingAverage(keptIn: places.map { copies[$0].value })
  }

  /// Moves the copy: copy ← decay·copy + (1 − decay)·original.
  ///
  /// - Parameter decay: What is kept of the copy, from a `MomentumSchedule`.
  public func update(decay: Double) {
    average.update(towards: original.map { $0.value.detached() }, decay: decay)
  }
}
