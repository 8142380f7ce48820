/// Names of image files.
enum ImageNames {
  /// How they end, in small letters.
  static let endings = [".jpg", ".jpeg", ".png", ".webp"]

  /// Whether a file's name is that of an image.
  static func isImage(_ name: String) -> Bool {

    let lower = name.lowercased()
    return endings.contains { lower.utf8.count > $0.utf8.count && lower.hasSuffix($0) }
  }
}
