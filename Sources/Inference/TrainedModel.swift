import Basics
public import Layers
public import Models
public import Tensors

/// A model with its weights, ready to embed: a folder of `config.json` and `model.safetensors`, ours or timm's.
public struct TrainedModel {
  /// The model.
  public let model: EmbeddingModel

  /// Its parameters.
  public let tree: ParameterTree

  /// The type of its matrix products.
  public let precision: Precision

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

  /// Reads a model from its folder, from the folder of a run, or from a file of weights with `config.json` beside it.
  ///
  /// A layer of classes at the end, as timm's weights have one, is read and not used.
  ///
  /// - Throws: `InputError` that says what is missing or does not fit.
  public init(contentsOf path: String, on device: Device = .cpu, precision: Precision? = nil) throws {
    let isFile = path.hasSuffix(".safetensors") && Files.exists(path) && !Files.isFolder(path)
    let isRun = Files.exists("\(path)/model/\(Self.configurationName)")
    let folder = isFile ? Files.folder(of: path) : isRun ? "\(path)/model" : path
    let configurationPath = "\(folder)/\(Self.configurationName)"
    guard Files.exists(configurationPath) else {
      if isFile {
        throw InputError(
          in: path, "has no \(Self.configurationName) beside it, which says what model the weights are for")
      }
      throw InputError(
        in: path, Files.isFolder(path) ? "holds no model (no \(Self.configurationName))" : "is no folder of a model",
        remedy: Files.exists("\(path)/run.json")
          ? "the run has not ended; 'kindred resume \(path)' goes on with it" : "'kindred train' makes one")
    }
    let recipe = try ModelConfiguration.recipe(at: configurationPath)
    self.init(untrained: recipe, seed: 0, on: device, precision: precision)
    let weightsPath = isFile ? path : "\(folder)/\(Self.weightsName)"
    try tree.load(SafeTensors(contentsOf: weightsPath).tensors, from: weightsPath)
  }

  /// Writes a model into a folder.
  ///
  /// - Parameters:
  ///   - recipe: What the model consists of.
  ///   - weights: Its parameters by name, as `EmbeddingModel` declares them at the root of a tree.
  ///   - folder: The folder, made when it is missing.
  /// - Throws: `InputError` when it cannot be written.
  public static func write(_ recipe: EmbeddingModelRecipe, weights: [String: Tensor], to folder: String) throws {
    try Files.makeFolder(folder)
    try SafeTensors(weights).write(to: "\(folder)/\(Self.weightsName)")
    try ModelConfiguration.write(recipe, to: "\(folder)/\(Self.configurationName)")
  }
}
