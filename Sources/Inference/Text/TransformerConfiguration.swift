import Basics
import Layers
import Models

/// The `config.json` of a transformer, as Hugging Face's transformers writes it: of BERT, RoBERTa or MPNet.
struct TransformerConfiguration: Codable {
  var modelType: String
  var vocabularySize, width, depth, heads, hidden, positions: Int
  var types: Int?
  var epsilon: Double?
  var activation: String?
  var dropout: Double?
  var padding: Int?
  var architectures: [String]?
  var attentionDropout: Double?
  /// What positions are; only `absolute` is known here.
  var positionKind: String?

  enum CodingKeys: String, CodingKey {
    case modelType = "model_type"
    case vocabularySize = "vocab_size"
    case width = "hidden_size"
    case depth = "num_hidden_layers"
    case heads = "num_attention_heads"
    case hidden = "intermediate_size"
    case positions = "max_position_embeddings"
    case types = "type_vocab_size"
    case epsilon = "layer_norm_eps"
    case activation = "hidden_act"
    case dropout = "hidden_dropout_prob"
    case padding = "pad_token_id"
    case architectures
    case attentionDropout = "attention_probs_dropout_prob"
    case positionKind = "position_embedding_type"
  }

  /// Describes an encoder.
  init(_ recipe: BertRecipe) {
    modelType = recipe.family.rawValue
    (vocabularySize, width, depth) = (recipe.vocabularySize, recipe.width, recipe.depth)
    (heads, hidden, positions) = (recipe.heads, recipe.hidden, recipe.positions)
    types = recipe.family == .mpnet ? nil : recipe.types
    epsilon = recipe.epsilon
    activation = recipe.activation.rawValue
    dropout = recipe.dropout
    attentionDropout = recipe.dropout
    padding = recipe.padding
    switch recipe.family {
    case .bert: architectures = ["BertModel"]
    case .roberta: architectures = ["RobertaModel"]
    case .mpnet: architectures = ["MPNetModel"]
    }
    positionKind = recipe.family == .mpnet ? nil : "absolute"
  }

  /// The encoder.
  ///
  /// - Throws: `InputError` when there is no such encoder here.
  func recipe(from path: String) throws -> BertRecipe {
    guard let family = BertRecipe.Family(rawValue: modelType == "xlm-roberta" ? "roberta" : modelType) else {
      throw InputError(
        in: path, "is of a '\(modelType)', which is not known here", remedy: "known are bert, roberta and mpnet")
    }
    guard positionKind ?? "absolute" == "absolute" else {
      throw InputError(in: path, "has \(positionKind!) positions, which are not known here")
    }
    guard let activation = Activation(rawValue: activation ?? "gelu"), activation != .quickGELU else {
      throw InputError(in: path, "has the activation '\(activation!)', which is not known here")
    }
    let lengths = [vocabularySize, width, depth, heads, hidden, positions]
    guard lengths.allSatisfy({ (1..<1 << 24).contains($0) }), width % heads == 0 else {
      throw InputError(in: path, "has lengths that fit no model: \(lengths)")
    }
    return BertRecipe(
      family: family, vocabularySize: vocabularySize, width: width, depth: depth, heads: heads, hidden: hidden,
      positions: positions, types: types ?? (family == .roberta ? 1 : 2), epsilon: epsilon ?? 1e-12,
      activation: activation, dropout: dropout ?? 0.1, padding: padding)
  }
}
