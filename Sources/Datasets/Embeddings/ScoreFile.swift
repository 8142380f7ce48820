import Basics
import Tensors

/// Numbers in a file of any tool, one a row: `.npy` `[N]`, or texts that are numbers as `LabelFile` reads them.
public struct ScoreFile {
  /// The numbers.
  public let scores: [Double]

  /// Reads a file.
  ///
  /// - Parameter count: How many are expected.
  /// - Throws: `InputError` when it is missing or damaged, holds anything but numbers, or another number of them.
  public init(_ path: String, count: Int) throws {
    if path.lowercased().hasSuffix(".npy"), try NumPyFile.texts(path) == nil {
      let array = try NumPyFile.read(path)
      guard array.rank == 1 || array.rank == 2 && array.shape[1] == 1 else {
        throw InputError(in: path, "has the shape \(array.shape)", remedy: "one number a row expected, [rows]")
      }
      scores = array.flattened().values(as: Double.self)
    } else {
      scores = try LabelFile(path).columns[0].labels.enumerated().map { row, text in
        guard let number = text.flatMap(Double.init) else {
          throw InputError(in: path, "says '\(text ?? "")' of row \(row)", remedy: "write a number a row")
        }
        return number
      }
    }
    guard scores.allSatisfy(\.isFinite) else { throw InputError(in: path, "holds numbers that are not finite") }
    guard scores.count == count else {
      throw InputError(in: path, "has \(scores.count) numbers", remedy: "there are \(count) rows of embeddings")
    }
  }
}
