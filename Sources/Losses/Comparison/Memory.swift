import Tensors

/// Elements at a fixed address, with room behind them for a vector that reads past the last.
final class Memory<Element> {
  let start: UnsafeMutablePointer<Element>
  let count: Int

  init(repeating value: Element, count: Int) {
    self.count = count
    start = .allocate(capacity: count + 16)
    start.initialize(repeating: value, count: count + 16)
  }

  deinit { start.deallocate() }

  /// A copy of an array that is not empty.
  convenience init(_ values: [Element]) {
    self.init(repeating: values[0], count: values.count)
    start.update(from: values, count: values.count)
  }

  subscript(index: Int) -> Element {
    get { start[index] }
    set { start[index] = newValue }
  }
}

extension Memory where Element: TensorElement {
  /// A copy of the elements of a tensor that is not empty.
  convenience init(_ tensor: Tensor) { self.init(tensor.values(as: Element.self)) }

  /// The elements as a tensor that uses this memory.
  func tensor(_ shape: [Int]? = nil) -> Tensor {
    Tensor(borrowing: UnsafeRawPointer(start), shape: shape ?? [count], type: Element.dataType, keptBy: self)
  }
}
