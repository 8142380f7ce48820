// The images' benchmark: two SimCLR views an image beside lightly's transform, a thread each.
//
//     swift run -c release KindredImageBench PHOTOS SMALL        (make bench)
//
// PHOTOS is a folder of JPEG files, read and decoded anew for every batch; SMALL a source of images of 32 pixels (CIFAR),
// which both sides hold in memory. Both run in one session and take turns. Before anything is timed, the peer makes views
// from our choices, and they must agree. `$KINDRED_PYTHON` names a Python with lightly.

import BenchSupport
import Datasets
import Foundation
import Images
import Tensors

guard CommandLine.arguments.count == 3 else { stop("give a folder of JPEG photos and a source of images of 32 pixels") }
Engine.threads = 1
Engine.keepFreedMemory()
let folder = CommandLine.arguments[1]
let photos = Views(try FolderSource(folder), Views.large)
let small = Views(try Sources.open(CommandLine.arguments[2]), Views.small)
let peer = try Peer("images.py", needs: "torch, torchvision and lightly")
guard let version = peer.ask("version") else { stop("the peer did not start") }
say("Kindred on libtorch \(Engine.version), \(Engine.processorCapability); \(version); one thread each")

/// Writes a file for the peer, which the system clears away.
func temporary(_ name: String, _ bytes: [UInt8]) throws -> String {
  let path = "\(NSTemporaryDirectory())/kindred-images-\(ProcessInfo.processInfo.processIdentifier)-\(name)"
  try Data(bytes).write(to: URL(fileURLWithPath: path))
  return path
}

let paths = (0..<photos.source.count).map { "\(folder)/\(photos.source.title(of: $0))" }
let list = try temporary("list", Array(paths.joined(separator: "\n").utf8))
guard peer.ask("photos \(list)") == "done" else { stop("the peer did not take the photos") }
let pixels = try (0..<small.source.count).flatMap { try small.source.image(of: $0).pixels }
guard peer.ask("small \(try temporary("small", pixels)) \(small.source.count)") == "done" else {
  stop("the peer did not take the small images")
}

// MARK: Checked

let target = try temporary("view", [])
var differences: [Double] = []
for item in stride(from: 0, to: photos.source.count, by: max(1, photos.source.count / 60)) {
  let picture = try photos.source.picture(of: item)
  let choice = photos.recipe.parameters(for: picture.size, seed: 1, epoch: 0, index: item, view: 0)
  let json = String(decoding: try JSONEncoder().encode(choice.steps.compactMap { $0 }), as: UTF8.self)
  guard peer.ask("view \(target) \(paths[item])\t\(json)") == "done" else { stop("the peer made no view") }
  let theirs = [UInt8](try Data(contentsOf: URL(fileURLWithPath: target)))
  let ours = try picture.views([(photos.recipe, choice)])[0].pixels
  guard ours.count == theirs.count else { stop("a view has \(ours.count) values, lightly's \(theirs.count)") }
  differences.append(
    Double(zip(ours, theirs).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }) / Double(ours.count))
}
say(
  "views of the same choices, levels apart: mean \(text(median(differences), 2)), at most \(text(differences.max()!, 2))"
)
guard differences.max()! <= 2 else { stop("the two do not make the same views") }

// MARK: Timed

/// Takes turns by the batch, and says how many images a second each side makes two views of.
@MainActor func compare(_ views: Views, _ command: String, batch: Int, rounds: Int, _ title: String) throws {
  var times: (ours: [Double], theirs: [Double]) = ([], [])
  for round in 0...rounds {
    let start = round * batch % (views.source.count - batch + 1)
    let clock = ContinuousClock()
    let begin = clock.now
    _ = try views.batch(start..<start + batch, epoch: round)
    let duration = (clock.now - begin).components
    let ours = Double(duration.seconds) + Double(duration.attoseconds) * 1e-18
    let theirs = peer.numbers("\(command) \(start) \(batch)")[0]
    guard round > 0 else { continue }  // the first is to warm up
    times.ours.append(ours)
    times.theirs.append(theirs)
  }
  say("\(title), images/s, \(rounds) rounds of \(batch):")
  // Medians say what a run feels like; the fastest rounds are those that the rest of the machine disturbed least.
  func rates(_ choose: ([Double]) -> Double) -> String {
    let (ours, theirs) = (Double(batch) / choose(times.ours), Double(batch) / choose(times.theirs))
    return "\(Int(ours.rounded())), lightly \(Int(theirs.rounded())), ratio \(text(ours / theirs, 2))"
  }
  say("  median   \(rates(median))")
  say("  fastest  \(rates { $0.min()! })")
}

try compare(photos, "photo", batch: 64, rounds: 15, "two views of 224 pixels from JPEG files")
try compare(small, "tiny", batch: 250, rounds: 15, "two views of 32 pixels from memory")
peer.end()
