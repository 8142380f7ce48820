/// Texts as the numbers that a pretrained model reads, by the model's own vocabulary.
///
///     text ─ added tokens set apart ─ normalised ─ cut into words ─ words into pieces ─ special tokens around ─▶ numbers
///
/// The numbers are those of Hugging Face's tokenizers for the same files. Texts are worked on as bytes of UTF-8, once,
/// and no further than the limit of their length.
public struct Tokenizer: Sendable {

  /// What every text begins with, such as `[CLS]`.
  public let beginning: [Int]

  /// What every text ends with, such as `[SEP]`.
  public let ending: [Int]

  /// The number that fills up short texts in a batch.
  public let padding: Int

  /// The number of numbers: all lie in 0 ..< `vocabularySize`.
  public let vocabularySize: Int

  /// How texts are cut into words and these into pieces.
  let steps: TokenizerSteps

  init(_ steps: TokenizerSteps, beginning: [Int], ending: [Int], padding: Int, vocabularySize: Int) {
    self.steps = steps
    self.beginning = beginning
    self.ending = ending
    self.padding = padding
    self.vocabularySize = vocabularySize
  }

  /// The numbers of a text.
  ///
  /// - Parameter limit: How many there are at most, special ones counted; the end of a longer text is left out.
  public func callAsFunction(_ text: String, limit: Int? = nil) -> [Int] {
    var numbers: [Int] = []
    append(text, limit: limit, to: &numbers)
    return numbers
  }

  /// The numbers of several texts.
  public func callAsFunction(_ texts: [String], limit: Int? = nil) -> TextBatch {
    var (numbers, offsets): ([Int], [Int]) = ([], [])
    offsets.reserveCapacity(texts.count)
    for text in texts {
      offsets.append(numbers.count)
      append(text, limit: limit, to: &numbers)
    }
    return TextBatch(indices: numbers, offsets: offsets)
  }

  private func append(_ text: String, limit: Int?, to numbers: inout [Int]) {
    let special = beginning.count + ending.count
    precondition(limit ?? .max >= special, "a limit of \(limit!) leaves no room beside \(special) special tokens")
    numbers += beginning
    var text = text
    text.withUTF8 { steps.append($0, most: limit.map { $0 - special } ?? .max, to: &numbers) }
    numbers += ending
  }
}
