import Tensors

extension Tensor {
  /// log(1 + eˣ), exact to the last digit of the type; libtorch's own softplus is linear from 20 on.
  func softplusExact() -> Tensor { .logAddExp(self, Tensor(0, type: type, on: device)) }
}
