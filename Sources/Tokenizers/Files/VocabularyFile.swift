import Basics

/// BERT's older form of a tokenizer: `vocab.txt`, a piece a line, its number the line's, and `tokenizer_config.json`
/// beside it for what differs from BERT without upper case.
enum VocabularyFile {
  /// The tokenizer of a vocabulary.
  ///
  /// - Throws: `InputError` when the file cannot be read or lacks a special token.
  static func tokenizer(_ path: String) throws -> Tokenizer {
    var lines = try Files.bytes(of: path).split(separator: 0x0A, omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    let vocabulary = Vocabulary(
      pieces: lines.enumerated().map { (Array($1.last == 0x0D ? $1.dropLast() : $1), Int32($0)) })
    var added = AddedTokens()
    func special(_ name: String) throws -> Int {
      guard let number = vocabulary[name] else {
        throw InputError(in: path, "lacks '\(name)'", remedy: "is it the vocabulary of a BERT?")
      }
      added.insert(Array(name.utf8), AddedTokens.Token(number: number))
      return Int(number)
    }
    let (unknown, beginning, ending) = (try special("[UNK]"), try special("[CLS]"), try special("[SEP]"))
    let padding = try special("[PAD]")
    if vocabulary["[MASK]"] != nil { _ = try special("[MASK]") }
    return Tokenizer(
      TokenizerSteps(
        added: added, words: .scalars(ScalarWords(try normalizer(beside: path), splits: true)),
        pieces: .wordPiece(
          WordPiece(vocabulary, prefix: Array("##".utf8), unknown: Int32(unknown), mostCharacters: 100))),
      beginning: [beginning], ending: [ending], padding: padding, vocabularySize: lines.count)
  }

  private static func normalizer(beside path: String) throws -> BertNormalizer {
    let configuration = "\(Files.folder(of: path))/tokenizer_config.json"
    guard Files.exists(configuration) else { return BertNormalizer() }
    return try Files.bytes(of: configuration).withUnsafeBytes { bytes in
      guard let node = JSONNode(bytes) else { throw InputError(in: configuration, "is no JSON object") }
      let lowercases = node["do_lower_case"]?.truth ?? true
      return BertNormalizer(
        spacesIdeographs: node["tokenize_chinese_chars"]?.truth ?? true,
        stripsAccents: node["strip_accents"]?.truth ?? lowercases, lowercases: lowercases)
    }
  }
}
