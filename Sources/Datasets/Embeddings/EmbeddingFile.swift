import Basics
import Search
public import Tensors

/// Embeddings in a file of any tool: `.npy`, or `.safetensors` as `kindred embed` writes it.
public enum EmbeddingFile {
  /// Reads a matrix of embeddings.
  ///
  /// - Returns: `[N, D]`, *N* and *D* at least 1, all finite, `float32` or `float64` as in the file (`float32` of shorter
  ///   types).
  /// - Throws: `InputError` when it is missing, damaged, of another shape or type, or holds a NaN or an infinite number.
  public static func read(_ path: String) throws -> Tensor {
    let array = try path.lowercased().hasSuffix(".safetensors") ? tensor(path) : NumPyFile.read(path)
    guard array.rank == 2, array.shape[0] > 0, array.shape[1] > 0 else {
      throw InputError(in: path, "has the shape \(array.shape)", remedy: "embeddings are [rows, columns]")
    }
    guard array.type.isFloatingPoint else {
      throw InputError(
        in: path, "holds \(array.type), and embeddings are numbers with fractions",
        remedy: "if they are not labels, convert them to float32")
    }
    let rows = array.type == .float64 ? array : array.to(.float32)
    do {
      try rows.requireFiniteRows("row")
    } catch let error as InputError {
      throw InputError(in: "\(path), \(error.place)", error.problem, remedy: error.remedy)
    }
    return rows
  }

  private static func tensor(_ path: String) throws -> Tensor {
    let tensors = try SafeTensors(contentsOf: path).tensors
    guard let found = tensors["embeddings"] ?? (tensors.count == 1 ? tensors.first?.value : nil) else {
      throw InputError(
        in: path, "has \(tensors.count) tensors, none of them called embeddings",
        remedy: "save the embeddings by themselves")
    }
    return found
  }
}
