import Layers
import Models
import Tensors
import TestSupport
import Testing

/// Poolings beside those of sentence-transformers, with what `Tests/Goldens/sentences.py` wrote of them.
@Suite struct TokenPoolingTests {
  private func hidden() throws -> Tensor { try Goldens("sentences")["bert/hidden"] }

  @Test(arguments: TokenPooling.Mode.allCases, [0, 2])
  func agreesWithSentenceTransformers(mode: TokenPooling.Mode, prompt: Int) throws {
    let pooling = TokenPooling([mode], includesPrompt: prompt == 0)
    let pooled = pooling(try hidden(), BertEncoderTests.batch(BertEncoderTests.texts), prompt: prompt)
    expectClose(pooled, try Goldens("sentences")["pooling/\(mode.rawValue)/\(prompt)"], relative: 1e-7, absolute: 1e-7)
  }

  @Test func severalModesAreJoined() throws {
    let pooled = TokenPooling([.cls, .mean])(try hidden(), BertEncoderTests.batch(BertEncoderTests.texts))
    expectClose(pooled, try Goldens("sentences")["pooling/cls+mean/0"], relative: 1e-7, absolute: 1e-7)
  }

  @Test func aPromptCountsUnlessItIsLeftOut() throws {
    let batch = BertEncoderTests.batch(BertEncoderTests.texts)
    let counted = TokenPooling([.mean])
    expectClose(counted(try hidden(), batch, prompt: 2), counted(try hidden(), batch))
  }

  @Test(arguments: TokenPooling.Mode.allCases) func gradientsAreThoseOfDifferences(mode: TokenPooling.Mode) {
    let vectors = peerInput(4 * 8, 3, 0.37, 1.3).reshaped(4, 8, 3)
    let batch = BertEncoderTests.batch(BertEncoderTests.texts)
    expectGradients(at: [vectors]) { inputs in
      let pooled = TokenPooling([mode])(inputs[0], batch)
      return (pooled * pooled).sum()
    }
  }
}
