import Basics

extension Tokenizer {
  /// Reads a tokenizer: `tokenizer.json`, BERT's `vocab.txt`, or a folder with one of them, or with `vocab.json` and
  /// `merges.txt` as GPT-2, RoBERTa and CLIP have them.
  ///
  /// - Throws: `InputError` that says what is missing, or what of the tokenizer is not known here.
  public init(contentsOf path: String) throws {
    guard Files.isFolder(path) else {
      self = try path.hasSuffix(".json") ? TokenizerFile.tokenizer(path) : VocabularyFile.tokenizer(path)
      return
    }
    if Files.exists("\(path)/tokenizer.json") {
      self = try TokenizerFile.tokenizer("\(path)/tokenizer.json")
    } else if Files.exists("\(path)/vocab.txt") {
      self = try VocabularyFile.tokenizer("\(path)/vocab.txt")
    } else if Files.exists("\(path)/merges.txt") {
      self = try MergesFile.tokenizer(in: path)
    } else {
      throw InputError(
        in: path, "holds no tokenizer", remedy: "put tokenizer.json, vocab.txt, or vocab.json and merges.txt there")
    }
  }
}
