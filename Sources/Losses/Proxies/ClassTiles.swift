import Tensors

/// log Σ exp over all classes but a row's own, where a class's logit is a function of the row's similarities to several
/// centres of it.
///
/// Classes are walked in tiles, once for the value and once more on the way back, which makes the tiles anew: memory is
/// O((*N* + *C*·*K*)·*D*) and one tile, and the *N* × *C*·*K* similarities are never held at once.
struct ClassTiles {
  let rows: Tensor  // [N, D], of unit length
  let centres: Tensor  // [C·K, D], of unit length: those of class 0, then those of class 1 …
  let labels: Tensor  // [N]
  let perClass: Int  // K

  /// The number of similarities in a tile: 16 MB of `float32`.
  var tileElements = 4 << 20

  /// From a row's similarities to the centres of classes, `[N, c, K]`, to the classes' logits, `[N, c]`.
  let logits: (Tensor) -> Tensor

  /// log Σ exp of the other classes' logits, `[N]`; −∞ where there is one class only.
  func logSumOfOthers() -> Tensor {
    withCustomGradient(of: [rows, centres]) {
      let (rows, centres) = (rows.detached(), centres.detached())
      let start = Tensor.full([rows.shape[0]], -.infinity, type: rows.type, on: rows.device)
      let total = tiles.reduce(start) { sum, classes in
        let values = logits(similarities(rows, centres, classes)).filled(where: isOwn(classes), with: -.infinity)
        return .logAddExp(sum, values.logSumExp(1))
      }
      return ([total], { seeds in gradients(rows, centres, total, seed: seeds[0]!) })
    }[0]
  }

  /// The logits of the rows' own classes, `[N]`.
  func ownLogits() -> Tensor {
    let (n, d) = (rows.shape[0], rows.shape[1])
    let own = centres.reshaped(-1, perClass, d).items(at: labels)  // [N, K, D]
    let similarities = own.matrixProduct(rows.unsqueezed(2)).reshaped(n, 1, perClass)
    return logits(similarities).squeezed(1)
  }

  private var tiles: [Range<Int>] {
    Tile.parts(of: centres.shape[0] / perClass, length: max(1, tileElements / (rows.shape[0] * perClass)))
  }

  private func similarities(_ rows: Tensor, _ centres: Tensor, _ classes: Range<Int>) -> Tensor {
    rows.matrixProduct(slice(centres, classes).transposed()).reshaped(rows.shape[0], classes.count, perClass)
  }

  private func slice(_ centres: Tensor, _ classes: Range<Int>) -> Tensor {
    centres[classes.lowerBound * perClass..<classes.upperBound * perClass]
  }

  private func isOwn(_ classes: Range<Int>) -> Tensor {
    labels.unsqueezed(1) .== Tensor.range(classes, on: labels.device).unsqueezed(0)
  }

  /// ∂L/∂ rows and centres from ∂L/∂ log Σ exp, which is softmax·∂ logits.
  private func gradients(_ rows: Tensor, _ centres: Tensor, _ total: Tensor, seed: Tensor) -> [Tensor?] {
    let ofRows = Tensor.zeros(rows.shape, type: rows.type, on: rows.device)
    let ofCentres = Tensor.zeros(centres.shape, type: rows.type, on: rows.device)
    for classes in tiles {
      let variable = similarities(rows, centres, classes).asVariable()
      let values = withGradient { logits(variable) }
      let shares = (values.detached() - total.unsqueezed(1)).exp() * seed.unsqueezed(1)
      let own = isOwn(classes)
      let coefficients = values.gradients(of: [variable], seed: shares.filled(where: own, with: 0))[0]!
        .reshaped(rows.shape[0], classes.count * perClass)
      ofRows.addProduct(coefficients, slice(centres, classes))
      slice(ofCentres, classes).addProduct(coefficients.transposed(), rows)
    }
    return [ofRows, ofCentres]
  }
}
