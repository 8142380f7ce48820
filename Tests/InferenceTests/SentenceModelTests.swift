import Basics
import Evaluation
import Foundation
import Inference
import Layers
import Models
import Tensors
import TestSupport
import Testing
import Tokenizers

@Suite struct SentenceModelTests {
  private let texts = [
    "the quick brown fox", "", "a lazy dog jumps over contrastive learning", "café", "what is similar and what is not",
    "the quick brown fox", String(repeating: "the dog ", count: 50),
  ]

  /// Sorted, grouped and cut to the limit, texts have the vectors that each has alone.
  @Test(arguments: [false, true]) func everyTextHasItsOwnVector(dense: Bool) throws {
    try withTemporaryFolder { folder in
      try SmallSentenceModel.write(to: folder, dense: dense)
      let model = try SentenceModel(contentsOf: folder, precision: .float32)
      #expect(model.size == (dense ? 5 : 12) && model.longest == 20)
      let together = model.embeddings(of: texts)
      #expect(together.shape == [texts.count, model.size])
      for (place, text) in texts.enumerated() {
        let tokens = TokenBatch([text].map { model.tokenizer($0, limit: 20) }.batch, padding: 0)
        let alone = withoutGradient { model.encoder(tokens, .evaluation) }
        expectClose(together[place], alone.values(as: Double.self), relative: 0, absolute: 1e-5, "\(text)")
      }
      expectClose(together.norm(1), Array(repeating: 1, count: texts.count))
      #expect(model.embeddings(of: []).shape == [0, model.size])
    }
  }

  @Test(arguments: [false, true]) func aWrittenModelIsTheSame(dense: Bool) throws {
    try withTemporaryFolder { folder in
      try SmallSentenceModel.write(to: "\(folder)/a", dense: dense)
      var model = try SentenceModel(contentsOf: "\(folder)/a", precision: .float32)
      model.truncation = 4
      try model.write(to: "\(folder)/b")
      let copy = try SentenceModel(contentsOf: "\(folder)/b", precision: .float32)
      #expect(copy.encoder.recipe == model.encoder.recipe)
      #expect(copy.longest == 20 && copy.prompts == ["query": "find: "] && copy.size == 4)
      #expect(copy.embeddings(of: texts).values(as: Float.self) == model.embeddings(of: texts).values(as: Float.self))
    }
  }

  @Test func readsTheKeysOfVersion6() throws {
    try withTemporaryFolder { folder in
      try SmallSentenceModel.write(
        to: folder,
        change: [
          "modules.json": #"""
          [{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.base.modules.transformer.Transformer"},
           {"idx": 1, "name": "1", "path": "1_Pooling",
            "type": "sentence_transformers.sentence_transformer.modules.pooling.Pooling"}]
          """#,
          "1_Pooling/config.json":
            #"{"embedding_dimension": 12, "pooling_mode": ["cls", "lasttoken"], "include_prompt": false}"#,
          "sentence_bert_config.json": #"{"transformer_task": "feature-extraction"}"#,
          "tokenizer_config.json": #"{"model_max_length": 24}"#,
        ])
      let model = try SentenceModel(contentsOf: folder)
      #expect(model.encoder.recipe.pooling == TokenPooling([.cls, .lastToken], includesPrompt: false))
      #expect(!model.encoder.recipe.normalizes && model.size == 24 && model.longest == 24)
    }
  }

  @Test func promptsStandBeforeTexts() throws {
    try withTemporaryFolder { folder in
      try SmallSentenceModel.write(to: folder)
      let model = try SentenceModel(contentsOf: folder, precision: .float32)
      let prompt = try model.prompt("query")
      expectClose(
        model.embeddings(of: ["fox"], prompt: prompt), model.embeddings(of: ["find: fox"]), relative: 0, absolute: 1e-6)
      #expect(try model.prompt() == "")
      let error = #expect(throws: InputError.self) { try model.prompt("document") }
      #expect(error?.description == "the model has no prompt called 'document'; choose one of query")
    }
  }

  /// Each folder is a good one with one file changed or taken away.
  @Test(
    arguments: [
      ("config.json", #"{"model_type": "t5"}"#, "config.json: vocab_size is missing; is the file whole?"),
      ("1_Pooling/config.json", "{", "1_Pooling/config.json: is not valid JSON; is the file whole?"),
      (
        "1_Pooling/config.json", nil,
        "1_Pooling/config.json: cannot be opened (no such file or directory); check the path"
      ),
      (
        "modules.json", #"[{"idx": 0, "name": "0", "path": "", "type": "a.CNN"}]"#,
        "modules.json: has a module 'CNN', which is not known here; known are Transformer, Pooling, Dense and Normalize, in this order"
      ),
      (
        "modules.json", #"[{"idx": 0, "name": "0", "path": "", "type": "a.Transformer"}]"#,
        "modules.json: names no pooling; is the file whole?"
      ),
      (
        "tokenizer.json", nil, ": holds no tokenizer; put tokenizer.json, vocab.txt, or vocab.json and merges.txt there"
      ),
      (
        "sentence_bert_config.json", #"{"max_seq_length": 2}"#,
        ": says that texts have at most 2 tokens, which leaves no room for any"
      ),
    ] as [(String, String?, String)])
  func saysWhatIsWrong(file: String, text: String?, message: String) throws {
    try withTemporaryFolder { folder in
      try SmallSentenceModel.write(to: folder, change: [file: text])
      if text == nil { try FileManager.default.removeItemIfThere("\(folder)/\(file)") }
      let error = #expect(throws: InputError.self) { try SentenceModel(contentsOf: folder) }
      #expect(error?.description == folder + (message.hasPrefix(":") ? "" : "/") + message)
    }
  }

  /// all-MiniLM-L6-v2, where Scripts/minilm has fetched it: the published Spearman correlation on the STS benchmark.
  @Test(.enabled(if: SentenceModelTests.miniLM != nil && SentenceModelTests.similarities != nil))
  func theRealModelHasItsPublishedQuality() throws {
    let model = try SentenceModel(contentsOf: Self.miniLM!, precision: .float32)
    #expect(model.size == 384 && model.longest == 256)
    let rows = Self.similarities!
    let vectors = model.embeddings(of: rows.map(\.0) + rows.map(\.1))
    let found = try PairSimilarity(
      vectors[0..<rows.count], vectors[rows.count..<2 * rows.count], scores: rows.map(\.2))
    #expect(found.pairs == 1379)
    #expect(abs(found.cosine.spearman - 0.8203) < 0.00005)
  }

  static let miniLM: String? = {
    let folder = "\(Files.folder(of: #filePath))/../../.deps/minilm"
    return Files.exists("\(folder)/model.safetensors") ? folder : nil
  }()

  /// The English test pairs of the STS benchmark, where they are there.
  static let similarities: [(String, String, Double)]? = {
    guard let folder = sharedData, let bytes = try? Gzip.bytes(of: "\(folder)/text/stsb.tsv.gz") else { return nil }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
      return fields[0] == "en" && fields[1] == "test" ? (String(fields[3]), String(fields[4]), Double(fields[2])!) : nil
    }
  }()
}

extension [[Int]] {
  fileprivate var batch: TextBatch { TextBatch(self) }
}

extension FileManager {
  fileprivate func removeItemIfThere(_ path: String) throws {
    if fileExists(atPath: path) { try removeItem(atPath: path) }
  }
}
