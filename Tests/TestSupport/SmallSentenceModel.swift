import Basics
import Layers
import Models
import Tensors

/// A folder with a small model of sentence-transformers: a BERT over the tokenizer of the goldens, weights drawn.
public struct SmallSentenceModel {
  /// The tokenizer.
  public static let tokenizer = "\(Files.folder(of: #filePath))/../Goldens/tokenizers/bert.json"

  /// Writes the folder in the layout of old, `change` being made to its files by name.
  public static func write(to folder: String, dense: Bool = false, change: [String: String?] = [:]) throws {
    var files: [String: String?] = [
      "config.json": #"""
      {"model_type": "bert", "vocab_size": 900, "hidden_size": 12, "num_hidden_layers": 2, "num_attention_heads": 3,
       "intermediate_size": 20, "max_position_embeddings": 32, "hidden_act": "gelu", "layer_norm_eps": 1e-12}
      """#,
      "modules.json": """
      [{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
       {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
       \(dense ? #"{"idx": 2, "name": "2", "path": "2_Dense", "type": "sentence_transformers.models.Dense"},"# : "")
       {"idx": 3, "name": "3", "path": "3_Normalize", "type": "sentence_transformers.models.Normalize"}]
      """,
      "1_Pooling/config.json": #"{"word_embedding_dimension": 12, "pooling_mode_mean_tokens": true}"#,
      "sentence_bert_config.json": #"{"max_seq_length": 20, "do_lower_case": false}"#,
      "config_sentence_transformers.json": #"{"prompts": {"query": "find: "}, "default_prompt_name": null}"#,
      "tokenizer.json": try Files.text(of: tokenizer),
    ]
    files.merge(change) { $1 }
    for (name, text) in files {
      guard let text else { continue }
      try Files.makeFolder(Files.folder(of: "\(folder)/\(name)"))
      try Files.write("\(folder)/\(name)", text: text)
    }
    let tree = ParameterTree(seed: 3)
    _ = BertEncoder(
      tree.root, BertRecipe(vocabularySize: 900, width: 12, depth: 2, heads: 3, hidden: 20, positions: 32))
    try SafeTensors(tree.snapshot()).write(to: "\(folder)/model.safetensors")
    if dense {
      try Files.makeFolder("\(folder)/2_Dense")
      try Files.write(
        "\(folder)/2_Dense/config.json",
        text:
          #"{"in_features": 12, "out_features": 5, "bias": true, "activation_function": "torch.nn.modules.activation.Tanh"}"#
      )
      let layer = ParameterTree(seed: 4)
      _ = Linear(layer.root / "linear", from: 12, to: 5)
      try SafeTensors(layer.snapshot()).write(to: "\(folder)/2_Dense/model.safetensors")
    }
  }
}
