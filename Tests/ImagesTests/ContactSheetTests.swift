import Images
import Synchronization
import Testing

/// Draws nothing, and remembers what it was asked to; a letter is half as wide as the text is high.
private final class Notes: TextDrawing {
  struct Line: Hashable, Sendable {
    let text: String
    let size: Double
    let x, y: Int
  }

  private let noted = Mutex<[Line]>([])

  var lines: [Line] { noted.withLock { $0 } }

  func draw(_ text: String, size: Double, color: [UInt8], at x: Int, y: Int, in image: inout Image) {
    noted.withLock { $0.append(Line(text: text, size: size, x: x, y: y)) }
  }

  func width(of text: String, size: Double) -> Double { Double(text.count) * size / 2 }
}

@Suite struct ContactSheetTests {
  private let colors: [[UInt8]] = [[200, 0, 0], [0, 200, 0], [0, 0, 200], [200, 200, 0], [0, 200, 200]]

  private func cells(_ range: Range<Int>, caption: String = "") -> [ContactSheet.Cell] {
    range.map { .init(Image(width: 10, height: 10, color: colors[$0]), caption: caption) }
  }

  /// The box around all pixels of exactly one colour: x, y, width, height.
  private func place(_ color: [UInt8], in image: Image) -> [Int]? {
    let pixels = (0..<image.width * image.height).filter { Array(image.pixels[3 * $0..<3 * $0 + 3]) == color }
    guard !pixels.isEmpty else { return nil }
    let (xs, ys) = (pixels.map { $0 % image.width }, pixels.map { $0 / image.width })
    return [xs.min()!, ys.min()!, xs.max()! - xs.min()! + 1, ys.max()! - ys.min()! + 1]
  }

  @Test func thumbnailsStandInAGrid() throws {
    let sheet = ContactSheet(rows: [.init(cells: cells(0..<3)), .init(cells: cells(3..<5))], thumbnail: 24)
    let image = sheet.image()
    let boxes = try colors.map { try #require(place($0, in: image)) }
    #expect(boxes.allSatisfy { $0[2] == 24 && $0[3] == 24 })
    #expect(Set(boxes[..<3].map { $0[1] }).count == 1)
    #expect(boxes[1][0] - boxes[0][0] == boxes[2][0] - boxes[1][0])
    #expect(boxes[1][0] - boxes[0][0] > 24)
    #expect(boxes[3][0] == boxes[0][0] && boxes[4][0] == boxes[1][0])
    #expect(boxes[3][1] >= boxes[0][1] + 24)
    // The same margin on all sides.
    #expect(image.width - (boxes[2][0] + 24) == boxes[0][0])
    #expect(image.height - (boxes[4][1] + 24) == boxes[0][1])
    #expect(image.pixels[0..<3].elementsEqual([255, 255, 255]))
  }

  @Test func imagesKeepTheirShapeInTheMiddle() throws {
    let wide = ContactSheet.Cell(Image(width: 40, height: 10, color: [200, 0, 0]))
    let gray = ContactSheet.Cell(Image(width: 1, height: 4, color: [77]))
    let image = ContactSheet(rows: [.init(cells: [wide, gray])], thumbnail: 24).image()
    let margin = 24 / 3
    #expect(place([200, 0, 0], in: image) == [margin, margin + 9, 24, 6])
    #expect(try #require(place([77, 77, 77], in: image))[2...] == [6, 24])
  }

  @Test func marksAreFrames() throws {
    var row = ContactSheet.Row(cells: cells(0..<3))
    row.cells[0].mark = .right
    row.cells[1].mark = .wrong
    let image = ContactSheet(rows: [row], thumbnail: 24).image()
    let first = try #require(place(colors[0], in: image))
    let frame = try #require(place([45, 164, 78], in: image))
    #expect(frame == [first[0] - 2, first[1] - 2, 28, 28])
    #expect(place([207, 34, 46], in: image) != nil)
  }

  @Test(arguments: [ContactSheet.TitlePlace.left, .top]) func textsHaveRoom(place titles: ContactSheet.TitlePlace)
    throws
  {
    let long = String(repeating: "long ", count: 30)
    let sheet = ContactSheet(
      title: "Searches", subtitle: "in words",
      rows: [
        .init(title: "blue heart", detail: "right", cells: cells(0..<3, caption: "a caption that is too long")),
        .init(title: long, cells: cells(3..<5)),
      ], titlePlace: titles, thumbnail: 48)
    let notes = Notes()
    let image = sheet.image(text: notes)
    let lines = notes.lines
    #expect(lines.map(\.text).prefix(4) == ["Searches", "in words", "blue heart", "right"])
    #expect(lines.count == 8)
    for line in lines {
      #expect(line.x >= 0 && Double(line.x) + notes.width(of: line.text, size: line.size) <= Double(image.width))
      #expect(line.y >= 0 && Double(line.y) + line.size <= Double(image.height))
    }
    let boxes = try colors.map { try #require(self.place($0, in: image)) }
    let caption = try #require(lines.first { $0.text.hasPrefix("a") })
    #expect(caption.text.hasSuffix("…"))
    #expect(caption.x >= boxes[0][0] && caption.y >= boxes[0][1] + 48)
    #expect(notes.width(of: caption.text, size: caption.size) <= 48)
    let cut = try #require(lines.first { $0.text.hasPrefix("long") })
    #expect(cut.text.hasSuffix("…"))
    switch titles {
    case .left:
      #expect(Double(cut.x) + notes.width(of: cut.text, size: cut.size) < Double(boxes[3][0]))
      #expect(cut.y > boxes[3][1] && cut.y < boxes[3][1] + 48)
    case .top:
      #expect(Double(cut.y) + cut.size <= Double(boxes[3][1]))
      #expect(cut.y > boxes[0][1] + 48)
    }
  }

  @Test func captionsAreBrokenAtSpaces() throws {
    let caption = "one two three four five six"
    let cell = ContactSheet.Cell(Image(width: 4, height: 4, color: colors[0]), caption: caption)
    var sheet = ContactSheet(rows: [.init(cells: [cell]), .init(cells: cells(1..<2))], thumbnail: 60)
    let notes = Notes()
    let plain = sheet.image(text: notes)
    #expect(notes.lines.map(\.text) == ["one two thre…"])
    sheet.captionLines = 3
    let wrapped = sheet.image(text: notes)
    // A letter is 4.5 pixels wide: 13 fit into 60.
    let lines = notes.lines.dropFirst()
    #expect(lines.map(\.text) == ["one two three", "four five six"])
    #expect(Set(lines.map(\.y)).count == 2)
    let below = try #require(place(colors[1], in: wrapped))
    #expect(lines.allSatisfy { Double($0.y) + $0.size <= Double(below[1]) })
    #expect(wrapped.height > plain.height)
  }

  @Test func captionsBeginNewLinesWhereTheyHaveThem() {
    let cell = ContactSheet.Cell(Image(width: 4, height: 4, color: colors[0]), caption: "one\ntwo three\nfour")
    let notes = Notes()
    _ = ContactSheet(rows: [.init(cells: [cell])], thumbnail: 60, captionLines: 5, captionSize: 10).image(text: notes)
    #expect(notes.lines.map(\.text) == ["one", "two three", "four"])
    #expect(notes.lines.allSatisfy { $0.size == 10 })
  }

  /// An image of 20×10 is shown at 40×20: a box of its right half begins in the middle.
  @Test func outlinesAreDrawnWhereTheirBoxesLie() throws {
    let blue: [UInt8] = [10, 20, 250]
    let outline = ContactSheet.Outline(ImageBox(x: 10, y: 2, width: 10, height: 8), color: blue)
    let cell = ContactSheet.Cell(
      Image(width: 20, height: 10, color: colors[0]), mark: .color([1, 2, 3]), outlines: [outline])
    let image = ContactSheet(rows: [.init(cells: [cell])], thumbnail: 40).image()
    let frame = try #require(place([1, 2, 3], in: image))
    let (x, y) = (frame[0] + 2, frame[1] + 2 + 10)  // the frame is two pixels wide, the thumbnail lies in the middle
    #expect(place(blue, in: image) == [x + 20, y + 4, 20, 16])
    #expect(image.pixels[((y + 10) * image.width + x + 30) * 3] == 200, "an outline is hollow")
  }

  @Test func anEmptySheetIsWhite() {
    let image = ContactSheet(thumbnail: 12).image()
    #expect(image == Image(width: image.width, height: image.height, color: [255, 255, 255]))
  }
}
