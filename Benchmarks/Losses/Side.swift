import BenchSupport
import Foundation
import Tensors

/// The threads that each side computes with.
let threads = 2

/// Starts the peers, with this benchmark's settings.
func startPeer() throws -> Peer {
  let peer = try Peer("losses.py", needs: "torch, lightly and pytorch-metric-learning")
  guard peer.ask("threads \(threads)") == "done" else { stop("the peer did not start") }
  return peer
}

/// The time that our side and a peer's take, in seconds a call: the sides take turns by the round.
struct Times {
  private(set) var ours: [Double] = []
  private(set) var theirs: [Double] = []

  /// Measures after each side has computed once; without a peer ours alone.
  init(_ job: Job, _ peer: Peer?, rounds: Int, calls: Int) {
    for _ in 0..<rounds {
      ours.append(seconds { for _ in 0..<calls { job.compute() } } / Double(calls))
      if let peer { theirs.append(peer.numbers("time \(job.kind) \(calls)")[0] / Double(calls)) }
    }
  }
}

/// How much memory one call takes beyond what the process held, in bytes: in a process of its own for each side, which
/// has computed the same of 256 rows before, so that nothing freed earlier lies ready.
enum ExtraMemory {
  /// Of our side: this program, started anew. Nil where the system cannot say.
  static func ours(_ kind: Job.Kind, rows: Int) throws -> Int? {
    let (process, output) = (Process(), Pipe())
    process.executableURL = URL(fileURLWithPath: Bundle.main.executablePath ?? CommandLine.arguments[0])
    process.arguments = ["memory", "\(kind)", "\(rows)"]
    process.standardOutput = output
    try process.run()
    let answer = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return answer.split(separator: "\n").first.flatMap { Int($0) }
  }

  /// What the program started anew does.
  static func report(_ kind: Job.Kind, rows: Int) {
    Job(kind, rows: 256).compute()
    let job = Job(kind, rows: rows)
    say(extraMemory { job.compute() }.map { "\($0)" } ?? "unknown")
  }

  /// Of the peer's side.
  static func theirs(_ kind: Job.Kind, rows: Int) throws -> Int {
    let peer = try startPeer()
    defer { peer.end() }
    try Job(kind, rows: 256).expectSame(peer)
    try Job(kind, rows: rows).hand(to: peer)
    return Int(peer.numbers("memory \(kind)")[0])
  }
}
