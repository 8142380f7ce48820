import Arguments
import Basics
import Kindred

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

// Every error is one line on standard error: 2 for a line that cannot be understood, 1 for anything else.

// A reader that goes (`| head`) and a file that may not grow (`ulimit -f`) are errors of a write, not the end of a run.
signal(SIGPIPE, SIG_IGN)
signal(SIGXFSZ, SIG_IGN)

Engine.whenOutOfMemory = { message in
  Console.error("kindred: \(message); try a smaller --batch or --size")
  _exit(1)
}

do {
  switch try program.action(for: CommandLine.arguments.dropFirst()) {
  case .show(let text): Console.print(text)
  case .run(let work):
    Engine.keepFreedMemory()
    try work()
  }
} catch let error as UsageError {
  Console.error("kindred: \(error)")
  exit(2)
} catch let misuse as Misuse {
  Console.error("kindred: \(misuse.message)")
  exit(2)
} catch let stop as Interrupted {
  Console.error("kindred: \(stop.message)")
  exit(stop.exitCode)
} catch {
  Console.error("kindred: \(error)")
  exit(1)
}
