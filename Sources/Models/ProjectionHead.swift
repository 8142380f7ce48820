public import Layers
public import Tensors

/// What stands between an encoder and a contrastive loss, and is thrown away afterwards: z = g(h).
///
/// The loss makes its input forget what the views differ in; with a head between, it is the head's output that
/// forgets, and the encoder's h keeps more for other uses.
///
/// Source: Chen et al. "A Simple Framework for Contrastive Learning." ICML 2020, section 4.2; version 2 with three
/// layers: Chen et al. "Big Self-Supervised Models are Strong Semi-Supervised Learners." NeurIPS 2020.
public struct ProjectionHead {
  /// Which head.
  public struct Recipe: Hashable, Sendable, Codable {
    /// The number of linear layers: 2 in SimCLR, 3 in its second version, 1 for a linear head, 0 for none.
    public let layers: Int
    /// The length of z.
    public let output: Int

    /// Creates a recipe.
    public init(layers: Int, output: Int = 128) {
      precondition(layers >= 0, "a head has 0 or more layers, not \(layers)")
      self.layers = layers
      self.output = output
    }

    /// The head of SimCLR: two layers.
    public static let simCLR = Recipe(layers: 2)
    /// The head of SimCLR's second version: three layers.
    public static let simCLRv2 = Recipe(layers: 3)
  }

  private let linears: [Linear]
  private let norms: [BatchNorm]

  /// Declares the head's parameters.
  ///
  /// As in the authors' code: hidden layers as wide as the input, batch normalisation after every layer, no shift after
  /// the last, weights normal with σ = 0.01.
  public init(_ scope: Scope, from input: Int, _ recipe: Recipe) {
    let last = recipe.layers - 1
    linears = (0..<recipe.layers).map { i in
      Linear(
        scope / "linear\(i + 1)", from: input, to: i == last ? recipe.output : input, bias: false,
        initial: .normal(deviation: 0.01))
    }
    norms = (0..<recipe.layers).map { i in
      BatchNorm(scope / "bn\(i + 1)", channels: i == last ? recipe.output : input, shifted: i != last)
    }
  }

  /// Projects `[N, input]` to `[N, output]`.
  public func callAsFunction(_ h: Tensor, _ mode: Mode) -> Tensor {
    var z = h
    for (i, linear) in linears.enumerated() {
      z = norms[i](linear(z, mode), mode)
      if i < linears.count - 1 { z = z.relu() }
    }
    return z
  }
}
