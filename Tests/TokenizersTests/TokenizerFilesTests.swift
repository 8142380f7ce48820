import Basics
import Foundation
import Testing
import TestSupport

@testable import Tokenizers

@Suite struct TokenizerFilesTests {
  private func file(_ name: String) throws -> [String: Any] {
    let bytes = try Files.bytes(of: "\(TokenizerGoldens.folder)/tokenizers/\(name).json")
    return try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
  }

  private func vocabulary(_ name: String) throws -> [String: Int] {
    try #require((try file(name)["model"] as? [String: Any])?["vocab"] as? [String: Int])
  }

  /// The pieces by number, as bytes: some are one text to `String`, such as the two ways to write Å.
  private func pieces(_ name: String) throws -> [[UInt8]] {
    try Files.bytes(of: "\(TokenizerGoldens.folder)/tokenizers/\(name).json").withUnsafeBytes { bytes in
      let vocabulary = try #require(JSONNode(bytes)?["model"]?["vocab"])
      return vocabulary.members.sorted { $0.value.integer! < $1.value.integer! }.map(\.name)
    }
  }

  @Test func vocabularyListsGiveTheSameTokens() throws {
    let goldens = try TokenizerGoldens.read()
    for name in ["bert", "bert-cased"] {
      try withTemporaryFolder { folder in
        let pieces = try pieces(name)
        try Files.write("\(folder)/vocab.txt", bytes: pieces.joined(separator: [0x0A]) + [0x0A])
        if name == "bert-cased" {
          try Files.write("\(folder)/tokenizer_config.json", text: #"{"do_lower_case": false, "strip_accents": null}"#)
        }
        let tokenizer = try Tokenizer(contentsOf: folder)
        #expect(tokenizer.vocabularySize == pieces.count)
        for (line, numbers) in zip(goldens.lines, goldens.numbers[name]!) { #expect(tokenizer(line) == numbers) }
      }
    }
  }

  @Test func listsOfMergesGiveTheSameTokens() throws {
    let goldens = try TokenizerGoldens.read()
    for name in ["roberta", "clip"] {
      try withTemporaryFolder { folder in
        let model = try #require(try file(name)["model"] as? [String: Any])
        var pieces = try vocabulary(name)
        if name == "roberta" { pieces["<mask>"] = 620 }
        try Files.write("\(folder)/vocab.json", bytes: try JSONSerialization.data(withJSONObject: pieces))
        let merges = try #require(model["merges"] as? [[String]]).map { $0.joined(separator: " ") }
        try Files.write("\(folder)/merges.txt", text: "#version: 0.2\n" + merges.joined(separator: "\n") + "\n")
        let tokenizer = try Tokenizer(contentsOf: folder)
        for (line, numbers) in zip(goldens.lines, goldens.numbers[name]!) { #expect(tokenizer(line) == numbers) }
      }
    }
  }

  /// Each file is a good one with one thing changed.
  @Test(arguments: [
    (#""type":"BertNormalizer""#, #""type":"Precompiled""#, "its normalizer 'Precompiled' is not known here"),
    (#""type":"BertPreTokenizer""#, #""type":"Metaspace""#, "its pre_tokenizer 'Metaspace' is not known here"),
    (#""type":"TemplateProcessing""#, #""type":"Other""#, "its post_processor 'Other' is not known here"),
    (#""type":"WordPiece""#, #""type":"Unigram""#, "its model 'Unigram' is not known here"),
    (#""unk_token":"[UNK]""#, #""unk_token":"[NONE]""#, "lacks 'model.unk_token'"),
    (#""vocab":{"#, #""words":{"#, "lacks 'model.vocab'"),
    (#""vocab":{"#, #""vocab":{"x":-1,"#, "gives 'x' no number that is one"),
    (#""single_word":false"#, #""single_word":true"#, "its added token '[PAD]' is one for whole words alone"),
    (#""model":"#, #""model""#, "is no JSON object"),
  ]) func refusesWhatItDoesNotKnow(old: String, new: String, problem: String) throws {
    let text = try Files.text(of: "\(TokenizerGoldens.folder)/tokenizers/bert.json")
    #expect(text.contains(old))
    try withTemporaryFolder { folder in
      let path = "\(folder)/tokenizer.json"
      try Files.write(path, text: text.replacing(old, with: new, maxReplacements: 1))
      let error = #expect(throws: InputError.self) { try Tokenizer(contentsOf: path) }
      #expect(error?.problem.hasPrefix(problem) == true, "\(String(describing: error))")
    }
  }

  @Test func saysWhatIsMissing() throws {
    try withTemporaryFolder { folder in
      var error = #expect(throws: InputError.self) { try Tokenizer(contentsOf: folder) }
      #expect(
        error?.description
          == "\(folder): holds no tokenizer; put tokenizer.json, vocab.txt, or vocab.json and merges.txt there")
      try Files.write("\(folder)/vocab.txt", text: "[PAD]\n[UNK]\n")
      error = #expect(throws: InputError.self) { try Tokenizer(contentsOf: folder) }
      #expect(error?.description == "\(folder)/vocab.txt: lacks '[CLS]'; is it the vocabulary of a BERT?")
    }
    try withTemporaryFolder { folder in
      try Files.write("\(folder)/vocab.json", text: #"{"a": 0, "b": 1}"#)
      try Files.write("\(folder)/merges.txt", text: "#version: 0.2\na b\n")
      let error = #expect(throws: InputError.self) { try Tokenizer(contentsOf: folder) }
      #expect(
        error?.description
          == "\(folder)/merges.txt: joins 'a b' in merge 1, which its vocabulary lacks; do vocabulary and merges belong together?"
      )
    }
  }
}
