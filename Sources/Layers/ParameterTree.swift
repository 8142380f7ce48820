import Basics
public import Tensors

/// Every parameter and buffer of a model by name, in the order in which the model declared them.
///
/// A model declares a parameter once, through a `Scope`; checkpoints, optimizers, averaged copies, adapters, freezing
/// and counting ask the tree and never the model. Names are those of the checkpoints that people already have:
/// `layer1.0.conv1.weight`.
public final class ParameterTree {
  /// The parameters, in order of declaration.
  public private(set) var parameters: [Parameter] = []

  /// What files hold: the parameters under their own names, or several joined under the name of a fusion.
  public private(set) var stored: [StoredTensor] = []

  /// The linear layers by path, each with its slot for an adapter.
  public private(set) var linearSlots: [(path: String, slot: AdapterSlot)] = []

  /// The device that holds the parameters.
  public let device: Device

  /// The seed from which initial values are drawn; each parameter has a random stream of its own, named by its path.
  public let seed: UInt64

  private var indices: [String: Int] = [:]

  /// Creates an empty tree.
  public init(seed: UInt64, on device: Device = .cpu) {
    self.seed = seed
    self.device = device
  }

  /// The root, from which models are declared.
  public var root: Scope { Scope(tree: self, path: "") }

  /// The parameter of a name, or nil.
  public subscript(_ path: String) -> Parameter? { indices[path].map { parameters[$0] } }

  /// The parameters that training changes.
  public var trainable: [Parameter] { parameters.filter(\.isTrainable) }

  /// The number of elements of all parameters, buffers left out.
  public var parameterCount: Int {
    parameters.lazy.filter { $0.role != .buffer }.map(\.value.count).reduce(0, +)
  }

  /// A copy of every value by the name that files have for it, on the processor, in row-major order.
  public func snapshot() -> [String: Tensor] {
    Dictionary(uniqueKeysWithValues: stored.map { ($0.path, $0.copy()) })
  }

  /// Takes over values by the names that files have. Every one must be there with its shape, and nothing else may be.
  ///
  /// - Parameters:
  ///   - values: The values; they are converted to each parameter's type.
  ///   - place: What an error names, such as the file they came from.
  /// - Throws: `InputError` that lists what is missing, surplus, or of another shape; then nothing has changed.
  public func load(_ values: [String: Tensor], from place: String) throws {
    let missing = stored.map(\.path).filter { values[$0] == nil }
    let surplus = Set(values.keys).subtracting(stored.map(\.path)).sorted()
    let misfits = stored.compactMap { entry -> String? in
      guard let value = values[entry.path], value.shape != entry.shape else { return nil }
      return "\(entry.path) is \(value.shape), expected \(entry.shape)"
    }
    func list(_ names: [String]) -> String {
      names.prefix(4).joined(separator: ", ") + (names.count > 4 ? " and \(names.count - 4) more" : "")
    }
    var problems: [String] = []
    if !missing.isEmpty { problems.append("lacks \(list(missing))") }
    if !surplus.isEmpty { problems.append("has \(list(surplus)), which this model has not") }
    if !misfits.isEmpty { problems.append(list(misfits)) }
    guard problems.isEmpty else {
      throw InputError(
        in: place, "does not fit the model: " + problems.joined(separator: "; "),
        remedy: "load it into the model that it was saved from")
    }
    for entry in stored { entry.assign(values[entry.path]!) }
  }

  func declare(_ parameter: Parameter) {
    precondition(indices[parameter.path] == nil, "the parameter '\(parameter.path)' is declared twice")
    indices[parameter.path] = parameters.count
    parameters.append(parameter)
    stored.append(StoredTensor(path: parameter.path, parts: [parameter]))
  }

  func fuse(_ parts: [Parameter], as path: String) {
    precondition(indices[path] == nil, "the fusion '\(path)' bears the name of a parameter")
    let paths = Set(parts.map(\.path))
    let place = stored.firstIndex { paths.contains($0.path) }
    guard let place, stored.count(where: { paths.contains($0.path) }) == parts.count else {
      preconditionFailure("the fusion '\(path)' joins parameters that are not declared, or fused already")
    }
    stored.removeAll { paths.contains($0.path) }
    stored.insert(StoredTensor(path: path, parts: parts), at: place)
  }

  func declare(_ slot: AdapterSlot, at path: String) {
    linearSlots.append((path, slot))
  }
}

/// A named tensor of a model. The tensor keeps its identity and memory; optimizers and loads change its elements.
public final class Parameter {
  /// What a parameter is for, which decides how optimizers treat it.
  public enum Role: Hashable, Sendable {
    /// A matrix or filter: decayed.
    case weight
    /// An additive vector: not decayed.
    case bias
    /// The scale or shift of a normalisation, or a scalar: not decayed.
    case scale
    /// A learned centre of a class: neither decayed nor adapted, since only its direction counts.
    case proxy
    /// No parameter but a running statistic: never trained.
    case buffer
  }

  /// The full name, parts joined by dots.
  public let path: String

  /// What it is for.
  public let role: Role

  /// The value; a variable while the parameter is trainable.
  public private(set) var value: Tensor

  /// Whether training changes it. Buffers cannot be made trainable.
  public var isTrainable: Bool {
    didSet {
      precondition(role != .buffer || !isTrainable, "the buffer '\(path)' cannot be trained")
      value = isTrainable ? value.asVariable() : value.detached()
    }
  }

  init(path: String, role: Role, value: Tensor) {
    self.path = path
    self.role = role
    isTrainable = role != .buffer
    self.value = isTrainable ? value.asVariable() : value
  }
}
