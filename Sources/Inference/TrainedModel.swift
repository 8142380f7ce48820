import Basics
public import Layers
public import Models
public import Tensors

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A model with its weights, ready to embed: a folder of `config.json` and `model.safetensors`.
public struct TrainedModel {
  /// The model.
  public let model: EmbeddingModel

  /// Its parameters.
  public let tree: ParameterTree

  /// The type of its matrix products.
  public let precision: Precision

  private struct Configuration: Codable {
    var format = "kindred model"
    var version = 1
    let model: EmbeddingModelRecipe
  }

  private static let configurationName = "config.json"
  private static let weightsName = "model.safetensors"

  /// Creates a model with weights drawn from a seed: what training begins with, and what it has to beat.
  public init(
    untrained recipe: EmbeddingModelRecipe, seed: UInt64, on device: Device = .cpu, precision: Precision? = nil
  ) {
    tree = ParameterTree(seed: seed, on: device)
    model = EmbeddingModel(tree.root, recipe)
    self.precision = precision ?? .best(on: device)
  }

  /// Wraps a model that lives in a tree, such as one in training.
  public init(_ model: EmbeddingModel, in tree: ParameterTree, precision: Precision) {
    self.model = model
    self.tree = tree
    self.precision = precision
  }

  /// Reads a model from its folder, or from the folder of a run.
  ///
  /// - Throws: `InputError` that says what is missing or does not fit.
  public init(contentsOf path: String, on device: Device = .cpu, precision: Precision? = nil) throws {
    let folder = Files.exists("\(path)/model/\(Self.configurationName)") ? "\(path)/model" : path
    let configurationPath = "\(folder)/\(Self.configurationName)"
    guard Files.exists(configurationPath) else {
      throw InputError(
        in: path, Files.isFolder(path) ? "holds no model (no \(Self.configurationName))" : "is no folder of a model",
        remedy: Files.exists("\(path)/run.json")
          ? "the run has not ended; 'kindred resume \(path)' goes on with it" : "'kindred train' makes one")
    }
    guard
      let configuration = try? JSONDecoder().decode(Configuration.self, from: Data(Files.bytes(of: configurationPath)))
    else {
      throw InputError(in: configurationPath, "cannot be understood", remedy: "is it from a later version of Kindred?")
    }
    self.init(untrained: configuration.model, seed: 0, on: device, precision: precision)
    let weightsPath = "\(folder)/\(Self.weightsName)"
    try tree.load(SafeTensors(contentsOf: weightsPath).tensors, from: weightsPath)
  }

  /// Writes a model into a folder.
  ///
  /// - Parameters:
  ///   - model: What the model consists of.
  ///   - weights: Its parameters by name, as `EmbeddingModel` declares them at the root of a tree.
  ///   - folder: The folder, made when it is missing.
  /// - Throws: `InputError` when it cannot be written.
  public static func write(_ recipe: EmbeddingModelRecipe, weights: [String: Tensor], to folder: String) throws {
    try Files.makeFolder(folder)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try SafeTensors(weights).write(to: "\(folder)/\(Self.weightsName)")
    try Files.write("\(folder)/\(Self.configurationName)", bytes: encoder.encode(Configuration(model: recipe)))
  }
}
