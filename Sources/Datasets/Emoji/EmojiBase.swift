/// What a family of emoji that look nearly alike have in common; such a family is never divided between learning and
/// measuring.
///
/// Two emoji share a base when they differ only in
///
/// * skin tone, or how the sequence is qualified (variation selectors);
/// * gender: `man running`, `woman running`, `person running`; `prince`, `princess`, `person with crown`;
/// * hair: colour, curls, baldness and beards count as the person who has them;
/// * direction: `person walking facing right`, and pictures that are mirror images, such as `left arrow` and
///   `right arrow`, since training mirrors images;
/// * who makes up a group: all families, all couples with a heart, all kisses, all pairs who hold hands;
/// * the place whose flag it is, where places fly the same one, as Norway, Svalbard and Bouvet Island do.
///
/// Age is kept apart (child, adult, older adult), and so is every other flag, every keycap and hour of the clock.
public struct EmojiBase: Hashable, Sendable {
  /// The normalized scalars, joined by `-`, as in `1F3C3`.
  public let key: String

  /// Derives the base of an emoji sequence.
  public init(of emoji: String) {
    let parts = emoji.unicodeScalars.map(\.value)
      .filter { $0 != 0xFE0F && !(0x1F3FB...0x1F3FF).contains($0) }
      .split(separator: 0x200D).map(Array.init)
    let first = parts.first.map { $0.map(Self.unmarked) } ?? []
    var rest = parts.dropFirst().filter { !Self.details.contains($0) }.map { $0.map(Self.unmarked) }

    let people: Set<[UInt32]> = [[0x1F9D1], [0x1F9D2]]
    if !rest.isEmpty, people.contains(first), rest.allSatisfy(people.contains) {
      self.init(scalars: [0x1F46A])
    } else if rest.isEmpty, let flag = Self.sharedFlags[first] {
      self.init(scalars: flag)
    } else if first == [0x1FAF1], rest == [[0x1FAF1]] {
      self.init(scalars: [0x1F91D])  // A handshake of two skin tones is spelled as two hands.
    } else if let last = rest.last, people.contains(last), first == [0x1F9D1], rest.count > 1 {
      rest.removeLast()
      self.init(scalars: Self.couples[rest.flatMap { $0 }] ?? (first + rest.flatMap { $0 }))
    } else {
      self.init(scalars: first + rest.flatMap { $0 })
    }
  }

  private init(scalars: [UInt32]) {
    key = scalars.map { String($0, radix: 16, uppercase: true) }.joined(separator: "-")
  }

  private static func unmarked(_ scalar: UInt32) -> UInt32 { variants[scalar] ?? scalar }

  /// What may follow a joiner and changes a detail only: gender signs, hair, directions.
  private static let details: Set<[UInt32]> = [
    [0x2640], [0x2642], [0x1F9B0], [0x1F9B1], [0x1F9B2], [0x1F9B3], [0x27A1], [0x2B05],
  ]

  /// What two people do, by the scalars between them, and the emoji that means it by itself.
  private static let couples: [[UInt32]: [UInt32]] = [
    [0x2764]: [0x1F491], [0x2764, 0x1F48B]: [0x1F48F], [0x1F91D]: [0x1F46B], [0x1F430]: [0x1F46F],
    [0x1FAEF]: [0x1F93C],
  ]

  /// Places that have no flag of their own, by the regional indicators that spell them, and those whose flag they fly.
  private static let sharedFlags: [[UInt32]: [UInt32]] = {
    let owners = ["BV": "NO", "SJ": "NO", "CP": "FR", "MF": "FR", "EA": "ES", "HM": "AU", "UM": "US", "DG": "IO"]
    func indicators(_ code: String) -> [UInt32] { code.unicodeScalars.map { $0.value - 0x41 + 0x1F1E6 } }
    return Dictionary(uniqueKeysWithValues: owners.map { (indicators($0), indicators($1)) })
  }()

  /// Scalars that are variants of another one.
  private static let variants: [UInt32: UInt32] = {
    let families: [[UInt32]] = [
      [0x1F9D1, 0x1F468, 0x1F469, 0x1F9D4, 0x1F471],  // person, man, woman, with a beard, with blond hair
      [0x1F9D2, 0x1F466, 0x1F467],  // child, boy, girl
      [0x1F9D3, 0x1F474, 0x1F475],  // older person, old man, old woman
      [0x1FAC5, 0x1F934, 0x1F478],  // person with crown, prince, princess
      [0x1F385, 0x1F936],  // Santa Claus, Mrs. Claus
      [0x1FAC4, 0x1F930, 0x1FAC3],  // pregnant person, woman, man
      [0x1F483, 0x1F57A],  // woman dancing, man dancing
      [0x1F46B, 0x1F46C, 0x1F46D],  // two people holding hands
      [0x1F449, 0x1F448], [0x1F91C, 0x1F91B], [0x1FAF1, 0x1FAF2], [0x1FAF8, 0x1FAF7],  // hands to either side
      [0x27A1, 0x2B05], [0x2197, 0x2196], [0x2198, 0x2199], [0x21AA, 0x21A9], [0x25B6, 0x25C0], [0x23E9, 0x23EA],
      [0x23ED, 0x23EE], [0x1F50D, 0x1F50E],
    ]
    var variants: [UInt32: UInt32] = [:]
    for family in families {
      for scalar in family.dropFirst() { variants[scalar] = family[0] }
    }
    return variants
  }()
}
