/// Changes of value that depend on how often each value occurs, channel by channel, as Pillow's `ImageOps` makes them.
extension Image {
  /// Keeps the highest bits of every value.
  ///
  /// - Parameter bits: 1 … 8; 8 changes nothing.
  public mutating func posterize(to bits: Int) {
    precondition((1...8).contains(bits), "1 to 8 bits of a value can be kept, not \(bits)")
    let mask = UInt8(truncatingIfNeeded: 0xFF00 >> bits)
    for i in pixels.indices { pixels[i] &= mask }
  }

  /// Spreads values so that all are about equally frequent.
  ///
  /// With *h* the counts and *s* = ⌊(total − count of the highest value)/255⌋, value *v* becomes
  /// ⌊(⌊*s*/2⌋ + Σ*ᵤ*₍*ᵤ* < *v*₎ *hᵤ*)/*s*⌋. A channel with one value, or with *s* = 0, stays.
  public mutating func equalize() {
    replaceEachChannel { counts in
      guard let highest = counts.lastIndex(where: { $0 > 0 }) else { return nil }
      let step = (counts.reduce(0, +) - counts[highest]) / 255
      guard step > 0 else { return nil }
      var below = step / 2
      return counts.map { count in
        defer { below += count }
        return UInt8(min(below / step, 255))
      }
    }
  }

  /// Stretches the values of every channel to 0 … 255. A channel with one value stays.
  public mutating func stretchContrast() {
    replaceEachChannel { counts in
      let (lowest, highest) = (counts.firstIndex { $0 > 0 }!, counts.lastIndex { $0 > 0 }!)
      guard lowest < highest else { return nil }
      let scale = 255 / Double(highest - lowest)
      return (0..<256).map { UInt8(min(max(Double($0) * scale - Double(lowest) * scale, 0), 255)) }
    }
  }

  /// Replaces the values of every channel by those of a table made of its histogram; nil leaves the channel alone.
  private mutating func replaceEachChannel(_ table: ([Int]) -> [UInt8]?) {
    for channel in 0..<channels {
      let places = stride(from: channel, to: pixels.count, by: channels)
      var counts = [Int](repeating: 0, count: 256)
      for place in places { counts[Int(pixels[place])] += 1 }
      guard let table = table(counts) else { continue }
      for place in places { pixels[place] = table[Int(pixels[place])] }
    }
  }
}
