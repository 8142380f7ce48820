package import CTorch

/// An array of numbers of one type on one device, with any number of dimensions.
///
/// A tensor is a value: nothing public changes one in place, and an operation returns a new one (which may share
/// memory with its input, as a reshape does). Operations trap on a programmer's mistake, such as shapes that do not
/// fit, with the operation, the shapes, and libtorch's own words.
///
/// A tensor is not `Sendable`: work with tensors on one thread at a time, since libtorch's modes belong to threads.
public struct Tensor {
  /// The counted reference to libtorch's tensor.
  package let handle: Handle

  /// Takes over a reference.
  package init(owning pointer: CTTensor) {
    handle = Handle(pointer)
  }

  /// One reference to a tensor of libtorch, let go when nobody holds it.
  package final class Handle {
    package let pointer: CTTensor

    init(_ pointer: CTTensor) {
      self.pointer = pointer
    }

    deinit {
      ct_release(pointer)
    }
  }
}

extension Tensor {
  /// The number of dimensions.
  public var rank: Int { ct_rank(handle.pointer) }

  /// The length of every dimension.
  public var shape: [Int] {
    withUnsafeTemporaryAllocation(of: Int64.self, capacity: Swift.max(rank, 1)) { sizes in
      ct_sizes(handle.pointer, sizes.baseAddress)
      return sizes.prefix(rank).map(Int.init)
    }
  }

  /// The number of elements.
  public var count: Int { shape.reduce(1, *) }

  /// The type of the elements.
  public var type: DataType { DataType(code: ct_type(handle.pointer)) }

  /// The device that holds the elements.
  public var device: Device {
    var kind: Int8 = 0
    var index: Int8 = 0
    ct_device(handle.pointer, &kind, &index)
    return Device(kind: .init(code: kind), index: Swift.max(Int(index), 0))
  }

  /// Whether both are the same tensor, not merely equal ones.
  public func isSame(as other: Tensor) -> Bool {
    ct_is_same(handle.pointer, other.handle.pointer)
  }
}

extension Tensor: CustomStringConvertible {
  /// The type, shape and device, and the elements where there are few.
  public var description: String {
    let head = "\(type)\(shape)" + (device == .cpu ? "" : " on \(device)")
    guard count <= 16 else { return head }
    return "\(head) \(values(as: Double.self))"
  }
}
