import Basics
import CTorch

/// Where tensors lie and are worked on.
public struct Device: Hashable, Sendable, CustomStringConvertible {
  /// A family of devices.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The processor.
    case cpu
    /// An NVIDIA GPU.
    case cuda
    /// Apple's GPU.
    case mps

    /// libtorch's own number for the family (`c10::DeviceType`).
    package var code: Int8 {
      switch self {
      case .cpu: 0
      case .cuda: 1
      case .mps: 13
      }
    }

    package init(code: Int8) {
      guard let kind = Self.allCases.first(where: { $0.code == code }) else {
        preconditionFailure("libtorch's device type \(code) is not one that Kindred works with")
      }
      self = kind
    }
  }

  /// The family.
  public let kind: Kind

  /// Which of the family, from 0.
  public let index: Int

  /// Creates a device without asking whether it is there.
  public init(kind: Kind, index: Int = 0) {
    self.kind = kind
    self.index = index
  }

  /// The processor.
  public static let cpu = Device(kind: .cpu)

  /// The device as it is written on a command line: `cpu`, `cuda:1`.
  public var description: String {
    kind == .cpu || index == 0 ? kind.rawValue : "\(kind.rawValue):\(index)"
  }

  /// Reads a device as it is written on a command line, and makes sure that it is there.
  ///
  /// - Throws: `InputError` when the text names no device or the device is not there.
  public init(_ text: String) throws {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard
      let kind = Kind(rawValue: String(parts[0])), parts.count <= 2,
      let index = parts.count == 2 ? Int(parts[1]) : 0, index >= 0
    else {
      throw InputError(in: text, "is no device", remedy: "write cpu, cuda, cuda:1 or mps")
    }
    let there = Self.count(of: kind)
    guard index < there else {
      throw InputError(
        in: text, there == 0 ? "there is no such device here" : "there are only \(there) devices of that kind here",
        remedy: "'kindred doctor' lists the devices that can be used")
    }
    self.init(kind: kind, index: index)
  }

  /// The number of devices of a family that can be used here.
  public static func count(of kind: Kind) -> Int {
    if kind == .cuda, Engine.cuda != .loaded { return 0 }
    return Int(ct_device_count(kind.code))
  }

  /// The fastest device that is there: a CUDA GPU, else Apple's, else the processor.
  public static var best: Device {
    [.cuda, .mps].first { count(of: $0) > 0 }.map { Device(kind: $0) } ?? .cpu
  }

  /// Waits until the device has done all it was asked to: call before reading a clock.
  public func synchronize() {
    Engine.require(ct_synchronize(kind.code, Int8(index)), "synchronize \(self)")
  }
}
