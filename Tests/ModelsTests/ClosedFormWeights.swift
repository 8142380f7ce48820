import Layers
import Tensors

/// Weights that Python draws alike, by the rule of `Tests/Goldens/models.py`: element *i* of a tensor is
/// center + amplitude · sin(a·(i + 1)²) in `float64`, with *a* from a hash of the tensor's name.
enum ClosedFormWeights {
  /// sin(a·(i + 1)²) in the given shape, `float64`.
  static func wave(_ name: String, _ shape: [Int]) -> Tensor {
    let i = Tensor.range(1..<shape.reduce(1, *) + 1).to(.float64)
    return (i * frequency(of: name) * i).sin().reshaped(to: shape)
  }

  /// The value of every parameter and buffer of a tree, as files hold them.
  static func values(of tree: ParameterTree) -> [String: Tensor] {
    Dictionary(uniqueKeysWithValues: tree.stored.map { ($0.path, value($0.path, $0.shape)) })
  }

  private static func value(_ name: String, _ shape: [Int]) -> Tensor {
    let kind = name.split(separator: ".").last!
    if kind == "num_batches_tracked" { return .full(shape, 7, type: .int64) }
    if shape.count > 1 {
      return wave(name, shape) * (2 / Double(shape.dropFirst().reduce(1, *)).squareRoot())
    }
    let (center, amplitude) =
      switch kind {
      case "weight", "gamma": (0.5, 0.1)
      case "running_var": (1.0, 0.3)
      default: (0.0, 0.1)
      }
    return wave(name, shape) * amplitude + center
  }

  /// The upper 32 bits of the name's FNV-1a hash, as a number in 0.5 ..< 1.5.
  private static func frequency(of name: String) -> Double {
    let hash = name.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    return 0.5 + Double(hash >> 32) / 4_294_967_296
  }
}
