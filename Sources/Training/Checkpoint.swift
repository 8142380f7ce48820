import Basics
import Tensors

/// Everything that moves in a run, at the end of one step: enough to go on as if nothing had happened.
///
/// A checkpoint is one safetensors file: parameters and buffers as `tree/…`, the optimizer's moments as `optimizer/…`,
/// and in its metadata the step and a checksum over everything. What else a run does follows from its seed and the
/// step's number, so that no random state has to be kept.
struct Checkpoint {
  /// The number of steps done.
  let step: Int

  /// The values of the parameter tree.
  let tree: [String: Tensor]

  /// The state of the optimizer.
  let optimizer: [String: Tensor]

  private static let format = "kindred checkpoint"
  private static let version = 1

  /// Writes the checkpoint; it is there whole or not at all.
  func write(to path: String) throws {
    let tensors = Self.joined(tree, optimizer)
    try SafeTensors(
      tensors,
      metadata: [
        "format": Self.format, "version": "\(Self.version)", "step": "\(step)",
        "checksum": Self.checksum(of: tensors, step: step),
      ]
    ).write(to: path)
  }

  init(step: Int, tree: [String: Tensor], optimizer: [String: Tensor]) {
    self.step = step
    self.tree = tree
    self.optimizer = optimizer
  }

  /// Reads a checkpoint.
  ///
  /// - Throws: `InputError` when the file is no checkpoint, is of a later version, truncated or damaged.
  init(contentsOf path: String) throws {
    let file = try SafeTensors(contentsOf: path)
    guard file.metadata["format"] == Self.format, let step = file.metadata["step"].flatMap({ Int($0) }) else {
      throw InputError(in: path, "is no checkpoint of a run")
    }
    guard let version = file.metadata["version"].flatMap({ Int($0) }), version <= Self.version else {
      throw InputError(
        in: path, "was written by a later version of Kindred (format \(file.metadata["version"] ?? "unknown"))",
        remedy: "go on with that version, or a later one")
    }
    guard step >= 0, file.metadata["checksum"] == Self.checksum(of: file.tensors, step: step) else {
      throw InputError(in: path, "is damaged: its checksum does not fit its content")
    }
    func part(_ prefix: String) -> [String: Tensor] {
      let pairs = file.tensors.filter { $0.key.hasPrefix(prefix) }.map {
        (String($0.key.dropFirst(prefix.count)), $0.value)
      }
      return Dictionary(uniqueKeysWithValues: pairs)
    }
    self.init(step: step, tree: part("tree/"), optimizer: part("optimizer/"))
  }

  private static func joined(_ tree: [String: Tensor], _ optimizer: [String: Tensor]) -> [String: Tensor] {
    var tensors: [String: Tensor] = [:]
    for (name, tensor) in tree { tensors["tree/\(name)"] = tensor }
    for (name, tensor) in optimizer { tensors["optimizer/\(name)"] = tensor }
    return tensors
  }

  /// A 64-bit FNV-1a over the step and over every tensor's name, type, shape and bytes, eight bytes at a time: it tells
  /// damage, not intent.
  private static func checksum(of tensors: [String: Tensor], step: Int) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func add(_ word: UInt64) { hash = (hash ^ word) &* 0x100_0000_01B3 }
    add(UInt64(step))
    for name in tensors.keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      let tensor = tensors[name]!
      for byte in "\(name) \(tensor.type) \(tensor.shape)".utf8 { add(UInt64(byte)) }
      tensor.withBytes { bytes in
        let words = bytes.count / 8
        for i in 0..<words { add(bytes.loadUnaligned(fromByteOffset: 8 * i, as: UInt64.self)) }
        for byte in bytes[(8 * words)...] { add(UInt64(byte)) }
      }
    }
    return String(hash, radix: 16)
  }
}
