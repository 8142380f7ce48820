import Basics

/// What `tokenizer.json` says, as Hugging Face's tokenizers writes it.
///
/// What is not known here is refused: a tokenizer that is nearly right gives a model texts that it never saw.
///
/// Source: <https://github.com/huggingface/tokenizers>; the fields are those that version 0.23.3 writes.
struct TokenizerFile {
  let path: String
  let root: JSONNode

  /// The tokenizer that the file describes.
  ///
  /// - Throws: `InputError` when something is missing, or not known here.
  static func tokenizer(_ path: String) throws -> Tokenizer {
    let bytes = try Files.bytes(of: path)
    return try bytes.withUnsafeBytes { bytes in
      guard let root = JSONNode(bytes) else {
        throw InputError(in: path, "is no JSON object", remedy: "is the file whole?")
      }
      return try TokenizerFile(path: path, root: root).tokenizer()
    }
  }

  private func tokenizer() throws -> Tokenizer {
    let model = try required(root["model"], "model")
    let vocabulary = try Vocabulary(try required(model["vocab"], "model.vocab"), in: path)
    var (changes, words) = (try changes(root["normalizer"]), try words(root["pre_tokenizer"]))
    let added = try AddedTokensSection(root["added_tokens"], changes: changes.map(\.change), path: path)
    if case .bert(let normalizer)? = changes.first, changes.count == 1, case .scalars = words, added.afterwards.isEmpty
    {
      (changes, words) = ([], .scalars(ScalarWords(normalizer, splits: true)))
    }
    let special = try specialTokens(root["post_processor"])
    let size = (vocabulary.pieces.map(\.number) + added.names.values).max().map { Int($0) + 1 } ?? 0
    return Tokenizer(
      TokenizerSteps(
        added: added.before, changes: changes.map(\.change), addedAfterwards: added.afterwards, words: words,
        pieces: try pieces(model, vocabulary, words)),
      beginning: special.beginning, ending: special.ending, padding: padding(added: added.names, vocabulary),
      vocabularySize: size)
  }

  // Models

  private func pieces(
    _ model: JSONNode, _ vocabulary: Vocabulary, _ words: TokenizerSteps.Words
  ) throws -> TokenizerSteps.Pieces {
    let unknown = model["unk_token"]?.text.flatMap { vocabulary[$0] }
    // Files from before 2020 name no kind.
    switch model["type"]?.text ?? (model["merges"] == nil ? "WordPiece" : "BPE") {
    case "WordPiece":
      return .wordPiece(
        WordPiece(
          vocabulary, prefix: model["continuing_subword_prefix"]?.utf8 ?? Array("##".utf8),
          unknown: try required(unknown, "model.unk_token"),
          mostCharacters: model["max_input_chars_per_word"]?.integer ?? 100))
    case "BPE":
      guard case .pattern = words else { throw self.unknown("model", "BPE over characters") }
      for name in ["dropout", "continuing_subword_prefix", "byte_fallback", "ignore_merges"] {
        guard let node = model[name], node.truth != false, node.text != "" else { continue }
        throw self.unknown("model", name)
      }
      let merges = try required(model["merges"]?.elements, "model.merges").map { node in
        let parts = node.utf8.map { $0.split(separator: 0x20).map(Array.init) } ?? node.elements.compactMap(\.utf8)
        guard parts.count == 2 else { throw InputError(in: path, "joins no two pieces in \(node.path)") }
        return (parts[0], parts[1])
      }
      return .bytePairs(
        try BytePairs(
          vocabulary, merges: merges, wordEnd: model["end_of_word_suffix"]?.utf8 ?? [], unknown: unknown,
          joinsUnknown: model["fuse_unk"]?.truth ?? false, path: path))
    case let kind: throw self.unknown("model", kind)
    }
  }

  private func padding(added: [[UInt8]: Int32], _ vocabulary: Vocabulary) -> Int {
    if let number = root["padding"]?["pad_id"]?.integer { return number }
    for name in ["[PAD]", "<pad>", "<|endoftext|>"] {
      if let number = added[Array(name.utf8)] ?? vocabulary[name] { return Int(number) }
    }
    return 0
  }
}
