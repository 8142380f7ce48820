import CTorch

/// What is known of libtorch itself, and its settings for the process.
public enum Engine {
  /// libtorch's version, such as `2.13.0`.
  public static var version: String { String(cString: ct_version()) }

  /// The instruction set that libtorch chose for this processor, such as `AVX512`.
  public static let processorCapability: String = {
    let text = ct_cpu_capability()!
    defer { ct_free_text(text) }
    return String(cString: text)
  }()

  /// Whether the processor multiplies `bfloat16` matrices faster than `float32` ones (AVX-512-BF16 or AMX).
  public static var processorMultipliesBFloat16: Bool { ct_cpu_multiplies_bfloat16() }

  /// The number of threads that one operation may use.
  public static var threads: Int {
    get { Int(ct_threads()) }
    set {
      precondition(newValue > 0, "an operation needs at least one thread, not \(newValue)")
      ct_set_threads(Int32(newValue))
    }
  }

  /// Calls a body at most so many times, on libtorch's threads at once, the caller's among them; for work in C.
  ///
  /// They are the threads of libtorch's own operations. Others would have to share the cores with these, which spin for a
  /// while after every operation, in wait of the next.
  package static let onThreads:
    @convention(c) (Int32, (@convention(c) (UnsafeMutableRawPointer?) -> Void)?, UnsafeMutableRawPointer?) -> Void =
      ct_on_threads

  /// Asks for algorithms that give the same bits every time, where a device offers faster ones that do not.
  public static func useDeterministicAlgorithms() {
    ct_set_deterministic(true)
  }

  /// Keeps freed memory in the process, for a program that trains: call it once, at the start.
  ///
  /// A step frees all its activations and gradients, and the next one asks for as much again. glibc gives free memory
  /// at the top of the heap back to the system, which hands it out page by page, zeroed: measured at 5 % of a step of
  /// ResNet-18. And it puts large tensors among thousands of small blocks that live on, so that its heap grows to 1.4
  /// times what is ever alive at once. On Linux tensors of 256 KiB or more have a range of addresses of their own after
  /// this call. The process stays as large as it once was. Other allocators are left as they are.
  public static func keepFreedMemory() {
    ct_keep_freed_memory()
  }

  /// The number of tensor handles that are alive in the process, for tests that nothing leaks.
  public static var liveTensorCount: Int { Int(ct_live_tensors()) }

  /// What became of libtorch's CUDA part.
  public enum CUDA: Hashable, Sendable {
    /// This libtorch has none.
    case absent
    /// It is there and loaded; there may still be no GPU.
    case loaded
    /// It is there and cannot be loaded, for the reason given.
    case broken(String)
  }

  /// libtorch's CUDA part, loaded from beside its CPU part when first asked for.
  public static let cuda: CUDA = {
    var loaded = false
    if let failure = ct_load_cuda(&loaded) {
      defer { ct_free_text(failure) }
      return .broken(String(cString: failure))
    }
    return loaded ? .loaded : .absent
  }()

  /// Called with a message when the memory for a tensor cannot be had; the default traps with it.
  ///
  /// A program that prints errors on one line sets this once, before it makes its first tensor, and leaves the
  /// process in it.
  public nonisolated(unsafe) static var whenOutOfMemory: (String) -> Never = { fatalError($0) }

  /// Traps with what failed and why.
  static func require(_ failure: CTFailure?, _ operation: @autoclosure () -> String) {
    if let failure { fail(failure, operation()) }
  }

  static func fail(_ failure: CTFailure, _ operation: String) -> Never {
    let message = String(cString: failure)
    ct_free_text(failure)
    if ["out of memory", "can't allocate memory", "alloc_cpu"].contains(where: message.contains) {
      whenOutOfMemory("out of memory in \(operation): \(message.prefix { $0 != "\n" })")
    }
    fatalError("\(operation): \(message)")
  }
}
