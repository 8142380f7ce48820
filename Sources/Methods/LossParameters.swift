import Layers
import Losses

/// What a loss learns beside the model: a proxy or several of every class, and scalars.
struct LossParameters {
  /// `[classes · centres, D]`, those of class 0 first; nil for a loss without proxies.
  let proxies: Parameter?
  /// Scalars by the names of the loss's parameters.
  let scalars: [String: Parameter]

  /// Declares them at a place in a tree. Proxies begin at random, as pytorch-metric-learning's do; scalars as chosen.
  init(_ recipe: LossRecipe, classes: Int, size: Int, in scope: Scope) {
    guard let entry = try? recipe.entry() else { preconditionFailure("the loss '\(recipe.name)' cannot be computed") }
    let numbers = entry.numbers(recipe.numbers, semantics: recipe.semantics ?? entry.semantics)
    let centers = Int(numbers["centers"] ?? 1)
    proxies =
      entry.files.second == .proxies
      ? scope.parameter("proxies", [classes * centers, size], .kaimingNormal, .proxy) : nil
    scalars = Dictionary(
      uniqueKeysWithValues: entry.learned.map { name in
        (name, scope.parameter(name, [], .constant(numbers[name]!), .scale))
      })
  }
}
