#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Where the command writes: results to standard output, everything else to standard error.
enum Console {
  /// Whether a person is watching standard error.
  static let isTerminal = isatty(2) == 1

  /// Writes a result, with a new line at its end.
  static func print(_ text: String) {
    write(text.hasSuffix("\n") ? text : text + "\n", to: 1)
  }

  /// Writes a line for a person: a reason, a warning, an error.
  static func error(_ text: String) {
    clearLiveLine()
    write(text + "\n", to: 2)
  }

  /// Shows a line that the next one replaces; only for terminals.
  static func live(_ text: String) {
    let columns = Int(width)
    write("\r\u{1B}[2K" + String(text.prefix(max(columns - 1, 20))), to: 2)
    hasLiveLine.set(true)
  }

  /// Leaves the live line as it stands and goes to the next.
  static func keepLiveLine() {
    if hasLiveLine.get() { write("\n", to: 2) }
    hasLiveLine.set(false)
  }

  /// Takes the live line away.
  static func clearLiveLine() {
    if hasLiveLine.get() { write("\r\u{1B}[2K", to: 2) }
    hasLiveLine.set(false)
  }

  private static let hasLiveLine = Flag()

  private static var width: UInt16 {
    var size = winsize()
    return ioctl(2, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? size.ws_col : 80
  }

  /// Writes all bytes, and ends quietly when nobody reads any more (`kindred … | head`).
  private static func write(_ text: String, to file: Int32) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      #if canImport(Glibc)
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress!, $0.count) }
      #else
      let count = rest.withUnsafeBytes { Darwin.write(file, $0.baseAddress!, $0.count) }
      #endif
      if count < 0, errno == EINTR { continue }
      if count <= 0 {
        // A line for a person that cannot be shown is no reason to stop a run; a result that cannot be written is.
        if file != 1 { return }
        if errno != EPIPE { error("kindred: standard output: cannot be written (\(String(cString: strerror(errno))))") }
        exit(errno == EPIPE ? 128 + SIGPIPE : 1)
      }
      rest = rest.dropFirst(count)
    }
  }
}
