public import Tensors
public import Tokenizers

/// The tokens of several texts side by side, as a transformer reads them: short texts are filled up at their ends.
public struct TokenBatch {
  /// The tokens, `[N, L]`, `int64`.
  public let tokens: Tensor

  /// The number of every text's tokens.
  public let lengths: [Int]

  /// What fills short texts up.
  public let padding: Int

  /// Where there is a token, `[N, L]`, `bool`; nil when all texts are equally long.
  public let mask: Tensor?

  /// Lays out texts.
  ///
  /// - Parameters:
  ///   - texts: The numbers of each text; none is empty.
  ///   - padding: What fills short texts up.
  ///   - device: Where the tensors lie.
  public init(_ texts: TextBatch, padding: Int, on device: Device = .cpu) {
    let lengths = (0..<texts.count).map { texts[$0].count }
    let longest = lengths.max() ?? 0
    precondition(!lengths.contains(0), "a text without tokens has no embedding")
    self.lengths = lengths
    self.padding = padding
    guard lengths.contains(where: { $0 < longest }) else {
      tokens = Tensor(texts.indices, shape: [lengths.count, longest]).to(device)
      mask = nil
      return
    }
    var (rows, isToken): ([Int], [Bool]) = ([], [])
    for (text, length) in lengths.enumerated() {
      rows += texts[text] + Array(repeating: padding, count: longest - length)
      isToken += Array(repeating: true, count: length) + Array(repeating: false, count: longest - length)
    }
    tokens = Tensor(rows, shape: [lengths.count, longest]).to(device)
    mask = Tensor(isToken, shape: [lengths.count, longest]).to(device)
  }
}
