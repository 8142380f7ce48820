import Basics
import Layers
import Models
import Tensors

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension SentenceModel {
  /// Writes the model as a folder that sentence-transformers reads, in any version since 2: the keys are those of old,
  /// which later versions still know.
  ///
  /// - Parameter folder: The folder, made when it is missing.
  /// - Throws: `InputError` when it cannot be written.
  public func write(to folder: String) throws {
    let recipe = encoder.recipe
    try Files.makeFolder(folder)
    var weights = tree.snapshot()
    var modules: [(kind: String, folder: String)] = [("Transformer", ""), ("Pooling", "1_Pooling")]
    try Self.encode(
      PoolingConfiguration(recipe.pooling, size: recipe.encoder.width), to: folder, "1_Pooling", "config.json")
    var input = recipe.encoder.width * recipe.pooling.modes.count
    for (number, dense) in recipe.dense.enumerated() {
      let name = "\(modules.count)_Dense"
      modules.append(("Dense", name))
      try Self.encode(DenseConfiguration(dense, from: input), to: folder, name, "config.json")
      let prefix = "dense.\(number)."
      var layer: [String: Tensor] = [:]
      for (path, value) in weights where path.hasPrefix(prefix) {
        layer["linear.\(path.dropFirst(prefix.count))"] = value
        weights[path] = nil
      }
      try SafeTensors(layer, metadata: ["format": "pt"]).write(to: "\(folder)/\(name)/model.safetensors")
      input = dense.output
    }
    if recipe.normalizes {
      modules.append(("Normalize", "\(modules.count)_Normalize"))
      try Files.makeFolder("\(folder)/\(modules.last!.folder)")
    }
    for (name, bytes) in tokenizerFiles { try Files.write("\(folder)/\(name)", bytes: bytes) }
    try SafeTensors(weights, metadata: ["format": "pt"]).write(to: "\(folder)/model.safetensors")
    try Self.encode(TransformerConfiguration(recipe.encoder), to: folder, "config.json")
    try Self.encode(LengthConfiguration(longest: longest, lowercases: false), to: folder, "sentence_bert_config.json")
    try Self.encode(
      SentenceSettings(prompts: prompts, defaultPrompt: defaultPrompt, truncation: truncation), to: folder,
      "config_sentence_transformers.json")
    // Last: with it the folder is a model.
    try Self.encode(
      modules.enumerated().map {
        ModuleEntry(idx: $0, name: "\($0)", path: $1.folder, type: "sentence_transformers.models.\($1.kind)")
      }, to: folder, "modules.json")
  }

  private static func encode(_ value: some Encodable, to folder: String, _ names: String...) throws {
    let path = ([folder] + names).joined(separator: "/")
    try Files.makeFolder(Files.folder(of: path))
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try Files.write(path, bytes: encoder.encode(value))
  }
}
