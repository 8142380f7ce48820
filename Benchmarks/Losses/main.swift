// The losses' benchmark: forward and backward beside lightly and pytorch-metric-learning, in time and memory.
//
//     swift run -c release KindredLossBench                                        (make bench)
//     swift run -c release KindredLossBench growth ntxent >>Benchmarks/losses.csv  (then supcon)
//     swift run -c release KindredLossBench alone ntxent 512                       (ours only, for work on it; $TILES is
//                                                                                   bfloat16 for such products)
//
// Both sides run in one session and take turns, and what they compute is compared before it is timed: the loss and the
// gradient of every row. `$KINDRED_PYTHON` names a Python with the peers.

import BenchSupport
import Foundation
import Losses
import Tensors

Engine.threads = threads
let arguments = CommandLine.arguments.dropFirst()
switch (
  arguments.first, arguments.dropFirst().first.flatMap(Job.Kind.init), arguments.dropFirst(2).first.flatMap { Int($0) }
) {
case ("memory", let kind?, let rows?): ExtraMemory.report(kind, rows: rows)
case ("alone", let kind?, let rows?):
  Engine.keepFreedMemory()
  measureAlone(kind, rows: rows)
case ("growth", let kind?, nil):
  Engine.keepFreedMemory()
  try measureGrowth(kind)
case (nil, nil, nil):
  Engine.keepFreedMemory()
  try compare()
default: stop("give nothing, or 'growth' and one of \(Job.Kind.allCases.map(\.rawValue).joined(separator: ", "))")
}

/// Measures what Benchmarks/Losses.md has goals for.
func compare() throws {
  let peer = try startPeer()
  guard let version = peer.ask("version") else { stop("the peer did not start") }
  say("Kindred on libtorch \(Engine.version), \(Engine.processorCapability); \(version); \(threads) threads each")
  let jobs: [(Job.Kind, Int, Int, Int, (ratio: Double, bytes: Int))] = [
    (.ntxent, 512, 31, 20, (1, .max)), (.ntxent, 8192, 7, 1, (6, 64_000_000)), (.supcon, 8192, 5, 1, (10, .max)),
  ]
  var missed: [String] = []
  for (kind, rows, rounds, calls, goal) in jobs {
    let job = Job(kind, rows: rows)
    let apart = try job.expectSame(peer)
    let times = Times(job, peer, rounds: rounds, calls: calls)
    say("\(kind), \(rows) rows, forward and backward, \(rounds) rounds of \(calls); gradients \(apart) apart:")
    // Medians say what a run feels like; the fastest rounds are those that the rest of the machine disturbed least.
    for (name, choose) in [("median ", median), ("fastest", { $0.min()! })] as [(String, ([Double]) -> Double)] {
      let (ours, theirs) = (1000 * choose(times.ours), 1000 * choose(times.theirs))
      say("  \(name)  \(text(ours, 2)) ms, \(kind.peer) \(text(theirs, 2)), ratio \(text(theirs / ours, 2))")
    }
    let ratio = median(times.theirs) / median(times.ours)
    if ratio < goal.ratio { missed.append("\(kind), \(rows) rows: a ratio of at least \(goal.ratio)") }
    let memory = try ExtraMemory.ours(kind, rows: rows)
    if memory ?? 0 > goal.bytes { missed.append("\(kind), \(rows) rows: at most \(megabytes(goal.bytes))") }
    say("  memory   \(megabytes(memory)), \(kind.peer) \(megabytes(try ExtraMemory.theirs(kind, rows: rows)))")
  }
  peer.end()
  let many = Job(.ntxent, rows: 65_536)
  many.compute()
  let times = Times(many, nil, rounds: 3, calls: 1)
  let memory = try ExtraMemory.ours(.ntxent, rows: 65_536)
  say("ntxent, 65536 rows: \(text(median(times.ours), 2)) s in the median of 3, \(megabytes(memory))")
  if memory ?? 0 > 600_000_000 { missed.append("ntxent, 65536 rows: at most 600 MB") }
  guard missed.isEmpty else { stop("goals that were missed: \(missed.joined(separator: "; "))") }
  say("all goals were met")
}

/// Measures our side in rounds of half a second.
func measureAlone(_ kind: Job.Kind, rows: Int) {
  let precision = ProcessInfo.processInfo.environment["TILES"].flatMap(Precision.init) ?? .float32
  let job = Job(kind, rows: rows)
  let times = Comparison.withTiles(in: precision) {
    job.compute()
    return Times(job, nil, rounds: 9, calls: max(1, Int(0.5 / seconds { job.compute() }))).ours
  }
  say("\(kind), \(rows) rows: median \(text(1000 * median(times), 3)) ms, fastest \(text(1000 * times.min()!, 3)) ms")
}

func megabytes(_ bytes: Int?) -> String { bytes.map { "\(text(Double($0) / 1e6, 1)) MB" } ?? "unknown" }
