/// A model of images as timm describes it beside its weights: the `config.json` of its hub.
///
/// timm makes the model of it by `timm.create_model("local-dir:FOLDER", pretrained=True)`.
///
/// Source: <https://huggingface.co/docs/timm/models>; the fields are those that timm 1.0.20 writes.
public struct TimmConfiguration: Hashable, Sendable, Codable {
  /// What timm calls the model, such as `vit_tiny_patch16_224`.
  public let architecture: String

  /// The classes of the layer at the end, 0 for none.
  public let classes: Int

  /// The length of the features before that layer.
  public let features: Int?

  /// In what the model differs from what its name says.
  public let arguments: TimmArguments

  /// What is done to images first.
  public let preprocessing: TimmPreprocessing

  /// Creates a description.
  init(
    architecture: String, classes: Int, features: Int?, arguments: TimmArguments, preprocessing: TimmPreprocessing
  ) {
    self.architecture = architecture
    self.classes = classes
    self.features = features
    self.arguments = arguments
    self.preprocessing = preprocessing
  }

  private enum Keys: String, CodingKey {
    case architecture
    case classes = "num_classes"
    case features = "num_features"
    case arguments = "model_args"
    case preprocessing = "pretrained_cfg"
  }

  /// Reads both forms: with `pretrained_cfg`, and the older one with its fields on the highest level.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Keys.self)
    architecture = try fields.decode(String.self, forKey: .architecture)
    features = try fields.decodeIfPresent(Int.self, forKey: .features)
    arguments = try fields.decodeIfPresent(TimmArguments.self, forKey: .arguments) ?? TimmArguments()
    preprocessing =
      try fields.decodeIfPresent(TimmPreprocessing.self, forKey: .preprocessing) ?? TimmPreprocessing(from: decoder)
    classes = try fields.decodeIfPresent(Int.self, forKey: .classes) ?? preprocessing.classes ?? 1000
  }

  /// Writes the form with `pretrained_cfg`.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Keys.self)
    try fields.encode(architecture, forKey: .architecture)
    try fields.encode(classes, forKey: .classes)
    try fields.encodeIfPresent(features, forKey: .features)
    try fields.encode(arguments, forKey: .arguments)
    try fields.encode(preprocessing, forKey: .preprocessing)
  }
}

/// In what a model of timm differs from what its name says: `model_args`.
public struct TimmArguments: Hashable, Sendable, Codable {
  /// The height and width of images that positions are for.
  public var side: Int?
  /// The height and width of a patch.
  public var patch: Int?
  /// `token` or `avg`.
  public var pooling: String?
  /// The probability that the last block's branches are dropped in training.
  public var dropPath: Double?
  /// The names of other arguments, which change a model in ways that are not known here.
  public private(set) var unknown: [String] = []

  /// Creates arguments that change nothing.
  public init() {}

  private enum Keys: String, CodingKey, CaseIterable {
    case side = "img_size"
    case patch = "patch_size"
    case pooling = "global_pool"
    case dropPath = "drop_path_rate"
    /// Said of the whole model a second time.
    case classes = "num_classes"
  }

  private struct AnyKey: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// Reads the arguments that are known, and the names of the others.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Keys.self)
    side = try fields.decodeIfPresent(Int.self, forKey: .side)
    patch = try fields.decodeIfPresent(Int.self, forKey: .patch)
    pooling = try fields.decodeIfPresent(String.self, forKey: .pooling)
    dropPath = try fields.decodeIfPresent(Double.self, forKey: .dropPath)
    let known = Set(Keys.allCases.map(\.rawValue))
    unknown = try decoder.container(keyedBy: AnyKey.self).allKeys.map(\.stringValue).filter { !known.contains($0) }
      .sorted()
  }

  /// Writes those that are set.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Keys.self)
    try fields.encodeIfPresent(side, forKey: .side)
    try fields.encodeIfPresent(patch, forKey: .patch)
    try fields.encodeIfPresent(pooling, forKey: .pooling)
    try fields.encodeIfPresent(dropPath, forKey: .dropPath)
  }
}
