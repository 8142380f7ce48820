/// Where everything on a contact sheet stands, in pixels, and the texts' sizes.
struct ContactSheetLayout {
  let text: (any TextDrawing)?
  let titlePlace: ContactSheet.TitlePlace
  let thumbnail: Int
  private let mostCaptionLines: Int

  let margin, gap, captionGap, rowGap: Int
  let headSize, textSize, smallSize, captionSize: Double

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
    mostCaptionLines = max(1, sheet.captionLines)
    (margin, gap, captionGap, rowGap) = (thumbnail / 3, max(6, thumbnail / 8), max(3, thumbnail / 24), thumbnail / 4)
    (headSize, textSize, smallSize) = (max(16, side * 0.27), max(11, side * 0.18), max(9, side * 0.135))
    captionSize = sheet.captionSize ?? smallSize

    func width(_ string: String, _ size: Double) -> Int {
      string.isEmpty ? 0 : Int((text?.width(of: string, size: size) ?? 0).rounded(.up))
    }
    let (textSize, smallSize, captionSize) = (textSize, smallSize, captionSize)
    let longest = sheet.rows.map { max(width($0.title, textSize), width($0.detail, smallSize)) }.max() ?? 0
    titleColumn = sheet.titlePlace == .left && longest > 0 ? min(longest, 3 * thumbnail) + 2 * gap : 0

    func line(_ string: String, _ size: Double) -> Int { Self.line(string, size, text) }
    subtitleTop = margin + line(sheet.title, headSize)
    let head = subtitleTop + line(sheet.subtitle, smallSize)
    var top = head > margin ? head + rowGap : margin
    var rowTops: [Int] = []
    for row in sheet.rows {
      rowTops.append(top)
      let captions =
        row.cells.map { cell in
          Self.wrapped(cell.caption, captionSize, sheet.thumbnail, mostLines: sheet.captionLines, text).count
        }.max() ?? 0
      let above = sheet.titlePlace == .top ? Self.heading(row, textSize, smallSize, captionGap, text) : 0
      top += above + thumbnail + rowGap
      if captions > 0 { top += captionGap + captions * line("x", captionSize) }
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

  /// The height of a row's texts when they stand above its thumbnails, with the space below them.
  private static func heading(
    _ row: ContactSheet.Row, _ textSize: Double, _ smallSize: Double, _ gap: Int, _ text: (any TextDrawing)?
  ) -> Int {
    let height = line(row.title, textSize, text) + line(row.detail, smallSize, text)
    return height > 0 ? height + gap : 0
  }

  /// The lines of a caption, broken at new lines and spaces; the last may still be too long.
  private static func wrapped(
    _ caption: String, _ size: Double, _ room: Int, mostLines: Int, _ text: (any TextDrawing)?
  ) -> [String] {
    guard let text, !caption.isEmpty else { return [] }
    var lines: [String] = []
    for paragraph in caption.split(separator: "\n") {
      var isFirst = true
      for word in paragraph.split(separator: " ") {
        let longer = lines.last.map { "\($0) \(word)" }
        let fits = !isFirst && text.width(of: longer ?? "", size: size) <= Double(room)
        if let longer, lines.count >= mostLines || fits {
          lines[lines.count - 1] = longer
        } else {
          lines.append(String(word))
        }
        isFirst = false
      }
    }
    return lines
  }

  /// The lines that a caption takes.
  func captionLines(of caption: String) -> [String] {
    Self.wrapped(caption, captionSize, thumbnail, mostLines: mostCaptionLines, text)
  }

  /// How far the top of a caption's line is below its thumbnail.
  func captionTop(_ number: Int) -> Int {
    captionGap + number * Self.line("x", captionSize, text)
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
    return top + Self.heading(row, textSize, smallSize, captionGap, text)
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
