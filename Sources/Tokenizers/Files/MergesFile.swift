import Basics

/// The older form of a byte-level tokenizer: `vocab.json` with the numbers of pieces, `merges.txt` beside it with the
/// pairs that are joined, a line each, first those that were learned first.
///
/// Which of the three flavours it is follows from the special tokens: `<|startoftext|>` is CLIP's, `<s>` is RoBERTa's,
/// and GPT-2 has `<|endoftext|>` alone.
enum MergesFile {
  /// The tokenizer of a folder with both files.
  ///
  /// - Throws: `InputError` when they cannot be read, or do not belong together.
  static func tokenizer(in folder: String) throws -> Tokenizer {
    let (vocabularyPath, mergesPath) = ("\(folder)/vocab.json", "\(folder)/merges.txt")
    let vocabulary = try vocabulary(vocabularyPath)
    let merges = try merges(mergesPath)
    var added = AddedTokens()
    func add(_ name: String, takesSpacesBefore: Bool = false) -> Int? {
      guard let number = vocabulary[name] else { return nil }
      added.insert(Array(name.utf8), AddedTokens.Token(number: number, takesSpacesBefore: takesSpacesBefore))
      return Int(number)
    }
    let size = vocabulary.pieces.map(\.number).max().map { Int($0) + 1 } ?? 0
    let end = add("<|endoftext|>")
    if let start = add("<|startoftext|>"), let end {
      let lower = BertNormalizer(cleansText: false, spacesIdeographs: false, stripsAccents: false, lowercases: true)
      return Tokenizer(
        TokenizerSteps(
          added: added,
          changes: [.canonical(.composed), .spacesJoined, .scalars(ScalarWords(lower, splits: false))],
          words: .pattern(.clip),
          pieces: .bytePairs(
            try BytePairs(
              vocabulary, merges: merges, wordEnd: Array("</w>".utf8), unknown: Int32(end), path: mergesPath))),
        beginning: [start], ending: [end], padding: end, vocabularySize: size)
    }
    let pieces = TokenizerSteps.Pieces.bytePairs(try BytePairs(vocabulary, merges: merges, path: mergesPath))
    if let start = add("<s>"), let end = add("</s>") {
      let padding = add("<pad>")
      _ = (add("<unk>"), add("<mask>", takesSpacesBefore: true))
      return Tokenizer(
        TokenizerSteps(added: added, words: .pattern(.gpt2(addsSpace: false)), pieces: pieces), beginning: [start],
        ending: [end], padding: padding ?? 1, vocabularySize: size)
    }
    return Tokenizer(
      TokenizerSteps(added: added, words: .pattern(.gpt2(addsSpace: false)), pieces: pieces), beginning: [], ending: [],
      padding: end ?? 0, vocabularySize: size)
  }

  private static func vocabulary(_ path: String) throws -> Vocabulary {
    try Files.bytes(of: path).withUnsafeBytes { bytes in
      guard let node = JSONNode(bytes) else { throw InputError(in: path, "is no JSON object") }
      return try Vocabulary(node, in: path)
    }
  }

  private static func merges(_ path: String) throws -> [(left: [UInt8], right: [UInt8])] {
    var merges: [(left: [UInt8], right: [UInt8])] = []
    for (number, line) in try Files.bytes(of: path).split(separator: 0x0A).enumerated() {
      let line = line.last == 0x0D ? line.dropLast() : line
      if line.isEmpty || line.starts(with: "#version".utf8) { continue }
      let parts = line.split(separator: 0x20)
      guard parts.count == 2 else { throw InputError(in: "\(path), line \(number + 1)", "joins no two pieces") }
      merges.append((Array(parts[0]), Array(parts[1])))
    }
    return merges
  }
}
