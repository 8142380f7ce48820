import Basics
import CTorch

/// A stream of random numbers for tensors, seeded and owned by whoever draws from it.
///
/// Nothing in Kindred draws from libtorch's global generators. A source is made for one purpose (the initial weights;
/// the dropout of one step) from a name, as `RandomStream` is, so that a resumed run makes the same one again.
public final class RandomSource {
  let pointer: CTGenerator

  /// The device whose tensors the source can fill.
  public let device: Device

  /// Creates the source with the given name.
  public convenience init(seed: UInt64, _ path: Int..., device: Device = .cpu) {
    var hash = seed
    for part in path {
      var stream = RandomStream(seed: hash, part)
      hash = stream.next()
    }
    self.init(state: hash, device: device)
  }

  /// Draws what another source can be made from, any number of times.
  public func drawSeed() -> UInt64 {
    Tensor.uniform([1], type: .float64, from: self).item().bitPattern
  }

  private init(state: UInt64, device: Device) {
    var result: CTGenerator?
    // CUDA's generator takes 64 bits, the processor's the lower 32 only: fold the upper half in.
    let folded = state ^ (state >> 32)
    Engine.require(ct_generator(device.kind.code, Int8(device.index), folded, &result), "making a random source")
    pointer = result!
    self.device = device
  }

  deinit {
    ct_generator_release(pointer)
  }
}

private let randnOperator = Operator("randn", "generator")
private let randOperator = Operator("rand", "generator")
private let bernoulliOperator = Operator("bernoulli", "p")

extension Tensor {
  /// Returns numbers from the standard normal distribution.
  public static func normal(_ shape: [Int], type: DataType = .float32, from source: RandomSource) -> Tensor {
    randnOperator(.ints(shape), .generator(source), .type(type), .none, .device(source.device))
  }

  /// Returns numbers from the uniform distribution on [0, 1).
  public static func uniform(_ shape: [Int], type: DataType = .float32, from source: RandomSource) -> Tensor {
    randOperator(.ints(shape), .generator(source), .type(type), .none, .device(source.device))
  }

  /// Returns ones with the given probability and zeros otherwise, in this tensor's shape, type and place.
  public func coinFlips(_ probability: Double, from source: RandomSource) -> Tensor {
    bernoulliOperator(.tensor(self), .double(probability), .generator(source))
  }
}
