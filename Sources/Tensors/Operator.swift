import CTorch

/// One of ATen's operators, found once by name and called through libtorch's dispatcher.
///
/// An operation of `Tensor` is a one-liner over a file's `private let` of this type. The names and arguments are those
/// of ATen's `native_functions.yaml`; arguments that are not given take its defaults.
package final class Operator: Sendable {
  // libtorch's operator handles never change and live as long as the process.
  private nonisolated(unsafe) let pointer: CTOperator
  private let name: String

  /// Finds an operator such as ("add", "Tensor"); traps when this libtorch has none of the name.
  package init(_ name: String, _ overload: String = "") {
    var failure: CTFailure?
    guard let pointer = ct_operator("aten::" + name, overload, &failure) else {
      Engine.fail(failure!, "looking for an operator")
    }
    self.pointer = pointer
    self.name = name
  }

  /// Finds an operator by its whole name, such as `mkldnn::_linear_pointwise`; nil when this libtorch was built without it.
  package init?(ifThere name: String, _ overload: String = "") {
    var failure: CTFailure?
    guard let pointer = ct_operator(name, overload, &failure) else {
      ct_free_text(failure)
      return nil
    }
    self.pointer = pointer
    self.name = name
  }

  /// Calls an operator that returns one tensor.
  package func callAsFunction(_ arguments: Argument...) -> Tensor {
    Tensor(owning: call(arguments, capacity: 1) { $0[0].tensor })
  }

  /// Calls an operator that returns several tensors, of which some may be undefined.
  package func tensors(_ arguments: Argument..., capacity: Int = 8) -> [Tensor?] {
    call(arguments, capacity: capacity) { results in
      results.map { $0.tag == CT_TENSOR ? $0.tensor.map(Tensor.init(owning:)) : nil }
    }
  }

  /// Calls an operator for what it does to its arguments.
  package func run(_ arguments: Argument...) {
    call(arguments, capacity: 8) { results in
      for result in results where result.tag == CT_TENSOR { ct_release(result.tensor) }
    }
  }

  private func call<Result>(
    _ arguments: [Argument], capacity: Int, _ body: (UnsafeMutableBufferPointer<CTValue>.SubSequence) -> Result
  ) -> Result {
    // Lists cross the border as memory; all of a call's lists lie in one scratch space, 8 bytes an element.
    let scratchCount = arguments.reduce(0) { $0 + $1.scratchCount }
    return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: max(scratchCount, 1)) { scratch in
      withUnsafeTemporaryAllocation(of: CTValue.self, capacity: arguments.count + capacity) { values in
        var free = scratch[...]
        for (i, argument) in arguments.enumerated() {
          values.initializeElement(at: i, to: argument.value(in: &free))
        }
        let results = UnsafeMutableBufferPointer(rebasing: values[arguments.count...])
        var count = 0
        let failure = ct_call(
          pointer, values.baseAddress, arguments.count, results.baseAddress, capacity, &count)
        if let failure {
          let shapes = arguments.compactMap(\.summary).joined(separator: ", ")
          Engine.fail(failure, "\(name)(\(shapes))")
        }
        return withExtendedLifetime(arguments) { body(results[..<count]) }
      }
    }
  }
}

/// What is given to an operator.
package enum Argument {
  case none
  case tensor(Tensor)
  case int(Int)
  case double(Double)
  case bool(Bool)
  case ints([Int])
  case doubles([Double])
  case bools([Bool])
  case tensors([Tensor])
  case optionalTensors([Tensor?])
  case noScalars
  case string(String)
  case device(Device)
  case generator(RandomSource)

  /// A tensor, or nothing.
  static func optional(_ tensor: Tensor?) -> Argument { tensor.map(Argument.tensor) ?? .none }

  static func type(_ type: DataType) -> Argument { .int(Int(type.code)) }

  fileprivate var scratchCount: Int {
    switch self {
    case .ints(let list): list.count
    case .doubles(let list): list.count
    case .bools(let list): list.count
    case .tensors(let list): list.count
    case .optionalTensors(let list): list.count
    case .string(let text): text.utf8.count / 8 + 1
    case .none, .noScalars, .tensor, .int, .double, .bool, .device, .generator: 0
    }
  }

  fileprivate var summary: String? {
    switch self {
    case .tensor(let tensor): "\(tensor.type)\(tensor.shape)"
    case .int(let value): "\(value)"
    case .double(let value): "\(value)"
    case .ints(let values): "\(values)"
    default: nil
    }
  }

  fileprivate func value(in scratch: inout UnsafeMutableBufferPointer<UInt64>.SubSequence) -> CTValue {
    var value = CTValue()
    func store(_ tag: CTTag, _ bits: some Collection<UInt64>) {
      value.tag = tag
      value.list.count = bits.count
      value.list.first = UnsafeRawPointer(scratch.base.baseAddress! + scratch.startIndex)
      for bit in bits { scratch[scratch.startIndex] = bit; scratch.removeFirst() }
    }
    func bits(of tensor: Tensor?) -> UInt64 {
      UInt64(UInt(bitPattern: tensor?.handle.pointer))
    }
    switch self {
    case .none:
      value.tag = CT_NONE
    case .noScalars:
      value.tag = CT_NO_SCALARS
    case .tensor(let tensor):
      value.tag = CT_TENSOR
      value.tensor = tensor.handle.pointer
    case .int(let integer):
      value.tag = CT_INT
      value.integer = Int64(integer)
    case .double(let number):
      value.tag = CT_DOUBLE
      value.number = number
    case .bool(let truth):
      value.tag = CT_BOOL
      value.integer = truth ? 1 : 0
    case .ints(let list):
      store(CT_INTS, list.lazy.map { UInt64(bitPattern: Int64($0)) })
    case .doubles(let list):
      store(CT_DOUBLES, list.lazy.map(\.bitPattern))
    case .bools(let list):
      store(CT_BOOLS, list.lazy.map { $0 ? 1 : 0 })
    case .tensors(let list):
      store(CT_TENSORS, list.lazy.map { bits(of: $0) })
    case .optionalTensors(let list):
      store(CT_OPTIONAL_TENSORS, list.lazy.map { bits(of: $0) })
    case .string(let text):
      let start = UnsafeMutableRawPointer(scratch.base.baseAddress! + scratch.startIndex)
      start.copyMemory(from: Array(text.utf8), byteCount: text.utf8.count)
      scratch.removeFirst(text.utf8.count / 8 + 1)
      value.tag = CT_STRING
      value.list.first = UnsafeRawPointer(start)
      value.list.count = text.utf8.count
    case .device(let device):
      value.tag = CT_DEVICE
      value.integer = Int64(device.kind.code)
      value.index = device.kind == .cpu ? -1 : Int32(device.index)
    case .generator(let source):
      value.tag = CT_GENERATOR
      value.generator = source.pointer
    }
    return value
  }
}
