import BenchSupport
import Foundation

/// Lines of losses.csv: how the time and the memory of a loss grow with its rows, each doubled, ours to 65,536 rows and
/// the peer's while its matrices stay below some gigabytes.
func measureGrowth(_ kind: Job.Kind) throws {
  let peer = try startPeer()
  let last = (ours: 65_536, theirs: kind == .ntxent ? 16_384 : 8192)
  for rows in sequence(first: 256, next: { 2 * $0 }).prefix(while: { $0 <= last.ours }) {
    let job = Job(kind, rows: rows)
    let isBeside = rows <= last.theirs
    if isBeside { try job.expectSame(peer) }
    let first = seconds { job.compute() }
    let times = Times(job, isBeside ? peer : nil, rounds: 3, calls: max(1, min(100, Int(0.3 / first))))
    write(kind, "kindred", rows, times.ours, try ExtraMemory.ours(kind, rows: rows))
    if isBeside { write(kind, kind.peer, rows, times.theirs, try ExtraMemory.theirs(kind, rows: rows)) }
  }
  peer.end()
}

/// Writes a line: the fastest round in milliseconds, memory in megabytes (10⁶ bytes).
private func write(_ kind: Job.Kind, _ library: String, _ rows: Int, _ times: [Double], _ bytes: Int?) {
  say("\(kind),\(library),\(rows),\(text(1000 * times.min()!, 3)),\(bytes.map { text(Double($0) / 1e6, 1) } ?? "")")
}
