import Basics

/// Where the images of archives lie, and what else is said there; made in one pass.
///
/// Kept are 8 bytes an image, 8 more for each kind of file beside it, and 4 a labeling. Names stay in the archives.
struct ArchiveIndex {
  /// Where each image lies in its archive.
  private(set) var places: [Int] = []
  /// Where the object beside each image lies, −1 for none; empty when there are none at all.
  private(set) var objects: [Int] = []
  /// Where the text beside each image lies.
  private(set) var texts: [Int] = []
  /// What lies beside the images.
  private(set) var sidecars = Sidecars()
  /// The folder of each image.
  private(set) var folders = LabelColumn(name: "folder")
  /// The table that an archive holds, and the archive's number.
  private(set) var table: (text: HeldBytes, path: String, archive: Int)?
  /// A hash of all names and sizes, and of what lies beside.
  private(set) var hash = StableHash()
  /// What was left out.
  private(set) var remarks = Remarks()
  /// The first item of every archive, and the end of the last.
  private(set) var starts = [0]

  /// The hash of each image's path in its archive.
  private(set) var pathHashes: [UInt64] = []

  private var names: Set<UInt64> = []
  private var sample = Sample()

  /// Consecutive members with one name but for its endings.
  private struct Sample {
    var key = ""
    var images: [(member: ArchiveMember, hash: UInt64)] = []
    var object: (place: Int, bytes: [UInt8])?
    var text: Int?
    var label: String?
  }

  /// More than this beside an image is none of what is looked for.
  private static let mostBeside = 1 << 22

  /// Takes the next member of an archive.
  mutating func visit(_ member: ArchiveMember, of archive: String, content: () throws -> ArchiveContent) throws {
    let parts = member.name.split(separator: "/", omittingEmptySubsequences: false)
    let base = parts.last ?? ""
    if base.isEmpty || base.hasPrefix(".") || parts.contains("__MACOSX") { return }
    func leaveOut(_ problem: String) {
      remarks.add(InputError(in: archive, "\(problem) '\(member.name)'", remedy: "it is left out"))
    }
    let ending = base.lastIndex(of: ".").map { base[$0...].dropFirst().lowercased() } ?? ""
    let isImage = ImageNames.isImage(String(base))
    let sidecar = Sidecars.Kind(ending: ending)
    let isTable = Table.isTable(String(base))
    guard isImage || sidecar != nil || isTable else { return }
    if member.name.hasPrefix("/") || parts.contains("..") { return leaveOut("has a name that leads out of it:") }
    if member.isLink { return leaveOut("has a link instead of a file:") }
    let name = TableScan.hash(member.name)
    guard names.insert(name).inserted else { return leaveOut("has a second file of the name") }

    if isTable {
      // The one called metadata is meant, else the first.
      let isMetadata = base.hasPrefix("metadata.")
      guard isMetadata || table == nil else { return }
      let found = try content()
      let text = found.owner.map { HeldBytes(found.bytes, of: $0) }
      table = (try text ?? HeldBytes(copying: found.bytes), member.name, starts.count - 1)
      return
    }
    let key = member.name.dropLast(base.count) + (base.prefix { $0 != "." })
    if key != sample.key {
      finishSample(of: archive)
      sample.key = String(key)
    }
    if isImage {
      sample.images.append((member, name))
    } else if member.size > Self.mostBeside {
      leaveOut("has a file too large to be about one image:")
    } else {
      switch sidecar! {
      case .json: sample.object = (member.place, Array(try content().bytes))
      case .text:
        sample.text = member.place
        hash.combine(Int(Gzip.checksum(of: try content().bytes)))
      case .label: sample.label = Sidecars.label(try content().bytes)
      }
    }
  }

  /// Ends an archive.
  mutating func finishArchive(_ archive: String) {
    finishSample(of: archive)
    sample = Sample()
    starts.append(places.count)
    names = []
  }

  private mutating func finishSample(of archive: String) {
    defer { sample = Sample() }
    if sample.images.isEmpty { return }
    for (member, name) in sample.images {
      places.append(member.place)
      pathHashes.append(name)
      folders.add(Files.folder(of: member.name))
      hash.combine(member.name)
      hash.combine(member.size)
    }
    func note(_ place: Int?, in list: inout [Int]) {
      guard place != nil || !list.isEmpty else { return }
      if list.isEmpty { list = Array(repeating: -1, count: places.count - sample.images.count) }
      list += Array(repeating: place ?? -1, count: sample.images.count)
    }
    note(sample.object?.place, in: &objects)
    note(sample.text, in: &texts)
    hash.combine(sample.label ?? "")
    if let object = sample.object { hash.combine(Int(Gzip.checksum(of: object.bytes))) }
    let isFine = (sample.object?.bytes ?? []).withUnsafeBytes {
      sidecars.add(items: sample.images.count, json: sample.object == nil ? nil : $0, label: sample.label)
    }
    if !isFine {
      remarks.add(
        InputError(in: archive, "'\(sample.key).json' is no JSON object", remedy: "the image is used without it"))
    }
  }
}
