import Images

/// One entry of TensorBoard's event files: the message `Event` of TensorFlow, as far as runs need it.
///
/// Source: the schemas `event.proto` and `summary.proto`, and for the framing `record_writer.h`, of TensorFlow.
/// <https://github.com/tensorflow/tensorflow/tree/master/tensorflow/core/util>
struct Event {
  /// What is told.
  enum Content {
    /// The first event of every file, which names the format.
    case version
    /// A session begins: what was told of this event's step and of later ones no longer holds.
    case start
    /// Figures by their names.
    case figures([String: Double])
    /// A picture.
    case picture(Image, name: String)
  }

  /// When it was told, in seconds since 1970.
  let time: Double

  /// The step that it belongs to.
  let step: Int

  /// What is told.
  let content: Content

  /// The event as a message.
  var message: ProtocolMessage {
    var event = ProtocolMessage()
    event.add(time, as: 1)
    if step != 0 { event.add(step, as: 2) }  // a zero is left out, as everywhere in version 3 of the format
    switch content {
    case .version: event.add("brain.Event:2", as: 3)
    case .start: event.add(as: 7) { $0.add(1, as: 1) }  // SessionLog, status START
    case .figures(let figures):
      event.add(as: 5) { summary in
        for (name, value) in figures.sorted(by: { $0.key < $1.key }) {
          summary.add(as: 1) {
            $0.add(name, as: 1)
            $0.add(Float(value), as: 2)
          }
        }
      }
    case .picture(let image, let name):
      event.add(as: 5) { summary in
        summary.add(as: 1) {
          $0.add(name, as: 1)
          $0.add(as: 4) {
            $0.add(image.height, as: 1)
            $0.add(image.width, as: 2)
            $0.add(image.channels, as: 3)
            $0.add(image.png(), as: 4)
          }
        }
      }
    }
    return event
  }

  /// The event as it lies in a file: the number of its bytes, their check, the bytes, and their check.
  var record: [UInt8] {
    let data = message.bytes
    var record: [UInt8] = []
    record.reserveCapacity(data.count + 16)
    record.append(littleEndian: UInt64(data.count))
    record.append(littleEndian: CRC32C.masked(of: record))
    record += data
    record.append(littleEndian: CRC32C.masked(of: data))
    return record
  }
}
