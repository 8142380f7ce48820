import Basics
import Foundation
import Testing
import Tokenizers

/// What Hugging Face's library makes of hard lines, with small tokenizers of every flavour.
struct TokenizerGoldens: Decodable {
  let lines: [String]
  let numbers: [String: [[Int]]]

  static let folder = "\(Files.folder(of: #filePath))/../Goldens"

  static func read() throws -> TokenizerGoldens {
    try JSONDecoder().decode(TokenizerGoldens.self, from: Data(Files.bytes(of: "\(folder)/tokens.json")))
  }

  static func tokenizer(_ name: String) throws -> Tokenizer {
    try Tokenizer(contentsOf: "\(folder)/tokenizers/\(name).json")
  }
}

@Suite struct TokenizerTests {
  static let flavours = [
    "bert", "bert-cased", "bert-plain", "bert-words", "bert-sequence", "roberta", "gpt2", "clip",
  ]

  @Test(arguments: flavours) func agreesWithHuggingFace(flavour: String) throws {
    let goldens = try TokenizerGoldens.read()
    let tokenizer = try TokenizerGoldens.tokenizer(flavour)
    let expected = try #require(goldens.numbers[flavour])
    #expect(expected.count == goldens.lines.count && expected.count > 100)
    for (line, numbers) in zip(goldens.lines, expected) {
      let scalars = line.unicodeScalars.map { String($0.value, radix: 16) }.joined(separator: " ")
      #expect(tokenizer(line) == numbers, "\(scalars)")
    }
  }

  @Test(arguments: flavours) func aLimitCutsTheEnd(flavour: String) throws {
    let goldens = try TokenizerGoldens.read()
    let tokenizer = try TokenizerGoldens.tokenizer(flavour)
    for limit in [2, 3, 7, 20] {
      let special = tokenizer.beginning.count + tokenizer.ending.count
      for (line, numbers) in zip(goldens.lines, goldens.numbers[flavour]!) {
        let inner = numbers.dropFirst(tokenizer.beginning.count).dropLast(tokenizer.ending.count)
        #expect(
          tokenizer(line, limit: limit) == tokenizer.beginning + inner.prefix(limit - special) + tokenizer.ending)
      }
    }
  }

  @Test func aBatchIsItsTextsInARow() throws {
    let goldens = try TokenizerGoldens.read()
    let tokenizer = try TokenizerGoldens.tokenizer("bert")
    let batch: TextBatch = tokenizer(goldens.lines)
    #expect(batch.count == goldens.lines.count)
    for (place, line) in goldens.lines.enumerated() { #expect(Array(batch[place]) == tokenizer(line)) }
  }

  @Test func knowsItsSpecialTokens() throws {
    let bert = try TokenizerGoldens.tokenizer("bert")
    #expect(bert.beginning == [2] && bert.ending == [3] && bert.padding == 0)
    #expect(bert("") == [2, 3])
    let clip = try TokenizerGoldens.tokenizer("clip")
    #expect(clip.beginning == [993] && clip.ending == [994] && clip.padding == 994)
    #expect(clip.vocabularySize == 995)
    let roberta = try TokenizerGoldens.tokenizer("roberta")
    #expect(roberta.beginning == [0] && roberta.ending == [2] && roberta.padding == 1)
    #expect(roberta.vocabularySize == 621)
  }
}
