public import Basics

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// One step of a view recipe: any augmentation.
///
/// In JSON a step is its augmentation's settings with a `kind` beside them; settings that are left out are those of
/// the augmentation's `usual`. So are its parameters, with all settings there.
public struct ViewStep: Hashable, Sendable {
  /// The augmentation of the step.
  public let augmentation: any Augmentation

  /// Makes a step of an augmentation.
  public init(_ augmentation: any Augmentation) {
    self.augmentation = augmentation
  }

  /// The name of the augmentation in JSON.
  public var kind: String { type(of: augmentation).kind }

  /// Chooses parameters; nil when the image shall be left as it is.
  public func sample(
    for size: ImageSize, output: ImageSize, using stream: inout RandomStream
  ) -> ViewStepParameters? {
    augmentation.sample(for: size, output: output, using: &stream).map { ViewStepParameters($0) }
  }

  /// Changes an image as parameters say that the same kind of step has chosen.
  public func apply(_ parameters: ViewStepParameters, to image: Image) -> Image {
    augmentation.apply(any: parameters.choice, to: image)
  }

  /// Whether both are the same augmentation with the same settings.
  public static func == (a: ViewStep, b: ViewStep) -> Bool {
    AnyHashable(a.augmentation) == AnyHashable(b.augmentation)
  }

  /// Hashes the augmentation.
  public func hash(into hasher: inout Hasher) {
    augmentation.hash(into: &hasher)
  }
}

extension Augmentation {
  fileprivate func apply(any choice: any AugmentationParameters, to image: Image) -> Image {
    guard let parameters = choice as? Parameters else {
      preconditionFailure("parameters “\(choice.words)” do not fit a step of kind \(Self.kind)")
    }
    return apply(parameters, to: image)
  }
}

extension ViewStep: Codable {
  private enum Key: String, CodingKey { case kind }

  /// Reads a step, and refuses settings that make no sense.
  public init(from decoder: any Decoder) throws {
    func failure(_ problem: String, at key: Key? = nil) -> DecodingError {
      .dataCorrupted(.init(codingPath: decoder.codingPath + (key.map { [$0] } ?? []), debugDescription: problem))
    }
    guard case .object(var settings) = try JSONValue(from: decoder) else {
      throw failure(#"is no step, which is written {"kind": …}"#)
    }
    guard let kind = settings.removeValue(forKey: "kind") else {
      throw failure("is missing: it says what the step does, such as crop", at: .kind)
    }
    guard case .string(let name) = kind else { throw failure("is not a text such as crop", at: .kind) }
    guard let type = Augmentations.type(ofKind: name) else {
      throw failure("\(name) is no augmentation" + remedy(for: name, among: Augmentations.kinds), at: .kind)
    }
    do {
      self.init(try type.init(settings: settings))
    } catch let error as DecodingError {
      throw error.prefixed(by: decoder.codingPath)
    }
    if let problem = augmentation.problem { throw failure(problem) }
  }

  /// Writes the step.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(kind, forKey: .kind)
    try augmentation.encode(to: encoder)
  }
}

extension Augmentation {
  /// Reads an augmentation from some of its settings; the others are those of `usual`.
  fileprivate init(settings: [String: JSONValue]) throws {
    let standard = try JSONDecoder().decode([String: JSONValue].self, from: JSONEncoder().encode(Self.usual))
    try requireKnown(settings.keys, among: Array(standard.keys), orElse: "is no setting of \(Self.kind)")
    let all = JSONValue.object(standard.merging(settings) { $1 })
    self = try JSONDecoder().decode(Self.self, from: JSONEncoder().encode(all))
  }
}

/// Refuses the first key that is not among those there are, and says which was probably meant, or all of them.
func requireKnown(
  _ keys: some Sequence<String>, among known: [String], orElse problem: String, at path: [any CodingKey] = []
) throws {
  guard let key = keys.sorted().first(where: { !known.contains($0) }) else { return }
  throw DecodingError.dataCorrupted(
    .init(codingPath: path + [AnyKey(stringValue: key)], debugDescription: problem + remedy(for: key, among: known)))
}

/// What to say after a name that is not among those there are: the one that was probably meant, or all of them.
private func remedy(for name: String, among all: [String]) -> String {
  if let guess = nearest(to: name, among: all) { return "; did you mean '\(guess)'?" }
  return all.isEmpty ? ", which has none" : "; there are \(all.sorted().joined(separator: ", "))"
}

/// A key that is known only by its text.
private struct AnyKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }

  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}
