import Layers
import Models
import Tensors
import TestSupport
import Testing
import Tokenizers

/// Small encoders of BERT's family beside those of transformers, with what `Tests/Goldens/sentences.py` wrote of them.
@Suite struct BertEncoderTests {
  static let texts = [[2, 7, 9, 11, 30, 39, 5, 3], [2, 8, 3], [2, 14, 15, 16, 3], [2, 1, 6, 20, 3]]

  static func recipe(_ family: BertRecipe.Family) -> BertRecipe {
    BertRecipe(
      family: family, vocabularySize: 40, width: 12, depth: 2, heads: 3, hidden: 20,
      positions: family == .bert ? 16 : 18, types: family == .roberta ? 1 : 2,
      epsilon: family == .roberta ? 1e-5 : 1e-12, hasPooler: true)
  }

  static func encoder(_ family: BertRecipe.Family) throws -> (BertEncoder, ParameterTree) {
    let tree = ParameterTree(seed: 1)
    let encoder = BertEncoder(tree.root, recipe(family))
    try tree.load(ClosedFormWeights.values(of: tree), from: "the closed form")
    return (encoder, tree)
  }

  static func batch(_ texts: [[Int]], _ family: BertRecipe.Family = .bert) -> TokenBatch {
    TokenBatch(TextBatch(texts), padding: family == .bert ? 0 : 1)
  }

  @Test(arguments: BertRecipe.Family.allCases) func namesAreThoseOfTransformers(family: BertRecipe.Family) throws {
    let goldens = try Goldens("sentences")
    let prefix = "\(family)/names/"
    let expected = goldens.names.filter { $0.hasPrefix(prefix) }.map { key in
      "\(key.dropFirst(prefix.count + 4)) \(goldens[key].values(as: Int.self))"
    }
    let (_, tree) = try Self.encoder(family)
    #expect(expected.count > 30)
    #expect(Set(tree.stored.map { "\($0.path) \($0.shape)" }) == Set(expected))
  }

  /// In `float32` the two differ by less than 10⁻⁵; what stands in the places of padding means nothing.
  @Test(arguments: BertRecipe.Family.allCases) func vectorsAreThoseOfTransformers(family: BertRecipe.Family) throws {
    let goldens = try Goldens("sentences")
    let (encoder, _) = try Self.encoder(family)
    let batch = Self.batch(Self.texts, family)
    let hidden = withoutGradient { encoder(batch, .evaluation) }
    let mask = try #require(batch.mask).to(.float32).unsqueezed(2)
    expectClose(hidden * mask, goldens["\(family)/hidden"], relative: 0, absolute: 1e-5)
    // Alone, without anything filled up, attention goes another way.
    let alone = withoutGradient { encoder(Self.batch([Self.texts[0]], family), .evaluation) }
    expectClose(alone, goldens["\(family)/alone"], relative: 0, absolute: 1e-5)
  }

  /// Training's attention, without dropout, gives what evaluation's does, and every parameter but the pooler's learns.
  @Test(arguments: BertRecipe.Family.allCases) func everyParameterLearns(family: BertRecipe.Family) throws {
    let tree = ParameterTree(seed: 1)
    let recipe = Self.recipe(family)
    let encoder = BertEncoder(
      tree.root,
      BertRecipe(
        family: family, vocabularySize: 40, width: 12, depth: 2, heads: 3, hidden: 20, positions: recipe.positions,
        types: recipe.types, epsilon: recipe.epsilon, dropout: 0, hasPooler: true))
    let batch = Self.batch([Self.texts[0]], family)
    let learned = encoder(batch, .training(RandomSource(seed: 1)))
    expectClose(learned, withoutGradient { encoder(batch, .evaluation) }, relative: 1e-5, absolute: 1e-5)
    let trainable = tree.trainable
    #expect(!trainable.contains { $0.path.hasPrefix("pooler") } && trainable.count > 30)
    let gradients = (learned * learned * learned).sum().gradients(of: trainable.map(\.value))
    for (parameter, gradient) in zip(trainable, gradients) { #expect(gradient != nil, "\(parameter.path)") }
  }

  @Test func dropoutDependsOnItsSourceAlone() throws {
    let (encoder, _) = try Self.encoder(.bert)
    let batch = Self.batch(Self.texts)
    func vectors(_ seed: UInt64) -> [Float] {
      encoder(batch, .training(RandomSource(seed: seed))).values(as: Float.self)
    }
    #expect(vectors(1) == vectors(1))
    #expect(vectors(1) != vectors(2))
  }
}
