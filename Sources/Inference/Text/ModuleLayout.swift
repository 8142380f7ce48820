import Basics
import Models

/// What a folder of a sentence encoder says of its parts, read from `modules.json` and the folders it names.
struct ModuleLayout {
  private let path: String
  /// The folder of the transformer and its tokenizer.
  private(set) var transformer: String
  private(set) var pooling = TokenPooling()
  private(set) var dense: [(folder: String, layer: SentenceRecipe.Dense)] = []
  private(set) var normalizes = false

  /// Reads the layout.
  ///
  /// - Throws: `InputError` when the parts, or their order, are not known here.
  init(_ path: String) throws {
    self.path = path
    transformer = path
    let list = "\(path)/modules.json"
    guard Files.exists(list) else { return }
    let entries = try SentenceModel.decoded([ModuleEntry].self, list).sorted { $0.idx < $1.idx }
    var stage = 0
    for entry in entries {
      let folder = entry.path.isEmpty ? path : "\(path)/\(entry.path)"
      let next: Int
      switch entry.kind {
      case "Transformer":
        next = 1
        transformer = folder
      case "Pooling":
        next = 2
        pooling = try SentenceModel.decoded(PoolingConfiguration.self, "\(folder)/config.json").pooling
      case "Dense":
        next = 3
        let configuration = "\(folder)/config.json"
        dense.append(
          (folder, try SentenceModel.decoded(DenseConfiguration.self, configuration).dense(from: configuration)))
      case "Normalize":
        next = 4
        normalizes = true
      case let kind:
        throw InputError(
          in: list, "has a module '\(kind)', which is not known here",
          remedy: "known are Transformer, Pooling, Dense and Normalize, in this order")
      }
      guard next > stage || next == stage && next == 3 else {
        throw InputError(
          in: list, "has its modules in an order that is not known here",
          remedy: "known are Transformer, Pooling, Dense and Normalize, in this order")
      }
      stage = next
    }
    guard stage >= 2 else { throw InputError(in: list, "names no pooling", remedy: "is the file whole?") }
  }

  /// The most tokens of a text.
  ///
  /// - Throws: `InputError` when a file says a number that leaves no room for a text.
  func longest(at most: Int, least: Int) throws -> Int {
    var longest = most
    let own = "\(transformer)/sentence_bert_config.json"
    let tokenizer = "\(transformer)/tokenizer_config.json"
    if Files.exists(own), let length = try SentenceModel.decoded(LengthConfiguration.self, own).longest {
      longest = min(most, length)
    } else if Files.exists(tokenizer),
      let length = try SentenceModel.decoded(LengthConfiguration.OfTokenizer.self, tokenizer).longest,
      length < Double(most)
    {
      longest = Int(length)
    }
    guard longest >= least else {
      throw InputError(in: transformer, "says that texts have at most \(longest) tokens, which leaves no room for any")
    }
    return longest
  }

  /// What users set beside the model.
  func settings() throws -> SentenceSettings {
    let file = "\(path)/config_sentence_transformers.json"
    return Files.exists(file) ? try SentenceModel.decoded(SentenceSettings.self, file) : SentenceSettings()
  }
}
