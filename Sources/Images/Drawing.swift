extension Image {
  /// Fills a rectangle with a colour; what falls outside of the image is left out.
  ///
  /// - Parameter color: A byte for each channel.
  mutating func fill(x: Int, y: Int, width: Int, height: Int, with color: [UInt8]) {
    precondition(color.count == channels, "a colour of \(color.count) bytes does not fit \(channels) channels")
    let columns = max(x, 0)..<max(min(x + width, self.width), max(x, 0))
    let rows = max(y, 0)..<max(min(y + height, self.height), max(y, 0))
    for row in rows {
      for column in columns {
        let start = (row * self.width + column) * channels
        for c in 0..<channels { pixels[start + c] = color[c] }
      }
    }
  }

  /// Draws the outline of a rectangle, of the given thickness, inside of its edges.
  mutating func frame(x: Int, y: Int, width: Int, height: Int, thickness: Int, with color: [UInt8]) {
    fill(x: x, y: y, width: width, height: thickness, with: color)
    fill(x: x, y: y + height - thickness, width: width, height: thickness, with: color)
    fill(x: x, y: y, width: thickness, height: height, with: color)
    fill(x: x + width - thickness, y: y, width: thickness, height: height, with: color)
  }

  /// The image brought into a square without changing its shape: its longer side becomes the square's.
  func fitted(into side: Int) -> Image {
    let scale = Double(side) / Double(max(width, height))
    let target = ImageSize(
      width: max(1, Int((Double(width) * scale).rounded())), height: max(1, Int((Double(height) * scale).rounded())))
    return resized(to: target, filter: .bicubic)
  }
}
