// The measurements' benchmark: retrieval beside pytorch-metric-learning's AccuracyCalculator, neighbours beside lightly's
// knn_predict, in time and memory (Benchmarks/Evaluation.md).
//
//     swift run -c release KindredEvaluationBench                    (make bench)
//     swift run -c release KindredEvaluationBench ROWS CLASSES K     one case; K is None or max_bin_count
//     swift run -c release KindredEvaluationBench neighbors
//     swift run -c release KindredEvaluationBench growth
//
// Both sides run in one session, and their figures must be equal. `$KINDRED_PYTHON` names a Python with the peers.

import BenchSupport
import Foundation
import Tensors

/// The threads that each side computes with.
let threads = 2

Engine.threads = threads
let arguments = CommandLine.arguments.dropFirst()
let numbers = arguments.compactMap { Int($0) }
switch (arguments.first, numbers.count) {
case (nil, _):
  for classes in [10, 100, 1000] { try compareRetrieval(10_000, classes: classes, k: "None") }
  for classes in [10, 100, 1000] { try compareRetrieval(50_000, classes: classes, k: "max_bin_count") }
  try compareNeighbors()
case ("memory", 2): reportMemory(numbers[0], classes: numbers[1])
case ("neighbors", 0): try compareNeighbors()
case ("growth", 0): try measureGrowth()
case (_, 2) where arguments.count == 3:
  try compareRetrieval(numbers[0], classes: numbers[1], k: arguments.last!)
default: stop("give nothing, 'neighbors', 'growth', or rows, classes and k")
}

func startPeer() throws -> Peer {
  let peer = try Peer("evaluation.py", needs: "torch, lightly, pytorch-metric-learning and faiss-cpu")
  guard peer.ask("threads \(threads)") == "done", let version = peer.ask("version") else {
    stop("the peer did not start")
  }
  say("Kindred on libtorch \(Engine.version), \(Engine.processorCapability); \(version); \(threads) threads each")
  return peer
}

/// Every row among all others, beside AccuracyCalculator with its setting of k.
func compareRetrieval(_ rows: Int, classes: Int, k: String) throws {
  let peer = try startPeer()
  defer { peer.end() }
  // Both have computed something before.
  let small = Embeddings(500, classes: 10)
  try small.hand(to: peer)
  _ = (small.retrieval(), peer.numbers("retrieval \(k)"))
  let embeddings = Embeddings(rows, classes: classes)
  try embeddings.hand(to: peer)
  var (ours, figures): ([Double], [Double]) = ([], [])
  for _ in 0..<3 { ours.append(seconds { figures = embeddings.retrieval() }) }
  let answer = peer.numbers("retrieval \(k)")
  let apart = zip(figures, answer.dropFirst(2)).map { abs($0 - $1) }.max()!
  guard apart < 1e-6 else { stop("figures \(figures), the peer's \(answer.dropFirst(2))") }
  say(
    "\(rows) rows of \(classes) classes, k \(k): \(text(median(ours), 2)) s, the peer \(text(answer[0], 2)) s, ratio "
      + "\(text(answer[0] / median(ours), 2)); figures \(apart) apart; "
      + "\(try memoryOfOurs(rows, classes: classes)) MB, the peer \(Int(answer[1] / 1e6)) MB")
}

/// 10,000 rows among 50,000 others, beside knn_predict.
func compareNeighbors() throws {
  let peer = try startPeer()
  defer { peer.end() }
  let embeddings = Embeddings(60_000, classes: 10)
  try embeddings.hand(to: peer)
  var (ours, theirs): ([Double], [Double]) = ([], [])
  for _ in 0..<3 {
    var share = 0.0
    ours.append(seconds { share = embeddings.neighbors(10_000) })
    let answer = peer.numbers("neighbors 10000")
    theirs.append(answer[0])
    guard abs(share - answer[1]) <= 1e-4 else { stop("\(share) are right, the peer's \(answer[1])") }
  }
  say(
    "10000 rows among 50000, k 200: \(text(median(ours), 2)) s, the peer \(text(median(theirs), 2)) s, ratio "
      + "\(text(median(theirs) / median(ours), 2))")
}

/// How time and memory grow with the number of rows.
func measureGrowth() throws {
  say("rows,seconds,megabytes")
  for rows in [6_250, 12_500, 25_000, 50_000, 100_000] {
    let embeddings = Embeddings(rows, classes: 100)
    let time = seconds { _ = embeddings.retrieval() }
    say("\(rows),\(text(time, 2)),\(try memoryOfOurs(rows, classes: 100))")
  }
}

/// What the program started anew does to tell how much memory a measurement takes.
func reportMemory(_ rows: Int, classes: Int) {
  _ = Embeddings(500, classes: 10).retrieval()
  let embeddings = Embeddings(rows, classes: classes)
  say(extraMemory { _ = embeddings.retrieval() }.map { "\($0)" } ?? "unknown")
}

/// The most megabytes that our side held beyond the rows, in a process of its own.
func memoryOfOurs(_ rows: Int, classes: Int) throws -> String {
  let (process, output) = (Process(), Pipe())
  process.executableURL = URL(fileURLWithPath: Bundle.main.executablePath ?? CommandLine.arguments[0])
  process.arguments = ["memory", "\(rows)", "\(classes)"]
  process.standardOutput = output
  try process.run()
  let answer = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  process.waitUntilExit()
  return answer.split(separator: "\n").first.flatMap { Int($0) }.map { "\($0 / 1_000_000)" } ?? "unknown"
}
