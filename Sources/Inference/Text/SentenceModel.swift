import Basics
public import Layers
public import Models
public import Tensors
public import Tokenizers

/// A sentence encoder with its weights and its tokenizer, ready to embed: a folder as sentence-transformers has it.
public struct SentenceModel {
  /// The encoder.
  public let encoder: SentenceEncoder

  /// Its parameters.
  public let tree: ParameterTree

  /// The way of texts into tokens.
  public let tokenizer: Tokenizer

  /// The most tokens of a text, special ones counted; what is beyond is left out.
  public let longest: Int

  /// Texts that stand before others, by name: `query: `.
  public var prompts: [String: String]

  /// The name of the prompt that is used unless another is asked for.
  public var defaultPrompt: String?

  /// How many numbers of an embedding are kept, for a model that was trained so that its first ones mean the most.
  ///
  /// Source: Kusupati et al. "Matryoshka Representation Learning." NeurIPS 2022. <https://arxiv.org/abs/2205.13147>
  public var truncation: Int?

  /// The type of matrix products.
  public var precision: Precision

  /// The files of the tokenizer by name, which a copy of the model takes over as they are.
  let tokenizerFiles: [String: [UInt8]]

  init(
    encoder: SentenceEncoder, tree: ParameterTree, tokenizer: Tokenizer, tokenizerFiles: [String: [UInt8]],
    longest: Int, settings: SentenceSettings, precision: Precision
  ) {
    self.encoder = encoder
    self.tree = tree
    self.tokenizer = tokenizer
    self.tokenizerFiles = tokenizerFiles
    self.longest = longest
    self.precision = precision
    prompts = settings.prompts ?? [:]
    defaultPrompt = settings.defaultPrompt
    truncation = settings.truncation
  }

  /// The length of an embedding.
  public var size: Int { min(truncation ?? .max, encoder.size) }

  /// What stands before every text.
  ///
  /// - Parameter name: The name of a prompt; that of the default one unless told.
  /// - Throws: `InputError` when the model has no prompt of the name.
  public func prompt(_ name: String? = nil) throws -> String {
    guard let name = name ?? defaultPrompt else { return "" }
    guard let prompt = prompts[name] else {
      let known = prompts.keys.sorted().joined(separator: ", ")
      throw InputError(
        "the model has no prompt called '\(name)'",
        remedy: known.isEmpty ? "it has none; write the words before the texts" : "choose one of \(known)")
    }
    return prompt
  }
}
