import Basics
import Layers
import Models
public import Tensors
import Tokenizers

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension SentenceModel {
  /// Whether a folder is that of a sentence encoder or of a transformer for texts.
  public static func isModel(_ path: String) -> Bool {
    if Files.exists("\(path)/modules.json") { return true }
    return (try? Self.decoded(TransformerConfiguration.self, "\(path)/config.json")) != nil
  }

  /// Reads a folder of sentence-transformers, of any version since 0.3, or of a transformer alone, whose tokens are then
  /// averaged.
  ///
  /// - Throws: `InputError` that says what is missing or not known here.
  public init(contentsOf path: String, on device: Device = .cpu, precision: Precision? = nil) throws {
    guard Files.isFolder(path) else {
      throw InputError(in: path, "is no folder of a sentence encoder", remedy: "name the one that holds modules.json")
    }
    let layout = try ModuleLayout(path)
    let folder = layout.transformer
    let configurationPath = "\(folder)/config.json"
    var encoder = try Self.decoded(TransformerConfiguration.self, configurationPath).recipe(from: configurationPath)
    let weights = try Self.weights(folder)
    encoder.hasPooler = weights.tensors.keys.contains { $0.hasPrefix("pooler.") }
    let tokenizer = try Tokenizer(contentsOf: folder)
    guard tokenizer.vocabularySize <= encoder.vocabularySize else {
      throw InputError(
        in: folder, "its tokenizer has \(tokenizer.vocabularySize) tokens, its encoder \(encoder.vocabularySize)",
        remedy: "do both belong together?")
    }
    let recipe = SentenceRecipe(
      encoder: encoder, pooling: layout.pooling, dense: layout.dense.map(\.layer), normalizes: layout.normalizes)
    let tree = ParameterTree(seed: 0, on: device)
    let sentence = SentenceEncoder(tree.root, recipe)
    var values = weights.tensors
    for (number, dense) in layout.dense.enumerated() {
      for (name, value) in try SafeTensors(contentsOf: "\(dense.folder)/model.safetensors").tensors {
        values["dense.\(number).\(name.hasPrefix("linear.") ? String(name.dropFirst(7)) : name)"] = value
      }
    }
    try tree.load(values, from: weights.path)
    self.init(
      encoder: sentence, tree: tree, tokenizer: tokenizer, tokenizerFiles: try Self.tokenizerFiles(in: folder),
      longest: try layout.longest(at: encoder.longest, least: tokenizer.beginning.count + tokenizer.ending.count + 1),
      settings: try layout.settings(), precision: precision ?? .best(on: device))
  }

  /// Reads a file of JSON.
  static func decoded<Value: Decodable>(_: Value.Type, _ path: String) throws -> Value {
    do {
      return try JSONDecoder().decode(Value.self, from: Data(Files.bytes(of: path)))
    } catch let error as DecodingError {
      throw InputError(in: path, DecodingProblem(error).description, remedy: "is the file whole?")
    }
  }

  /// The names of a tokenizer's files.
  private static let tokenizerNames = [
    "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.txt", "vocab.json", "merges.txt",
  ]

  private static func tokenizerFiles(in folder: String) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for name in tokenizerNames where Files.exists("\(folder)/\(name)") {
      files[name] = try Files.bytes(of: "\(folder)/\(name)")
    }
    return files
  }

  /// The weights by the names of the transformer alone: a model for another task has them below its family's name, and
  /// layers of its own.
  private static func weights(_ folder: String) throws -> (path: String, tensors: [String: Tensor]) {
    let path = "\(folder)/model.safetensors"
    guard Files.exists(path) else {
      throw InputError(
        in: folder, "holds no model.safetensors",
        remedy: Files.exists("\(folder)/pytorch_model.bin")
          ? "load it in Python and save it with safe_serialization=True" : "is the folder whole?")
    }
    var tensors = try SafeTensors(contentsOf: path).tensors
    for family in ["bert.", "roberta.", "mpnet."] where tensors.keys.contains(where: { $0.hasPrefix(family) }) {
      tensors = Dictionary(
        uniqueKeysWithValues: tensors.filter { $0.key.hasPrefix(family) }.map {
          (String($0.key.dropFirst(family.count)), $0.value)
        })
    }
    // Numbers that follow from the lengths, which old files have.
    for name in ["embeddings.position_ids", "embeddings.token_type_ids"] { tensors[name] = nil }
    return (path, tensors)
  }
}
