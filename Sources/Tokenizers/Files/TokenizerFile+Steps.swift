import Basics

extension TokenizerFile {
  /// A change of texts as a file names it.
  enum NamedChange {
    case bert(BertNormalizer)
    case other(TextChange)

    var change: TextChange {
      switch self {
      case .bert(let normalizer): .scalars(ScalarWords(normalizer, splits: false))
      case .other(let change): change
      }
    }
  }

  /// What is done to texts first.
  func changes(_ node: JSONNode?) throws -> [NamedChange] {
    guard let node else { return [] }
    switch node["type"]?.text ?? "" {
    case "Sequence": return try (node["normalizers"]?.elements ?? []).flatMap { try changes($0) }
    case "BertNormalizer":
      let lowercases = node["lowercase"]?.truth ?? true
      return [
        .bert(
          BertNormalizer(
            cleansText: node["clean_text"]?.truth ?? true,
            spacesIdeographs: node["handle_chinese_chars"]?.truth ?? true,
            stripsAccents: node["strip_accents"]?.truth ?? lowercases, lowercases: lowercases))
      ]
    case "Lowercase":
      let normalizer = BertNormalizer(
        cleansText: false, spacesIdeographs: false, stripsAccents: false, lowercases: true)
      return [.other(.scalars(ScalarWords(normalizer, splits: false)))]
    case "NFC": return [.other(.canonical(.composed))]
    case "NFD": return [.other(.canonical(.decomposed))]
    case "StripAccents": return [.other(.marksDropped)]
    case "Replace" where node["pattern"]?["Regex"]?.text == #"\s+"# && node["content"]?.text == " ":
      return [.other(.spacesJoined)]
    case let kind: throw unknown("normalizer", kind)
    }
  }

  /// How texts are cut into words.
  func words(_ node: JSONNode?) throws -> TokenizerSteps.Words {
    switch node?["type"]?.text ?? "nothing" {
    case "BertPreTokenizer": return .scalars(ScalarWords(nil, splits: true))
    case "ByteLevel" where node?["use_regex"]?.truth ?? true:
      return .pattern(.gpt2(addsSpace: node?["add_prefix_space"]?.truth ?? true))
    case "Sequence":
      let parts = node?["pretokenizers"]?.elements ?? []
      let kinds = parts.map { $0["type"]?.text }
      // Cutting CLIP's words again as GPT-2 does changes none.
      if kinds == ["Split", "ByteLevel"], parts[0]["pattern"]?["Regex"]?.text == PatternWords.clipPattern,
        parts[0]["behavior"]?.text == "Removed", parts[0]["invert"]?.truth == true,
        parts[1]["add_prefix_space"]?.truth == false
      {
        return .pattern(.clip)
      }
      if parts.count == 1 { return try words(parts[0]) }
      throw unknown("pre_tokenizer", kinds.map { $0 ?? "?" }.joined(separator: " + "))
    case let kind: throw unknown("pre_tokenizer", kind)
    }
  }

  /// What stands around every text.
  func specialTokens(_ node: JSONNode?) throws -> (beginning: [Int], ending: [Int]) {
    guard let node else { return ([], []) }
    switch node["type"]?.text ?? "" {
    case "TemplateProcessing": return try template(node)
    case "BertProcessing", "RobertaProcessing":
      func number(_ name: String) throws -> Int {
        try required(node[name]?.elements.last?.integer, "post_processor.\(name)")
      }
      return ([try number("cls")], [try number("sep")])
    case "ByteLevel": return ([], [])
    case "Sequence":
      let parts = try (node["processors"]?.elements ?? []).map { try specialTokens($0) }
      return (parts.reversed().flatMap(\.beginning), parts.flatMap(\.ending))
    case let kind: throw unknown("post_processor", kind)
    }
  }

  private func template(_ node: JSONNode) throws -> (beginning: [Int], ending: [Int]) {
    var (beginning, ending, isBehind) = ([Int](), [Int](), false)
    for part in node["single"]?.elements ?? [] {
      if part["Sequence"] != nil { isBehind = true }
      guard let name = part["SpecialToken"]?["id"]?.text else { continue }
      let numbers = try required(
        node["special_tokens"]?[name]?["ids"]?.elements.compactMap(\.integer), "post_processor.special_tokens.\(name)")
      if isBehind { ending += numbers } else { beginning += numbers }
    }
    return (beginning, ending)
  }

  /// A value that a file must have.
  func required<Value>(_ value: Value?, _ name: String) throws -> Value {
    guard let value else { throw InputError(in: path, "lacks '\(name)'", remedy: "is it a file of a tokenizer?") }
    return value
  }

  /// The error of a part that is not known here.
  func unknown(_ part: String, _ kind: String) -> InputError {
    InputError(
      in: path, "its \(part) '\(kind)' is not known here",
      remedy: "known are WordPiece as BERT has it and byte pairs as GPT-2, RoBERTa and CLIP have them")
  }
}

/// The section `added_tokens` of a file.
struct AddedTokensSection {
  /// Those that are looked for in a text as it is.
  private(set) var before = AddedTokens()
  /// Those that are looked for in a changed text.
  private(set) var afterwards = AddedTokens()
  /// The numbers by name.
  private(set) var names: [[UInt8]: Int32] = [:]

  init(_ section: JSONNode?, changes: [TextChange], path: String) throws {
    for node in section?.elements ?? [] {
      guard let text = node["content"]?.utf8, let number = node["id"]?.integer, (0..<(1 << 24)).contains(number) else {
        throw InputError(in: path, "an added token has no text or no number", remedy: "is the file whole?")
      }
      guard node["single_word"]?.truth != true else {
        throw InputError(
          in: path, "its added token '\(String(decoding: text, as: UTF8.self))' is one for whole words alone",
          remedy: "such tokens are not known here")
      }
      let token = AddedTokens.Token(
        number: Int32(number), takesSpacesBefore: node["lstrip"]?.truth ?? false,
        takesSpacesAfter: node["rstrip"]?.truth ?? false)
      names[text] = Int32(number)
      if changes.isEmpty || node["normalized"]?.truth == false {
        before.insert(text, token)
      } else {
        afterwards.insert(
          changes.reduce(text) { text, change in text.withUnsafeBufferPointer { change($0) } }, token)
      }
    }
  }
}
