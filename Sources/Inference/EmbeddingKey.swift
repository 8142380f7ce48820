public import Basics
public import Images
import Layers
public import Models
import Tensors

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What is done to an item's image before it is embedded: one view by a recipe.
public struct ItemView: Hashable, Sendable {
  /// How the view is made.
  public let recipe: ViewRecipe
  /// What it is drawn from, with the number of the item.
  public let seed: UInt64
  /// Which view of the item.
  public let view: Int

  /// Creates a view.
  public init(_ recipe: ViewRecipe, seed: UInt64, view: Int = 0) {
    (self.recipe, self.seed, self.view) = (recipe, seed, view)
  }

  /// Makes the view of an item's image.
  public func callAsFunction(_ image: Image, of item: Int) -> Image {
    recipe.view(of: image, seed: seed, epoch: 0, index: item, view: view)
  }
}

/// All that decides embeddings, as a digest: the program, the encoder, what the items show, and what was done to them.
public enum EmbeddingKey {
  /// The digest of an encoder: what it consists of, every weight, the type of its products, and the kind of device.
  public static func encoder(_ model: TrainedModel) -> Digest {
    var parts = [encoder(untrained: model.model.recipe, like: model)]
    for parameter in model.tree.parameters {
      parts.append(Digest(of: "\(parameter.path) \(parameter.value.type) \(parameter.value.shape)"))
      parts.append(parameter.value.withBytes { Digest(of: $0) })
    }
    return Digest(of: parts)
  }

  /// The digest of an encoder whose weights are drawn from a seed: the program decides them, and need not draw them.
  ///
  /// - Parameter model: On which device it is used and how.
  public static func encoder(untrained recipe: EmbeddingModelRecipe, seed: UInt64 = 0, like model: TrainedModel)
    -> Digest
  {
    Digest(of: [
      json(recipe), Digest(of: "seed \(seed) \(model.precision.rawValue) \(model.tree.device.kind.rawValue)"),
    ])
  }

  /// The key of embeddings.
  ///
  /// - Parameters:
  ///   - encoder: The digest of what embeds.
  ///   - content: The digest of what the items show.
  ///   - items: The numbers of the items, from which views are drawn.
  ///   - view: What is done to every image first.
  ///   - side: To which side images were scaled even before that.
  public static func key(
    encoder: Digest, content: Digest, items: [Int], view: ItemView? = nil, scaledTo side: Int? = nil
  ) -> Digest {
    var parts = [program, encoder, content, Digest(of: "\(side ?? 0)")]
    if let view {
      parts += [json(view.recipe), Digest(of: "\(view.seed) \(view.view)")]
      parts.append(items.withUnsafeBytes { Digest(of: $0) })
    }
    return Digest(of: parts)
  }

  /// The program that runs, by the length and time of its file: another one may embed otherwise.
  private static let program: Digest = {
    let status = Files.program.flatMap(Files.status)
    return Digest(of: "\(status?.bytes ?? 0) \(status?.modified ?? 0) \(Engine.version)")
  }()

  private static func json(_ value: some Encodable) -> Digest {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    do {
      return [UInt8](try encoder.encode(value)).withUnsafeBytes { Digest(of: $0) }
    } catch {
      preconditionFailure("\(type(of: value)) cannot be written as JSON: \(error)")
    }
  }
}
