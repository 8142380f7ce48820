import Basics

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

// Recipes as people ask for them: by a name, or by a file of their own.

extension ViewRecipe {
  /// The recipes that have a name, for views of a size.
  private static let named: [(name: String, recipe: @Sendable (_ size: Int) -> ViewRecipe)] = [
    ("simclr", { simCLR(size: $0) }), ("simclr-small", { simCLRSmall(size: $0) }),
    ("simclr-large", { simCLRLarge(size: $0) }), ("lightly-simclr", { lightlySimCLR(size: $0) }),
    ("moco-v1", { moCoV1(size: $0) }), ("moco-v2", { moCoV2(size: $0) }), ("supcontrast", { supContrast(size: $0) }),
    ("supervised", { supervised(size: $0) }), ("light", { light(size: $0) }), ("evaluation", { evaluation(size: $0) }),
  ]

  /// The names of the recipes that have one.
  public static let names = named.map(\.name)

  /// Finds a recipe by its name, or reads it from a file.
  ///
  /// - Parameters:
  ///   - specification: One of `names`, or the path of a JSON file.
  ///   - size: The side of the views in pixels; nil for that of the file.
  ///   - usualSize: What the side of a named recipe is when none is given.
  /// - Throws: `InputError` when it is neither, or what is wrong in the file.
  public static func open(
    _ specification: String, size: Int? = nil, usualSize: () throws -> Int
  ) throws -> ViewRecipe {
    if let recipe = named.first(where: { $0.name == specification })?.recipe {
      return recipe(try size ?? usualSize())
    }
    guard Files.exists(specification), !Files.isFolder(specification) else {
      let guess = nearest(to: specification, among: names)
      throw InputError(
        in: specification, "is neither the name of a recipe nor a file",
        remedy: guess.map { "did you mean '\($0)'?" } ?? "the recipes are \(names.joined(separator: ", "))")
    }
    let recipe = try read(specification)
    return size.map { recipe.resized(to: $0) } ?? recipe
  }

  /// Reads a recipe from a file.
  ///
  /// - Throws: `InputError` with the place of what is wrong.
  public static func read(_ path: String) throws -> ViewRecipe {
    do {
      return try JSONDecoder().decode(ViewRecipe.self, from: Data(Files.bytes(of: path)))
    } catch let error as DecodingError {
      let problem = DecodingProblem(error).description
      let isCorrected = problem.hasSuffix("?")
      throw InputError(
        in: path, problem, remedy: isCorrected ? "" : "'kindred data recipe simclr' prints one that is right")
    }
  }

  /// The same augmentations for square views of another size.
  public func resized(to side: Int) -> ViewRecipe {
    ViewRecipe(name: name, size: ImageSize(square: side), steps: steps.map(\.augmentation))
  }

  /// The recipe as a file that people can edit, a step a line.
  public func json() throws -> String {
    try JSONDecoder().decode(JSONValue.self, from: JSONEncoder().encode(self)).text() + "\n"
  }
}
