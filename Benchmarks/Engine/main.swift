// The engine's benchmark: what a call through the bridge costs, and how fast a training step is beside PyTorch's own.
//
//     swift run -c release KindredBench        (make bench)
//
// Both sides run in one session and take turns, A B A B, so that whatever else the machine does falls on both. What
// they compute is compared before it is timed. `$KINDRED_PYTHON` names a Python with torch and torchvision.

import BenchSupport
import Foundation
import Tensors

Engine.keepFreedMemory()
let peer = try Peer("engine.py", needs: "torch and torchvision")
guard let version = peer.ask("version") else { stop("the peer did not start") }
say(
  "Kindred on libtorch \(Engine.version), \(Engine.threads) threads, \(Engine.processorCapability); PyTorch \(version) threads"
)

// MARK: Checked

let loop = TrainingLoop()
let file = "\(NSTemporaryDirectory())/kindred-bench-\(ProcessInfo.processInfo.processIdentifier).safetensors"
try loop.write(to: file)
guard peer.ask("load \(file)") == "loaded" else { stop("the peer did not take the weights") }
try FileManager.default.removeItem(atPath: file)

let ours = (0..<3).map { _ in loop.step() }
let theirs = peer.numbers("losses 3")
say("losses of the first steps: \(ours.map { text($0, 5) }), PyTorch's \(theirs.map { text($0, 5) })")
for (a, b) in zip(ours, theirs) where !(abs(a - b) <= 0.01 * abs(b)) {
  stop("the two do not compute the same: \(ours), \(theirs)")
}

// MARK: Timed

let additions = 20_000
let (a, b) = (Tensor.ones([4, 4]), Tensor.ones([4, 4]))
var bridge: (ours: [Double], theirs: [Double]) = ([], [])
for _ in 0..<7 {
  bridge.ours.append(seconds { for _ in 0..<additions { _ = a + b } } / Double(additions) * 1e6)
  bridge.theirs.append(peer.numbers("add \(additions)")[0] / Double(additions) * 1e6)
}
say("a + b of two 4×4 matrices: \(text(median(bridge.ours), 2)) µs, PyTorch \(text(median(bridge.theirs), 2)) µs")

let rounds = 15
let steps = 2
var training: (ours: [Double], theirs: [Double]) = ([], [])
for _ in 0..<rounds {
  training.ours.append(seconds { for _ in 0..<steps { loop.step() } })
  training.theirs.append(peer.numbers("steps \(steps)")[0])
}
peer.end()
// Medians say what a run feels like; the fastest rounds are those that the rest of the machine disturbed least.
let images = Double(TrainingLoop.batch * steps)
@MainActor func rates(_ choose: ([Double]) -> Double) -> String {
  let (ours, theirs) = (images / choose(training.ours), images / choose(training.theirs))
  return "\(text(ours, 1)) images/s, PyTorch \(text(theirs, 1)), ratio \(text(ours / theirs, 3))"
}
say("a ResNet-18 step (128 images of 32 pixels, bfloat16, channels-last), \(rounds) rounds of \(steps):")
say("  median   \(rates(median))")
say("  fastest  \(rates { $0.min()! })")
