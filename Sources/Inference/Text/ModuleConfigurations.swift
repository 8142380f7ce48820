import Basics
import Layers
import Models

/// One line of `modules.json`: what a sentence encoder of sentence-transformers consists of, in order.
struct ModuleEntry: Codable {
  var idx: Int
  var name: String
  var path: String
  var type: String

  /// The last part of the type, which is all that differs between the library's versions.
  var kind: String { type.split(separator: ".").last.map(String.init) ?? type }
}

/// The configuration of a pooling, with the keys of versions before 6 and those since.
struct PoolingConfiguration: Codable {
  private var modes: [TokenPooling.Mode]
  private var includesPrompt: Bool
  private var size: Int

  private enum Keys: String, CodingKey {
    case mode = "pooling_mode"
    case prompt = "include_prompt"
    case size = "word_embedding_dimension"
  }

  /// The keys of old, in the order in which the library joins vectors.
  private static let old: [(key: String, mode: TokenPooling.Mode)] = [
    ("pooling_mode_cls_token", .cls), ("pooling_mode_max_tokens", .max), ("pooling_mode_mean_tokens", .mean),
    ("pooling_mode_mean_sqrt_len_tokens", .meanSqrtLength), ("pooling_mode_weightedmean_tokens", .weightedMean),
    ("pooling_mode_lasttoken", .lastToken),
  ]

  private struct Key: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  init(_ pooling: TokenPooling, size: Int) {
    modes = pooling.modes
    includesPrompt = pooling.includesPrompt
    self.size = size
  }

  var pooling: TokenPooling { TokenPooling(modes, includesPrompt: includesPrompt) }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Keys.self)
    includesPrompt = try fields.decodeIfPresent(Bool.self, forKey: .prompt) ?? true
    size = 0
    if fields.contains(.mode) {
      modes =
        try (try? fields.decode([TokenPooling.Mode].self, forKey: .mode))
        ?? [fields.decode(TokenPooling.Mode.self, forKey: .mode)]
    } else {
      let old = try decoder.container(keyedBy: Key.self)
      modes = try Self.old.compactMap { key, mode in
        try old.decodeIfPresent(Bool.self, forKey: Key(stringValue: key)) == true ? mode : nil
      }
    }
    if modes.isEmpty { modes = [.mean] }
  }

  /// Writes the keys of old, which every version of the library reads.
  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Keys.self)
    try fields.encode(size, forKey: .size)
    if !includesPrompt { try fields.encode(false, forKey: .prompt) }
    var old = encoder.container(keyedBy: Key.self)
    for (key, mode) in Self.old { try old.encode(modes.contains(mode), forKey: Key(stringValue: key)) }
  }
}

/// The configuration of a linear layer behind the pooling.
struct DenseConfiguration: Codable {
  var input: Int
  var output: Int
  var hasBias: Bool
  var function: String
  var isResidual: Bool?

  private static let functions: [(name: String, activation: Activation?)] = [
    ("torch.nn.modules.linear.Identity", nil), ("torch.nn.modules.activation.Tanh", .tanh),
    ("torch.nn.modules.activation.ReLU", .relu), ("torch.nn.modules.activation.GELU", .gelu),
    ("torch.nn.modules.activation.SiLU", .silu),
  ]

  enum CodingKeys: String, CodingKey {
    case input = "in_features"
    case output = "out_features"
    case hasBias = "bias"
    case function = "activation_function"
    case isResidual = "use_residual"
  }

  init(_ dense: SentenceRecipe.Dense, from input: Int) {
    self.input = input
    (output, hasBias) = (dense.output, dense.hasBias)
    function = Self.functions.first { $0.activation == dense.activation }!.name
  }

  /// The layer.
  ///
  /// - Throws: `InputError` when its function is not known here.
  func dense(from path: String) throws -> SentenceRecipe.Dense {
    guard isResidual != true, let function = Self.functions.first(where: { $0.name == self.function }) else {
      let what = isResidual == true ? "use_residual" : self.function
      throw InputError(in: path, "has a layer with '\(what)', which is not known here")
    }
    return SentenceRecipe.Dense(output: output, hasBias: hasBias, activation: function.activation)
  }
}

/// `config_sentence_transformers.json`: what users set beside the model.
struct SentenceSettings: Codable {
  var prompts: [String: String]?
  var defaultPrompt: String?
  var truncation: Int?

  enum CodingKeys: String, CodingKey {
    case prompts
    case defaultPrompt = "default_prompt_name"
    case truncation = "truncate_dim"
  }
}

/// `sentence_bert_config.json`, of which versions before 6 write the length here, and `tokenizer_config.json`, where the
/// others do.
struct LengthConfiguration: Codable {
  var longest: Int?
  var lowercases: Bool?

  enum CodingKeys: String, CodingKey {
    case longest = "max_seq_length"
    case lowercases = "do_lower_case"
  }

  /// The same of the tokenizer; a length that stands for none is a number beyond all.
  struct OfTokenizer: Codable {
    var longest: Double?

    enum CodingKeys: String, CodingKey { case longest = "model_max_length" }
  }
}
