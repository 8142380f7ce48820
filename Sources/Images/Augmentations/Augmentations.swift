import Basics

/// The augmentations that recipes in files may name, by their `kind`.
///
/// All of Kindred's are there from the start. One of your own joins them with `Augmentations.add(Mine.self)`, before the
/// first recipe that names it is read.
public enum Augmentations {
  /// The names of all augmentations, in alphabetical order.
  public static var kinds: [String] { table.withAll { $0.augmentations.keys.sorted() } }

  /// Lets recipes name an augmentation.
  ///
  /// Adding one twice changes nothing; two augmentations, or two sorts of parameters, of one name trap.
  public static func add<Added: Augmentation>(_ type: Added.Type) {
    table.withAll { $0.add(type) }
  }

  static func type(ofKind kind: String) -> (any Augmentation.Type)? {
    table.withAll { $0.augmentations[kind] }
  }

  static func parameters(ofKind kind: String) -> (any AugmentationParameters.Type)? {
    table.withAll { $0.parameters[kind] }
  }

  private static let table = Table()

  /// `@unchecked Sendable`: the lock guards everything.
  private final class Table: @unchecked Sendable {
    private let lock = Lock()
    private var all = Entries()

    func withAll<Result>(_ body: (inout Entries) -> Result) -> Result {
      lock.withLock { body(&all) }
    }
  }

  private struct Entries {
    var augmentations: [String: any Augmentation.Type] = [:]
    var parameters: [String: any AugmentationParameters.Type] = [:]

    init() {
      add(RandomResizedCrop.self)
      add(CenterCrop.self)
      add(RandomFlip.self)
      add(ColorJitter.self)
      add(RandomGrayscale.self)
      add(RandomBlur.self)
      add(RandomSolarize.self)
      add(RandomPosterize.self)
      add(RandomEqualize.self)
      add(RandomAutocontrast.self)
      add(RandomTurn.self)
      add(RandomRotation.self)
      add(RandomErasing.self)
      add(Cutout.self)
      add(RandomSobel.self)
      add(RandomNoise.self)
      add(RandomApply.self)
      add(RandomChoice.self)
    }

    mutating func add<Added: Augmentation>(_ type: Added.Type) {
      let (kind, choice) = (Added.kind, Added.Parameters.kind)
      let isFree = augmentations[kind].map { $0 == type } ?? true
      precondition(isFree, "there is an augmentation of kind \(kind) already: \(augmentations[kind]!)")
      let isFreeChoice = parameters[choice].map { $0 == Added.Parameters.self } ?? true
      precondition(isFreeChoice, "there are parameters of kind \(choice) already: \(parameters[choice]!)")
      augmentations[kind] = type
      parameters[choice] = Added.Parameters.self
    }
  }
}
