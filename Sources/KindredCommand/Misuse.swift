/// A command line whose parts are right each, but not together; the process ends with 2, as after other misuse.
struct Misuse: Error {
  let message: String

  init(_ message: String) { self.message = message }
}
