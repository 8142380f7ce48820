import Testing
import Tokenizers

@Suite struct SubwordFeaturesTests {
  /// So many buckets that an index is all but the hash itself.
  private let features = SubwordFeatures(buckets: 1 << 62)

  /// FNV-1a by its definition, over the features written out by hand.
  private func indices(_ features: [String], buckets: UInt64 = 1 << 62) -> [Int] {
    features.map { feature in
      var hash: UInt64 = 14_695_981_039_346_656_037
      for byte in Array(feature.utf8) {
        hash ^= UInt64(byte)
        hash = hash.multipliedReportingOverflow(by: 1_099_511_628_211).partialValue
      }
      return Int(hash % buckets)
    }
  }

  @Test func aWordGivesItselfAndItsPieces() {
    let expected = ["<cat>", "<ca", "cat", "at>", "<cat", "cat>"]
    #expect(features("cat").sorted() == indices(expected).sorted())
  }

  @Test func theDocumentedExample() {
    let expected = ["<cats>", "<ca", "cat", "ats", "ts>", "<cat", "cats", "ats>", "<cats", "cats>"]
    #expect(features("cats").sorted() == indices(expected).sorted())
  }

  @Test func aShortWordIsAFeatureOnce() {
    #expect(features("a") == indices(["<a>"]))
  }

  /// The first value is the published FNV-1a of "a"'s test vector: hash("a") = af63dc4c8601ec8c.
  @Test func hashesAsPublished() {
    let single = SubwordFeatures(buckets: Int.max, shortest: 1, longest: 1)
    #expect(single("a").contains(Int((0xAF63_DC4C_8601_EC8C as UInt64) % UInt64(Int.max))))
  }

  @Test(arguments: ["", " ", "!?…", "🎈", "- -\n\t"]) func textsWithoutWordsHaveNone(text: String) {
    #expect(features(text).isEmpty)
  }

  @Test func caseAndSeparatorsDoNotMatter() {
    #expect(features("Red HEART") == features("red_heart!"))
    #expect(features("ÄRGER") == features("ärger"))
    #expect(features("ΚΌΣΜΕ") == features("κόσμε"))
  }

  @Test(arguments: ["日本語", "привет", "हिन्दी", "3rd"]) func keepsLettersOfAllScriptsAndDigits(word: String) {
    #expect(features(word).contains(indices(["<\(word)>"])[0]))
    #expect(features("x \(word)").count == 1 + features(word).count)
  }

  @Test func neighboursGiveBigramsInOrder() {
    let plain = SubwordFeatures(buckets: 1 << 62)
    let pairs = SubwordFeatures(buckets: 1 << 62, hasBigrams: true)
    let added = Set(pairs("a b c")).subtracting(plain("a b c"))
    #expect(added == Set(indices(["a b", "b c"])))
    #expect(pairs("a b").count == 3)
  }

  @Test func indicesStayInTheBuckets() {
    let few = SubwordFeatures(buckets: 7)
    let found = Set(few("grinning face with smiling eyes"))
    #expect(found.isSubset(of: Set(0..<7)))
    #expect(found.count == 7)
  }

  @Test func aBatchKnowsWhereTextsBegin() {
    let batch: TextBatch = features(["cat", "", "a"])
    #expect(batch.count == 3)
    #expect(batch.offsets == [0, 6, 6])
    #expect(Array(batch[0]) == features("cat"))
    #expect(batch[1].isEmpty)
    #expect(Array(batch[2]) == features("a"))
  }
}
