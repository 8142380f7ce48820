public import Tensors

/// How well changed copies find the pictures that they were made from, among all of them.
public enum CopyDetection {
  /// Searches the original of every copy by cosine similarity.
  ///
  /// - Parameters:
  ///   - copies: Embeddings of changed copies, `[Q, D]`; the original of copy *i* is gallery item *i*.
  ///   - originals: Embeddings of all originals, `[N, D]` with *N* ≥ *Q*.
  /// - Returns: Recall at 1, 5 and 10 with their chance level, and ranks.
  public static func evaluate(copies: Tensor, among originals: Tensor) -> Retrieval {
    precondition(
      copies.shape[0] <= originals.shape[0],
      "every copy needs its original, got \(copies.shape[0]) copies of \(originals.shape[0])")
    return Retrieval(of: copies, in: originals, relevance: .lists((0..<copies.shape[0]).map { [$0] }))
  }
}
