import Tensors

extension Tensor {
  /// Returns the coordinates of rows `[N, D]` along the directions in which they vary most: `[N, count]`, `float64`.
  ///
  /// With rows centred to X, XᵀX = V Λ Vᵀ, and the coordinates are X·V. Of fewer dimensions than rows the eigenvectors
  /// are those of XᵀX, otherwise of XXᵀ = U Λ Uᵀ, where the coordinates are U·Λ^½: O(N·D·min(N, D)). A direction's sign
  /// is such that its coordinate of the largest size is positive. What there are too few dimensions for is 0.
  func principalComponents(_ count: Int) -> Tensor {
    let centred = to(.float64) - to(.float64).mean(0)
    let (n, d) = (shape[0], shape[1])
    let isWide = d > n
    let product =
      isWide ? centred.matrixProduct(centred.transposed()) : centred.transposed().matrixProduct(centred)
    let (values, vectors) = product.symmetricEigen()
    let kept = Swift.min(count, n, d)
    // Eigenvalues ascend.
    let columns = (0..<kept).map { number -> Tensor in
      let place = Swift.min(n, d) - 1 - number
      let vector = vectors.slice(place..<place + 1, along: 1)
      let coordinate =
        isWide
        ? vector * Swift.max(values[place].item(), 0).squareRoot() : centred.matrixProduct(vector)  // [N, 1]
      let largest = coordinate.values(as: Double.self).max { abs($0) < abs($1) } ?? 0
      return largest < 0 ? -coordinate : coordinate
    }
    return .concatenation(columns + Array(repeating: .zeros([n, 1], type: .float64), count: count - kept), along: 1)
  }
}
