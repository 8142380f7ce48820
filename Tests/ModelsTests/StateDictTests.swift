import Basics
import Foundation
import Layers
import Models
import Tensors
import TestSupport
import Testing

/// A state dict as torchvision draws it, through a file that Python's safetensors wrote.
@Suite struct StateDictTests {
  /// A Python with torch, torchvision and safetensors: `$KINDRED_PYTHON`, the project's `.venv`, or the system's.
  private static let python: String? = {
    let root = "\(Files.folder(of: #filePath))/../.."
    let candidates = [
      ProcessInfo.processInfo.environment["KINDRED_PYTHON"], "\(root)/.venv/bin/python", "/usr/bin/python3",
    ]
    return candidates.compactMap { $0 }.first {
      FileManager.default.isExecutableFile(atPath: $0)
        && (try? run($0, ["-c", "import safetensors.torch, importlib.metadata as m; m.version('torchvision')"])) == 0
    }
  }()

  private static func run(_ program: String, _ arguments: [String]) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }

  @Test(.enabled(if: python != nil, "needs a Python with torch, torchvision and safetensors; set KINDRED_PYTHON"))
  func torchvisionsFileLoadsStrictly() throws {
    try withTemporaryFolder { folder in
      let script = "\(Files.folder(of: #filePath))/../Goldens/models.py"
      #expect(try Self.run(Self.python!, [script, "--save", folder]) == 0)
      let weights = try SafeTensors(contentsOf: "\(folder)/weights.safetensors")
      let example = try SafeTensors(contentsOf: "\(folder)/example.safetensors").tensors

      let tree = ParameterTree(seed: 1)
      let network = ResNet(tree.root, .resNet18(classes: 1000))
      try tree.load(weights.tensors, from: "weights.safetensors")
      let logits = withoutGradient { network.logits(example["images"]!, .evaluation) }
      expectClose(logits, example["logits"]!, relative: 0, absolute: 1e-4)

      let headless = ParameterTree(seed: 1)
      _ = ResNet(headless.root, .resNet18())
      let error = #expect(throws: InputError.self) { try headless.load(weights.tensors, from: "weights.safetensors") }
      #expect(error?.problem.contains("has fc.bias, fc.weight, which this model has not") == true)
    }
  }
}
