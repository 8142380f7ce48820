import Arguments
import Kindred

/// What can be chosen for every kind of training, one run or several that are compared.
enum TrainingOptions {
  static let encoder = Option(
    "encoder", of: .choice(of: ImageEncoderRecipe.names), "The encoder of images", otherwise: "from the device")
  static let stem = Option(
    "stem", of: .choice(of: ResNet.Stem.allCases.map(\.name)), "A ResNet's first layers: 7×7 and pool, or 3×3",
    otherwise: "from the size")
  static let size = Option(
    "size", of: .integer(8...1024), "Height and width of images", unit: "pixels", otherwise: "from the data")
  static let recipe = Option(
    "recipe", of: .string, "How views are made: a name that 'data recipe' knows, or a file",
    otherwise: "from the method")
  static let epochs = Option("epochs", "e", of: .integer(1...), "Passes over the data", otherwise: "from the data")
  static let batch = Option("batch", "b", of: .integer(2...), "Examples a step", otherwise: "256")
  static let rate = Option(
    "rate", of: .number(above: 0), "The highest learning rate", otherwise: "from the method")
  static let optimizer = Option(
    "optimizer", of: .choice(of: RunPlan.optimizers), "What changes the weights", otherwise: "from the method")
  static let label = Option(
    "label", of: .string, "Which labels to learn from", otherwise: "the source's main ones")
  static let threads = Option(
    "threads", of: .integer(1...256), "Threads of one operation", otherwise: "as many as are free")
  static let workers = Option("workers", of: .integer(0...64), "Threads that make batches", otherwise: "1")
}
