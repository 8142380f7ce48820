/// Rows of thumbnails with titles on white, to be looked at: searches and what they found, images and their views.
///
///     var sheet = ContactSheet(title: "Searches in words", subtitle: "290 emoji never trained on")
///     sheet.rows.append(.init(title: "blue heart", cells: found.map { .init($0.image, mark: $0.isRight ? .right : nil) }))
///     try Files.write("sheet.png", bytes: sheet.image(text: typeface).png())
public struct ContactSheet: Sendable {
  /// What the frame of a thumbnail says.
  public enum Mark: Hashable, Sendable {
    /// A green frame.
    case right
    /// A red frame.
    case wrong
    /// A frame in a colour of three bytes, which outlines elsewhere may have, too.
    case color([UInt8])
  }

  /// A box drawn over a thumbnail.
  public struct Outline: Sendable {
    /// The box, in pixels of the image.
    public var box: ImageBox

    /// The colour of its edge, three bytes.
    public var color: [UInt8]

    /// Creates an outline.
    public init(_ box: ImageBox, color: [UInt8]) {
      self.box = box
      self.color = color
    }
  }

  /// One thumbnail.
  public struct Cell: Sendable {
    /// The image, of any size and shape.
    public var image: Image

    /// A short text below, on as many lines as the sheet allows; what does not fit is cut off with an ellipsis. New lines
    /// begin where it has them.
    public var caption: String

    /// What the frame says; nil for a thin gray one.
    public var mark: Mark?

    /// Boxes to draw over the image.
    public var outlines: [Outline]

    /// Creates a cell.
    public init(_ image: Image, caption: String = "", mark: Mark? = nil, outlines: [Outline] = []) {
      self.image = image
      self.caption = caption
      self.mark = mark
      self.outlines = outlines
    }
  }

  /// Thumbnails side by side, and what they have in common.
  public struct Row: Sendable {
    /// The text beside or above the thumbnails.
    public var title: String

    /// A second, smaller text under the title.
    public var detail: String

    /// The thumbnails.
    public var cells: [Cell]

    /// Creates a row.
    public init(title: String = "", detail: String = "", cells: [Cell]) {
      self.title = title
      self.detail = detail
      self.cells = cells
    }
  }

  /// Where the titles of rows stand.
  public enum TitlePlace: Hashable, Sendable {
    /// In a column at the left, as wide as its longest title but not wider than three thumbnails.
    case left
    /// Above the thumbnails.
    case top
  }

  /// The text at the head of the sheet.
  public var title: String

  /// A second, smaller text under it.
  public var subtitle: String

  /// The rows, from top to bottom.
  public var rows: [Row]

  /// Where the titles of rows stand.
  public var titlePlace: TitlePlace

  /// The side of a thumbnail in pixels; everything else is in proportion to it.
  public var thumbnail: Int

  /// How many lines a caption may take.
  public var captionLines: Int

  /// The height of captions' letters in pixels; nil for one in proportion to the thumbnails.
  public var captionSize: Double?

  /// Creates a sheet.
  public init(
    title: String = "", subtitle: String = "", rows: [Row] = [], titlePlace: TitlePlace = .left, thumbnail: Int = 96,
    captionLines: Int = 1, captionSize: Double? = nil
  ) {
    precondition(thumbnail >= 8, "thumbnails have at least 8 pixels, not \(thumbnail)")
    self.title = title
    self.subtitle = subtitle
    self.rows = rows
    self.titlePlace = titlePlace
    self.thumbnail = thumbnail
    self.captionLines = captionLines
    self.captionSize = captionSize
  }

  /// Draws the sheet.
  ///
  /// - Parameter text: What writes the texts; without it the sheet has none, and no room for them.
  public func image(text: (any TextDrawing)? = nil) -> Image {
    let layout = ContactSheetLayout(of: self, text: text)
    var sheet = Image(width: layout.size.width, height: layout.size.height, color: Ink.paper)
    layout.write(
      title, size: layout.headSize, Ink.black, x: layout.margin, y: layout.margin, width: layout.headWidth, in: &sheet)
    layout.write(
      subtitle, size: layout.smallSize, Ink.gray, x: layout.margin, y: layout.subtitleTop, width: layout.headWidth,
      in: &sheet)
    for (row, top) in zip(rows, layout.rowTops) { draw(row, at: top, layout, in: &sheet) }
    return sheet
  }

  private func draw(_ row: Row, at top: Int, _ layout: ContactSheetLayout, in sheet: inout Image) {
    let texts = layout.titleTops(of: row, at: top)
    layout.write(
      row.title, size: layout.textSize, Ink.black, x: layout.margin, y: texts.title, width: layout.titleWidth,
      in: &sheet)
    layout.write(
      row.detail, size: layout.smallSize, Ink.gray, x: layout.margin, y: texts.detail, width: layout.titleWidth,
      in: &sheet)
    let y = layout.cellTop(at: top, of: row)
    for (index, cell) in row.cells.enumerated() {
      let x = layout.cellLeft(index)
      var picture = cell.image.color().fitted(into: thumbnail)
      for outline in cell.outlines { picture.draw(outline, of: cell.image.size) }
      sheet.paste(picture, atX: x + (thumbnail - picture.width) / 2, y: y + (thumbnail - picture.height) / 2)
      let thickness = cell.mark == nil ? 1 : max(2, thumbnail / 32)
      sheet.frame(
        x: x - thickness, y: y - thickness, width: thumbnail + 2 * thickness, height: thumbnail + 2 * thickness,
        thickness: thickness, with: Self.ink(of: cell.mark))
      for (number, line) in layout.captionLines(of: cell.caption).enumerated() {
        layout.write(
          line, size: layout.captionSize, Ink.gray, x: x, y: y + thumbnail + layout.captionTop(number),
          width: thumbnail,
          isCentered: true, in: &sheet)
      }
    }
  }

  private static func ink(of mark: Mark?) -> [UInt8] {
    switch mark {
    case nil: Ink.line
    case .right: Ink.green
    case .wrong: Ink.red
    case .color(let color): color
    }
  }

  /// The colours of a sheet.
  private enum Ink {
    static let paper: [UInt8] = [255, 255, 255]
    static let black: [UInt8] = [31, 35, 40]
    static let gray: [UInt8] = [101, 109, 118]
    static let line: [UInt8] = [222, 226, 230]
    static let green: [UInt8] = [45, 164, 78]
    static let red: [UInt8] = [207, 34, 46]
  }
}

extension Image {
  /// Draws a box of the image that this one shows in another size.
  fileprivate mutating func draw(_ outline: ContactSheet.Outline, of original: ImageSize) {
    let (x, y) = (Double(width) / Double(original.width), Double(height) / Double(original.height))
    let (left, top) = (Int((outline.box.x * x).rounded()), Int((outline.box.y * y).rounded()))
    let right = Int(((outline.box.x + outline.box.width) * x).rounded())
    let bottom = Int(((outline.box.y + outline.box.height) * y).rounded())
    frame(
      x: left, y: top, width: right - left, height: bottom - top, thickness: max(2, max(width, height) / 64),
      with: outline.color)
  }
}
