/// Where everything on a contact sheet stands, in pixels, and the texts' sizes.
struct ContactSheetLayout {
  let text: (any TextDrawing)?
  let titlePlace: ContactSheet.TitlePlace
  let thumbnail: Int

  let margin, gap, captionGap, rowGap: Int
  let headSize, textSize, smallSize: Double

  /// The width of the column of titles with the gap that follows; 0 when there is none.
  private let titleColumn: Int
  /// The top of the second line of the head.
  let subtitleTop: Int
  /// The top of every row.
  let rowTops: [Int]
  /// The size of the sheet.
  let size: ImageSize

  init(of sheet: ContactSheet, text: (any TextDrawing)?) {
    self.text = text
    let side = Double(sheet.thumbnail)
    titlePlace = sheet.titlePlace
    thumbnail = sheet.thumbnail
    (margin, gap, captionGap, rowGap) = (thumbnail / 3, max(6, thumbnail / 8), max(3, thumbnail / 24), thumbnail / 4)
    (headSize, textSize, smallSize) = (max(16, side * 0.27), max(11, side * 0.18), max(9, side * 0.135))

    func width(_ string: String, _ size: Double) -> Int {
      string.isEmpty ? 0 : Int((text?.width(of: string, size: size) ?? 0).rounded(.up))
    }
    let (textSize, smallSize) = (textSize, smallSize)
    let longest = sheet.rows.map { max(width($0.title, textSize), width($0.detail, smallSize)) }.max() ?? 0
    titleColumn = sheet.titlePlace == .left && longest > 0 ? min(longest, 3 * thumbnail) + 2 * gap : 0

    func line(_ string: String, _ size: Double) -> Int { Self.line(string, size, text) }
    subtitleTop = margin + line(sheet.title, headSize)
    let head = subtitleTop + line(sheet.subtitle, smallSize)
    var top = head > margin ? head + rowGap : margin
    var rowTops: [Int] = []
    for row in sheet.rows {
      rowTops.append(top)
      let captions = row.cells.map { line($0.caption, smallSize) }.max() ?? 0
      let above = sheet.titlePlace == .top ? line(row.title, textSize) + line(row.detail, smallSize) : 0
      top += above + thumbnail + (captions > 0 ? captionGap + captions : 0) + rowGap
    }
    self.rowTops = rowTops
    let columns = sheet.rows.map(\.cells.count).max() ?? 0
    let cells = columns * (thumbnail + gap) - (columns > 0 ? gap : 0)
    let inner = max(titleColumn + cells, width(sheet.title, headSize), width(sheet.subtitle, smallSize), thumbnail)
    size = ImageSize(width: inner + 2 * margin, height: top + margin - (sheet.rows.isEmpty ? 0 : rowGap))
  }

  /// The height of a line of text with the space below it; 0 when there is nothing to write.
  private static func line(_ string: String, _ size: Double, _ text: (any TextDrawing)?) -> Int {
    text == nil || string.isEmpty ? 0 : Int((size * 1.35).rounded(.up))
  }

  /// The tops of a row's title and detail: beside the thumbnails' middle, or above them.
  func titleTops(of row: ContactSheet.Row, at top: Int) -> (title: Int, detail: Int) {
    let first = Self.line(row.title, textSize, text)
    let second = Self.line(row.detail, smallSize, text)
    let start = titlePlace == .top ? top : top + max(0, thumbnail - first - second) / 2
    return (start, start + first)
  }

  /// The top of a row's thumbnails.
  func cellTop(at top: Int, of row: ContactSheet.Row) -> Int {
    guard titlePlace == .top else { return top }
    return top + Self.line(row.title, textSize, text) + Self.line(row.detail, smallSize, text)
  }

  /// The room for the sheet's title.
  var headWidth: Int { size.width - 2 * margin }

  /// The room for a row's title.
  var titleWidth: Int { titleColumn > 0 ? titleColumn - 2 * gap : headWidth }

  /// The left edge of a thumbnail.
  func cellLeft(_ index: Int) -> Int {
    margin + titleColumn + index * (thumbnail + gap)
  }

  /// Writes a line, cut off with an ellipsis where it is wider than its room.
  func write(
    _ string: String, size fontSize: Double, _ color: [UInt8], x: Int, y: Int, width room: Int,
    isCentered: Bool = false, in image: inout Image
  ) {
    guard let text, !string.isEmpty else { return }
    var line = string
    var used = text.width(of: line, size: fontSize)
    var kept = string.count
    // Half a pixel of grace: the column was made as wide as its longest title, rounded.
    while used > Double(room) + 0.5 && kept > 0 {
      kept -= 1
      line = string.prefix(kept) + "…"
      used = text.width(of: line, size: fontSize)
    }
    let indent = isCentered ? Int(max(0, (Double(room) - used) / 2)) : 0
    text.draw(line, size: fontSize, color: color, at: x + indent, y: y, in: &image)
  }
}
