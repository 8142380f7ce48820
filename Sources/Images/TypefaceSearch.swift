import Basics

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

extension Typeface {
  /// Opens a font for text that the system brings.
  ///
  /// - Throws: `InputError` that names a package to install when there is none.
  public static func systemText() throws -> Typeface {
    if let font = found(among: textFiles, where: { !$0.hasColorBitmaps }) { return font }
    // Anything that is a font for text is better than no text.
    if let font = scan(where: { name, font in !name.contains("Emoji") && !font.hasColorBitmaps }) { return font }
    throw InputError(
      "there is no font for text on this machine", remedy: "install one (Debian, Ubuntu: apt install fonts-dejavu-core)"
    )
  }

  /// Opens the system's colour emoji font.
  ///
  /// - Throws: `InputError` that names a package to install when there is none that can be drawn.
  public static func systemEmoji() throws -> Typeface {
    if let font = found(among: emojiFiles, where: \.hasColorBitmaps) { return font }
    if let font = scan(where: { name, font in name.contains("Emoji") && font.hasColorBitmaps }) { return font }
    throw InputError(
      "there is no colour emoji font with bitmaps on this machine",
      remedy: "install one (Debian, Ubuntu: apt install fonts-noto-color-emoji)")
  }

  private static let textFiles = [
    "DejaVuSans.ttf", "NotoSans-Regular.ttf", "NotoSans-Regular.otf", "LiberationSans-Regular.ttf", "Ubuntu-R.ttf",
    "Helvetica.ttc", "HelveticaNeue.ttc", "Arial.ttf", "FreeSans.ttf",
  ]

  private static let emojiFiles = ["NotoColorEmoji.ttf", "Apple Color Emoji.ttc", "NotoColorEmoji-Regular.ttf"]

  /// Folders that hold fonts, those of the person first.
  private static var folders: [String] {
    let home = getenv("HOME").map { String(cString: $0) }
    let own = home.map { ["\($0)/.local/share/fonts", "\($0)/.fonts", "\($0)/Library/Fonts"] } ?? []
    return own + ["/usr/local/share/fonts", "/usr/share/fonts", "/Library/Fonts", "/System/Library/Fonts"]
  }

  /// Where distributions put the fonts of the lists above, below the folders.
  private static let places = [
    "", "truetype/dejavu/", "truetype/noto/", "truetype/liberation/", "truetype/liberation2/", "truetype/ubuntu/",
    "truetype/freefont/", "noto/", "TTF/", "liberation/", "dejavu-sans-fonts/", "google-noto-emoji/", "Supplemental/",
    "google-noto-color-emoji-fonts/", "noto-emoji/",
  ]

  private static func found(among names: [String], where fits: (Typeface) -> Bool) -> Typeface? {
    for name in names {
      for folder in folders {
        for place in places where Files.exists("\(folder)/\(place)\(name)") {
          if let font = try? Typeface(path: "\(folder)/\(place)\(name)"), fits(font) { return font }
        }
      }
    }
    return nil
  }

  /// The first font that fits in any font folder, by depth and then by name.
  private static func scan(where fits: (String, Typeface) -> Bool) -> Typeface? {
    var pending = folders.filter(Files.isFolder)
    var next = 0
    while next < pending.count, next < 2000 {
      let folder = pending[next]
      next += 1
      for name in (try? Files.names(in: folder)) ?? [] {
        let path = "\(folder)/\(name)"
        if [".ttf", ".otf", ".ttc"].contains(where: name.lowercased().hasSuffix) {
          if let font = try? Typeface(path: path), fits(name, font) { return font }
        } else if Files.isFolder(path) {
          pending.append(path)
        }
      }
    }
    return nil
  }
}
