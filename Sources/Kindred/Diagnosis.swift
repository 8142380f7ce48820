/// One thing that Kindred needs or can use, and whether it is here.
public struct Diagnosis: Hashable, Sendable, Encodable {
  /// What it is.
  public let name: String
  /// Whether it is here and usable.
  public let isFine: Bool
  /// What was found.
  public let state: String
  /// What to do about it, or nil.
  public let remedy: String?

  private init(_ name: String, _ state: String) {
    (self.name, isFine, self.state, remedy) = (name, true, state, nil)
  }

  private init(_ name: String, missing state: String, remedy: String) {
    (self.name, isFine, self.state, self.remedy) = (name, false, state, remedy)
  }

  /// Examines this machine.
  public static func ofThisMachine() -> [Diagnosis] {
    [
      Diagnosis("Kindred", kindredVersion),
      Diagnosis("engine", "libtorch \(Engine.version), \(Engine.processorCapability), \(Engine.threads) threads"),
      Engine.processorMultipliesBFloat16
        ? Diagnosis("bfloat16", "this processor multiplies it natively: used unless told otherwise")
        : Diagnosis("bfloat16", "this processor has no instructions for it: float32 is used"),
      cuda, emojiFont, textFont, emojiSource,
    ]
  }

  private static var cuda: Diagnosis {
    switch Engine.cuda {
    case .absent: Diagnosis("GPU", "this libtorch has no CUDA part; the processor is used")
    case .broken(let reason):
      Diagnosis(
        "GPU", missing: "CUDA's part cannot be loaded (\(reason))", remedy: "install a libtorch that fits the driver")
    case .loaded:
      Diagnosis("GPU", "\(Device.count(of: .cuda)) CUDA devices")
    }
  }

  private static var emojiFont: Diagnosis {
    check("emoji font", remedy: "install the package fonts-noto-color-emoji") { try Typeface.systemEmoji().path }
  }

  private static var textFont: Diagnosis {
    check("text font", remedy: "install the package fonts-dejavu-core") { try Typeface.systemText().path }
  }

  private static var emojiSource: Diagnosis {
    check("emoji", remedy: "install the packages unicode-data and unicode-cldr-core") {
      let source = try EmojiSource()
      return "\(source.count) can be drawn, \(source.labelings.first?.classes.count ?? 0) groups"
    }
  }

  private static func check(_ name: String, remedy: String, _ body: () throws -> String) -> Diagnosis {
    do { return Diagnosis(name, try body()) } catch { return Diagnosis(name, missing: "\(error)", remedy: remedy) }
  }
}
