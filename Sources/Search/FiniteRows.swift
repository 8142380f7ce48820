import Basics
package import Tensors

extension Tensor {
  /// Makes sure that a matrix `[N, D]` of embeddings holds numbers only.
  ///
  /// - Parameter name: What the rows are, such as "query", for the message.
  /// - Throws: `InputError` that names the first row with a NaN or an infinite number.
  package func requireFiniteRows(_ name: String) throws {
    precondition(rank == 2, "embeddings take the shape [N, D], got \(shape)")
    precondition(type.isFloatingPoint, "embeddings are numbers with fractions, got \(type)")
    // A sum of finite numbers may overflow, one of anything else is never finite: nearly always one pass is enough.
    if sum().isFinite().all() { return }
    let block = 4096
    for start in stride(from: 0, to: shape[0], by: block) {
      let broken = (!self[start..<Swift.min(start + block, shape[0])].isFinite()).to(.int64).max(1)
      if let row = broken.values(as: Int.self).firstIndex(of: 1) {
        throw InputError(
          in: "\(name) \(start + row)", "its embedding holds a NaN or an infinite number",
          remedy: "the encoder that made it is broken: look where its training loss stopped being finite")
      }
    }
  }
}
