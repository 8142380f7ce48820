import Layers
import Models

extension SentenceModel {
  /// The same encoder with weights drawn from a seed, and the same tokenizer: what training would begin with from nothing,
  /// and what a model has to beat.
  public func untrained(seed: UInt64 = 1) -> SentenceModel {
    let tree = ParameterTree(seed: seed, on: self.tree.device)
    return SentenceModel(
      encoder: SentenceEncoder(tree.root, encoder.recipe), tree: tree, tokenizer: tokenizer,
      tokenizerFiles: tokenizerFiles, longest: longest,
      settings: SentenceSettings(prompts: prompts, defaultPrompt: defaultPrompt, truncation: truncation),
      precision: precision)
  }
}
