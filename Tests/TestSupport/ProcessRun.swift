import Basics

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A program that runs beside the test, and what it wrote.
public final class ProcessRun {
  /// How a process ended.
  public enum Ending: Hashable, Sendable {
    /// By itself, with a code.
    case exited(Int32)
    /// By a signal.
    case killed(Int32)
  }

  private let process: pid_t
  private let folder: String
  private var ending: Ending?

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - path: The program's file.
  ///   - words: What follows its name.
  ///   - workingFolder: Where it runs.
  /// - Throws: `InputError` when it cannot be started.
  public init(_ path: String, _ words: [String], in workingFolder: String) throws {
    folder = "/tmp/kindred-process-\(UInt64.random(in: .min ... .max))"
    try Files.makeFolder(folder)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // Files rather than pipes: a process that writes much never waits for a test that does not read.
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    for (number, name) in [(1, "output"), (2, "errors")] {
      posix_spawn_file_actions_addopen(&actions, Int32(number), "\(folder)/\(name)", O_WRONLY | O_CREAT, 0o600)
    }
    // Not every system's spawn can change the folder; a shell can, and then becomes the program.
    // One thread an operation: many processes with as many threads as there are processors wait for each other.
    // What is kept for the next time is kept with the test's files, not with the user's.
    let settings = "export OMP_NUM_THREADS=1 KINDRED_CACHE=\"$PWD/.cache\""
    let shell = ["/bin/sh", "-c", "cd \"$0\" && \(settings) && exec \"$@\"", workingFolder, path]
    var arguments: [UnsafeMutablePointer<CChar>?] = (shell + words).map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    // The threads that run tests block signals, and a process inherits that.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var (none, all) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var process = pid_t()
    let code = posix_spawn(&process, shell[0], &actions, &attributes, &arguments, environ)
    guard code == 0 else { throw InputError(in: path, "cannot be started: \(String(cString: strerror(code)))") }
    self.process = process
  }

  deinit {
    if ending == nil {
      kill(process, SIGKILL)
      _ = wait()
    }
    for name in ["output", "errors"] { unlink("\(folder)/\(name)") }
    rmdir(folder)
  }

  /// Sends a signal, if the process has not been waited for.
  public func send(_ signal: Int32) {
    if ending == nil { kill(process, signal) }
  }

  /// Waits until the process has ended.
  @discardableResult public func wait() -> Ending {
    if let ending { return ending }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7F
    let result = signal == 0 ? Ending.exited(status >> 8 & 0xFF) : .killed(signal)
    ending = result
    return result
  }

  /// What it has written to standard output so far.
  public var output: String { (try? Files.text(of: "\(folder)/output")) ?? "" }

  /// What it has written to standard error so far.
  public var errors: String { (try? Files.text(of: "\(folder)/errors")) ?? "" }

  /// The last line on standard error, which says why a process failed.
  public var lastError: String { errors.split(separator: "\n").last.map(String.init) ?? "" }
}

/// Waits without doing anything.
public func pause(seconds: Double) { usleep(UInt32(seconds * 1e6)) }
