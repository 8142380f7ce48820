#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// What the machine's processors are doing.
public enum Processors {
  /// The number of processors that this process may use.
  public static var count: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  /// The number of processors that nobody else keeps busy, at least 1: measured over a fifth of a second on Linux, all
  /// of them elsewhere.
  ///
  /// Threads of a numerical library wait for each other by spinning. One thread more than there are free processors
  /// costs far more than one less: once measured beside other work that kept both cores of a machine busy, a run took
  /// 5 seconds on one thread and 55 on two.
  public static func free() -> Int {
    guard let before = idleTicks() else { return count }
    usleep(200_000)
    guard let after = idleTicks() else { return count }
    let ticks = Double(sysconf(Int32(_SC_CLK_TCK))) * 0.2
    // Rounded up from a third: a moment's work of the system is no reason to leave a processor unused.
    return min(count, max(1, Int(Double(after - before) / ticks + 0.67)))
  }

  /// The ticks that all processors together have idled or waited for a disk since the machine started.
  private static func idleTicks() -> Int? {
    guard let file = fopen("/proc/stat", "r") else { return nil }
    defer { fclose(file) }
    var line = [UInt8](repeating: 0, count: 256)
    let count = fread(&line, 1, line.count, file)
    let fields = String(decoding: line[..<count], as: UTF8.self).split(separator: "\n").first?.split(separator: " ")
    guard let fields, fields.count > 5, let idle = Int(fields[4]), let waiting = Int(fields[5]) else { return nil }
    return idle + waiting
  }
}
