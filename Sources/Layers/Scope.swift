public import Tensors

/// A place in a parameter tree, where a layer declares what it owns.
///
///     let scope = tree.root / "layer1" / "0"
///     let weight = scope.parameter("weight", [64, 3, 3, 3], .kaimingNormal(), .weight)   // layer1.0.weight
public struct Scope {
  /// The tree that the place belongs to.
  public let tree: ParameterTree

  /// The names on the way from the root, joined by dots.
  public let path: String

  /// The place of a child.
  public static func / (scope: Scope, name: String) -> Scope {
    Scope(tree: scope.tree, path: scope.joined(name))
  }

  /// The place of a numbered child.
  public static func / (scope: Scope, index: Int) -> Scope { scope / "\(index)" }

  /// Declares a trainable parameter.
  ///
  /// - Parameters:
  ///   - name: The last part of its path.
  ///   - shape: Its shape; filters of images are laid out channels-last in memory.
  ///   - initial: How its first value is drawn, from a stream named by the tree's seed and the path.
  ///   - role: What it is for.
  public func parameter(
    _ name: String, _ shape: [Int], _ initial: Initializer, _ role: Parameter.Role
  ) -> Parameter {
    let path = joined(name)
    let source = RandomSource(seed: tree.seed, Self.hash(path))
    var value = initial.value(shape: shape, from: source).to(tree.device)
    if shape.count == 4 { value = value.contiguous(.channelsLast) }
    let parameter = Parameter(path: path, role: role, value: value)
    tree.declare(parameter)
    return parameter
  }

  /// Declares a buffer: kept in checkpoints, never trained.
  public func buffer(_ name: String, _ value: Tensor) -> Parameter {
    let parameter = Parameter(path: joined(name), role: .buffer, value: value.to(tree.device))
    tree.declare(parameter)
    return parameter
  }

  /// The parameters and buffers that are declared below this place, in order.
  public var parameters: [Parameter] {
    path.isEmpty ? tree.parameters : tree.parameters.filter { $0.path.hasPrefix(path + ".") }
  }

  /// Has files hold several parameters as one, joined along their first dimension in the given order.
  ///
  /// - Parameters:
  ///   - parts: Parameters that were declared before, alike in all dimensions but the first.
  ///   - name: The last part of the path that files have for them, such as `qkv.weight`.
  public func fuse(_ parts: [Parameter], as name: String) { tree.fuse(parts, as: joined(name)) }

  func adapterSlot() -> AdapterSlot {
    let slot = AdapterSlot()
    tree.declare(slot, at: path)
    return slot
  }

  private func joined(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

  /// FNV-1a, which gives a name the same number on every machine and in every run.
  private static func hash(_ path: String) -> Int {
    Int(bitPattern: UInt(path.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }))
  }
}
