// swift-tools-version: 6.2
import PackageDescription

// MARK: Where libtorch lies

/// The folder that holds libtorch's `include` and `lib`: `$LIBTORCH`, or the link that `Scripts/setup` makes.
let libtorch = Context.environment["LIBTORCH"] ?? "\(Context.packageDirectory)/.deps/libtorch"

/// Folders with the headers of FreeType and HarfBuzz, which lie one level deeper than a compiler looks.
#if os(macOS)
let fontHeaders = ["/opt/homebrew/include", "/opt/homebrew/include/freetype2", "/opt/homebrew/include/harfbuzz"]
let systemLibraries = ["-L/opt/homebrew/lib"]
#else
let fontHeaders = ["/usr/include/freetype2", "/usr/include/harfbuzz"]
let systemLibraries: [String] = []
#endif

// MARK: Settings, named once

/// Every Swift target: warnings are errors, `any` is spelled out, imports are private unless said otherwise.
let swift: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// libtorch's headers come in as system headers, so that their warnings are not ours. The C++ standard is the one
/// that its own build uses.
let torchHeaders: [CXXSetting] = [
  .unsafeFlags([
    "-isystem", "\(libtorch)/include",
    "-isystem", "\(libtorch)/include/torch/csrc/api/include",
    "-O2", "-Wall", "-Wextra",
  ])
]

/// The run path makes `swift build` and the installed binary find libtorch without an environment variable.
let torchLibraries: [LinkerSetting] = [
  .unsafeFlags(["-L\(libtorch)/lib", "-Xlinker", "-rpath", "-Xlinker", "\(libtorch)/lib"]),
  .linkedLibrary("torch_cpu"),
  .linkedLibrary("c10"),
]

let imageLibraries: [LinkerSetting] =
  [.unsafeFlags(systemLibraries)] + ["jpeg", "png", "webp", "z"].map { .linkedLibrary($0) }

let fontLibraries: [LinkerSetting] =
  [.unsafeFlags(systemLibraries)] + ["freetype", "harfbuzz"].map { .linkedLibrary($0) }

// MARK: Rows: a module may use those of lower rows, never its own or a higher one (`Scripts/check-rows`)

let row1: [Target.Dependency] = ["Basics"]
let row2 = row1 + ["Tensors", "Images", "Tokenizers", "Arguments"]
let row3 = row2 + ["Layers", "Losses", "Optimizers", "Search", "Views"]
let row4 = row3 + ["Models", "Datasets", "Evaluation", "Reports"]
let row5 = row4 + ["Methods", "Inference"]
let row6 = row5 + ["Training"]

// MARK: Which tests to build

/// `KINDRED_TESTS='Losses Tensors'` builds the tests of these modules only, which shortens the way from an edit of a low
/// row to its tests; without it all are built.
let chosenTests = Context.environment["KINDRED_TESTS"]?.split(separator: " ").map { "\($0)Tests" }

let package = Package(
  name: "Kindred",
  platforms: [.macOS(.v14)],
  products: [
    .library(name: "Kindred", targets: ["Kindred"]),
    .executable(name: "kindred", targets: ["KindredCommand"]),
  ],
  targets: [
    // Row 0: C and C++ that Swift cannot reach by itself.
    .target(name: "CTorch", cxxSettings: torchHeaders, linkerSettings: torchLibraries),
    .target(name: "CTiles", cxxSettings: [.unsafeFlags(["-O3", "-Wall", "-Wextra", "-Wno-psabi"])]),
    .target(name: "CImage", cSettings: [.unsafeFlags(["-O2", "-Wall", "-Wextra"])], linkerSettings: imageLibraries),
    .target(
      name: "CFont",
      cSettings: [.unsafeFlags(fontHeaders.flatMap { ["-isystem", $0] } + ["-O2", "-Wall", "-Wextra"])],
      linkerSettings: fontLibraries),
    .target(
      name: "CZlib", cSettings: [.unsafeFlags(["-O2", "-Wall", "-Wextra"])], linkerSettings: [.linkedLibrary("z")]),
    // Row 1
    .target(name: "Basics", dependencies: ["CZlib"]),
    // Row 2
    .target(name: "Tensors", dependencies: row1 + ["CTorch"]),
    .target(name: "Images", dependencies: row1 + ["CImage", "CFont"]),
    .target(name: "Tokenizers", dependencies: row1),
    .target(name: "Arguments", dependencies: row1),
    // Row 3
    .target(name: "Layers", dependencies: row2),
    .target(name: "Losses", dependencies: row2 + ["CTiles"]),
    .target(name: "Optimizers", dependencies: row2),
    .target(name: "Search", dependencies: row2),
    .target(name: "Views", dependencies: row2),
    // Row 4
    .target(name: "Models", dependencies: row3),
    .target(name: "Datasets", dependencies: row3),
    .target(name: "Evaluation", dependencies: row3),
    .target(name: "Reports", dependencies: row3, resources: [.embedInCode("Page")]),
    // Row 5, 6, 7
    .target(name: "Methods", dependencies: row4),
    .target(name: "Inference", dependencies: row4),
    .target(name: "Training", dependencies: row5),
    .target(name: "Kindred", dependencies: row6),
    .executableTarget(name: "KindredCommand", dependencies: ["Kindred", "Arguments", "Basics"]),
    // What `make bench` runs; not a product
    .target(name: "BenchSupport", dependencies: row1, path: "Benchmarks/Support"),
    .executableTarget(
      name: "KindredEvaluationBench", dependencies: row4 + ["BenchSupport"], path: "Benchmarks/Evaluation"),
    .executableTarget(name: "KindredBench", dependencies: row4 + ["BenchSupport"], path: "Benchmarks/Engine"),
    .executableTarget(
      name: "KindredImageBench", dependencies: row4 + ["BenchSupport"], path: "Benchmarks/Images"),
    .executableTarget(
      name: "KindredLossBench", dependencies: row4 + ["BenchSupport"], path: "Benchmarks/Losses"),
    .executableTarget(
      name: "KindredTextBench", dependencies: row4 + ["Inference", "BenchSupport"], path: "Benchmarks/Text"),
    .executableTarget(name: "KindredGrowth", dependencies: row4 + ["BenchSupport"], path: "Benchmarks/Growth"),
    // Tests
    .target(
      name: "TestSupport", dependencies: ["Basics", "Tensors", "Images", "Layers", "Models", "Datasets"],
      path: "Tests/TestSupport"),
    .testTarget(name: "BasicsTests", dependencies: ["Basics", "TestSupport"]),
    .testTarget(name: "TensorsTests", dependencies: ["Tensors", "TestSupport"]),
    .testTarget(name: "ImagesTests", dependencies: ["Images", "TestSupport"]),
    .testTarget(name: "TokenizersTests", dependencies: ["Tokenizers", "Basics", "TestSupport"]),
    .testTarget(name: "ArgumentsTests", dependencies: ["Arguments"]),
    .testTarget(name: "LayersTests", dependencies: ["Layers", "TestSupport"]),
    .testTarget(name: "LossesTests", dependencies: ["Losses", "CTiles", "TestSupport"]),
    .testTarget(name: "OptimizersTests", dependencies: ["Optimizers", "TestSupport"]),
    .testTarget(name: "ViewsTests", dependencies: ["Views", "TestSupport"]),
    .testTarget(name: "SearchTests", dependencies: ["Search", "TestSupport"]),
    .testTarget(name: "ModelsTests", dependencies: ["Models", "TestSupport"]),
    .testTarget(name: "DatasetsTests", dependencies: ["Datasets", "TestSupport"]),
    .testTarget(name: "EvaluationTests", dependencies: ["Evaluation", "TestSupport"]),
    .testTarget(name: "ReportsTests", dependencies: ["Reports", "Images"]),
    .testTarget(name: "MethodsTests", dependencies: ["Methods", "TestSupport"]),
    .testTarget(name: "InferenceTests", dependencies: ["Inference", "TestSupport"]),
    .testTarget(name: "TrainingTests", dependencies: ["Training", "TestSupport"]),
    .testTarget(name: "CommandTests", dependencies: ["Kindred", "Arguments", "Basics", "Images", "TestSupport"]),
  ],
  cxxLanguageStandard: .cxx20
)

if let chosenTests {
  package.targets.removeAll { $0.type == .test && !chosenTests.contains($0.name) }
}

for target in package.targets where target.name.first != "C" || target.name == "CommandTests" {
  target.swiftSettings = (target.swiftSettings ?? []) + swift
}
