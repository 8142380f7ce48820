public import Images
public import Methods

/// What a run does besides learning; every part may be left as it is.
public struct RunHooks {
  /// Called a few times a second or an epoch with how far the run is.
  public var report: (Progress) -> Void = { _ in }

  /// Asked after every step; when true the run writes a checkpoint and ends.
  public var shouldStop: () -> Bool = { false }

  /// Called every so many epochs, and at the end, with the method as it then is; returns figures by name.
  public var evaluate: (any Method) throws -> [String: Double] = { _ in [:] }

  /// Called once, when a run begins; returns pictures by name that TensorBoard is to show, such as a sheet of views.
  public var pictures: (any Method) throws -> KeyValuePairs<String, Image> = { _ in [:] }

  /// Creates hooks that do nothing.
  public init() {}
}
