public import Layers

/// A method with everything that was chosen: what `run.json` holds. The one table of methods.
public enum MethodRecipe: Hashable, Sendable, Codable {
  /// Two views of an image.
  case simclr(SimCLR.Options)
  /// Images and texts.
  case clip(CLIP.Options)

  /// The name that a command line takes.
  public var name: String {
    switch self {
    case .simclr: "simclr"
    case .clip: "clip"
    }
  }

  /// Declares the method's parameters in a tree.
  public func make(in tree: ParameterTree) -> any Method {
    switch self {
    case .simclr(let options): SimCLR(options, in: tree)
    case .clip(let options): CLIP(options, in: tree)
    }
  }
}
