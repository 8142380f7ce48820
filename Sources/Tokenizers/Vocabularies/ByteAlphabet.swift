/// The characters that stand for bytes in the vocabularies of byte-level tokenizers, which are texts and must be legible.
///
/// Printable bytes of Latin-1 stand for themselves; the others for U+0100, U+0101, … in their order.
///
/// Source: `bytes_to_unicode` in <https://github.com/openai/gpt-2/blob/master/src/encoder.py>
enum ByteAlphabet {
  /// The character of every byte, in UTF-8.
  static let characters: [[UInt8]] = {
    var others: UInt32 = 0x100
    return (0..<256).map { (byte: UInt32) in
      let isPrintable = 0x21...0x7E ~= byte || 0xA1...0xAC ~= byte || 0xAE...0xFF ~= byte
      defer { if !isPrintable { others += 1 } }
      var character = ByteBuffer(capacity: 4)
      character.append(scalar: isPrintable ? byte : others)
      return Array(character.contents)
    }
  }()
}
