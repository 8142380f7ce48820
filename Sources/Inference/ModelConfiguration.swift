import Basics
import Models

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What `config.json` says of a model: our own description and, where timm has such a model, timm's beside it, so that
/// both read the folder.
enum ModelConfiguration: Codable {
  case ours(EmbeddingModelRecipe)
  case timm(TimmConfiguration)

  private static let format = "kindred model"
  private static let version = 1

  private enum Keys: CodingKey { case format, version, model }

  /// Reads the recipe of a model.
  ///
  /// - Throws: `InputError` when the file cannot be understood, or describes a model that is not known here.
  static func recipe(at path: String) throws -> EmbeddingModelRecipe {
    let configuration = try? JSONDecoder().decode(ModelConfiguration.self, from: Data(Files.bytes(of: path)))
    switch configuration {
    case .ours(let recipe): return recipe
    case .timm(let description): return try description.recipe(from: path)
    case nil:
      throw InputError(
        in: path, "cannot be understood",
        remedy: "is it from a later version of Kindred, or of a model that timm has not?")
    }
  }

  /// Writes the recipe of a model.
  static func write(_ recipe: EmbeddingModelRecipe, to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try Files.write(path, bytes: encoder.encode(ModelConfiguration.ours(recipe)))
  }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Keys.self)
    if fields.contains(.format) {
      self = .ours(try fields.decode(EmbeddingModelRecipe.self, forKey: .model))
    } else {
      self = .timm(try TimmConfiguration(from: decoder))
    }
  }

  func encode(to encoder: any Encoder) throws {
    switch self {
    case .timm(let description):
      try description.encode(to: encoder)
    case .ours(let recipe):
      var fields = encoder.container(keyedBy: Keys.self)
      try fields.encode(Self.format, forKey: .format)
      try fields.encode(Self.version, forKey: .version)
      try fields.encode(recipe, forKey: .model)
      try TimmConfiguration(recipe)?.encode(to: encoder)
    }
  }
}
