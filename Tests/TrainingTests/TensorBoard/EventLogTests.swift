import Basics
import Images
import Tensors
import TestSupport
import Testing

@testable import Training

@Suite struct EventLogTests {
  /// Byte by byte as TensorBoard's own writer has them.
  @Test func recordsAreTensorBoards() throws {
    let goldens = try Goldens("events")
    func golden(_ name: String) -> [UInt8] { goldens[name].values(as: Double.self).map { UInt8($0) } }
    #expect(Event(time: 1_234_567_890.25, step: 0, content: .version).record == golden("version"))
    #expect(Event(time: 1_234_567_890.25, step: 301, content: .start).record == golden("start"))
    let figures = ["recall@10": Double.infinity, "loss": 0.1, "Ähnlichkeit": -2.5e-20]
    #expect(Event(time: 1_234_567_890.5, step: 1 << 40, content: .figures(figures)).record == golden("figures"))
  }

  @Test func aPictureIsAPNGWithItsSize() throws {
    let image = Image(width: 300, height: 2, color: [1, 2, 3])
    let png = image.png()
    var value = ProtocolMessage()
    value.add("views", as: 1)
    value.add(as: 4) {
      for (field, number) in [2, 300, 3].enumerated() { $0.add(number, as: UInt64(field + 1)) }
      $0.add(png, as: 4)
    }
    var expected = ProtocolMessage()
    expected.add(8.0 as Double, as: 1)
    expected.add(as: 5) { $0.add(value.bytes, as: 1) }
    #expect(Event(time: 8, step: 0, content: .picture(image, name: "views")).message.bytes == expected.bytes)
  }

  @Test func everyStartBeginsAFileThatComesLast() throws {
    try withTemporaryFolder { folder in
      // A file of a clock that was ahead.
      try Files.write("\(folder)/events.out.tfevents.9999999998.elsewhere.1.0", bytes: [])
      for start in 0..<11 { try EventLog(in: folder, after: start).add(["loss": 1, "step": 2], step: 2) }
      let names = try Files.names(in: folder)
      #expect(names.count == 12)
      #expect(names.allSatisfy { $0.hasPrefix("events.out.tfevents.999999999") })
      // Each says at once from where on earlier files no longer hold: step 0 for a run from its beginning, or the next.
      for (start, name) in names.dropFirst().enumerated() {
        let bytes = try Files.bytes(of: "\(folder)/\(name)")
        var step = ProtocolMessage()
        if start > 0 { step.add(start + 1, as: 2) }
        step.add(as: 7) { $0.add(1, as: 1) }
        let version = Event(time: 0, step: 0, content: .version).record.count
        // A record's length and its check, then the time with its key.
        let from = version + 12 + 9
        #expect(Array(bytes[from..<(from + step.bytes.count)]) == step.bytes)
      }
    }
  }

  @Test func aRunTellsEveryFigureAndPicture() throws {
    try withTemporaryFolder { folder in
      let source = ToySource(12)
      let run = try TrainingRun(.toy(on: source), on: source, in: folder)
      var hooks = RunHooks()
      hooks.pictures = { _ in ["views": Image(width: 2, height: 2, color: [9, 9, 9])] }
      _ = try run.start(hooks)
      let files = try Files.names(in: folder).filter { $0.hasPrefix("events.out.tfevents.") }
      #expect(files.count == 1)
      let records = try EventLogTests.records(of: "\(folder)/\(files[0])")
      let lines = try Files.text(of: "\(folder)/metrics.jsonl").split(separator: "\n").count
      // The version, the start, the picture, and one for every line.
      #expect(lines >= 3 && records.count == 3 + lines)
      #expect(records.last?.contains(Array("effective_rank".utf8)) == true)
    }
  }

  /// The messages of a file, their checks verified.
  static func records(of path: String) throws -> [[UInt8]] {
    var rest = try Files.bytes(of: path)[...]
    var records: [[UInt8]] = []
    func integer(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reversed().reduce(0) { $0 << 8 | Int($1) } }
    while !rest.isEmpty {
      let length = rest.prefix(8)
      #expect(integer(rest.dropFirst(8).prefix(4)) == Int(CRC32C.masked(of: Array(length))))
      let data = Array(rest.dropFirst(12).prefix(integer(length)))
      #expect(integer(rest.dropFirst(12 + data.count).prefix(4)) == Int(CRC32C.masked(of: data)))
      records.append(data)
      rest = rest.dropFirst(16 + data.count)
    }
    return records
  }
}
