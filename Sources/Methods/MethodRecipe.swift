public import Layers

/// A method with everything that was chosen: what `run.json` holds. The one table of methods.
public enum MethodRecipe: Hashable, Sendable, Codable {
  /// Two views of an image.
  case simclr(SimCLR.Options)
  /// Two views of an image, and its class.
  case supcon(SupCon.Options)
  /// Views of an image, to be classified.
  case crossentropy(CrossEntropy.Options)
  /// Views of an image, and its class: any loss over pairs, triplets or proxies.
  case metric(Metric.Options)
  /// Images and texts.
  case clip(CLIP.Options)

  /// The name that a command line takes.
  public var name: String {
    switch self {
    case .simclr: "simclr"
    case .supcon: "supcon"
    case .crossentropy: "crossentropy"
    case .metric: "metric"
    case .clip: "clip"
    }
  }

  /// τ, of methods that have one to choose.
  public var temperature: Double? {
    switch self {
    case .simclr(let options): options.temperature
    case .supcon(let options): options.temperature
    case .crossentropy, .metric, .clip: nil
    }
  }

  /// Why nothing can be learned so, in a clause, or nil.
  public var problem: String? {
    if let temperature, !(temperature > 0) { return "temperature is \(temperature), not a positive number" }
    if case .metric(let options) = self { return options.problem }
    return nil
  }

  /// Declares the method's parameters in a tree.
  public func make(in tree: ParameterTree) -> any Method {
    switch self {
    case .simclr(let options): SimCLR(options, in: tree)
    case .supcon(let options): SupCon(options, in: tree)
    case .crossentropy(let options): CrossEntropy(options, in: tree)
    case .metric(let options): Metric(options, in: tree)
    case .clip(let options): CLIP(options, in: tree)
    }
  }
}
