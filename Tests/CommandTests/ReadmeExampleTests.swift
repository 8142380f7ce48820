import Basics
import Kindred
import TestSupport
import Testing

@Suite struct ReadmeExampleTests {
  /// The README's Swift, but for its paths and its patience.
  @Test func runs() throws { try withTemporaryFolder(example) }

  private func example(in folder: String) throws {
    try writeImages(12, to: "\(folder)/photos")
    func path(_ name: String) -> String { "\(folder)/\(name)" }
    func few(_ epochs: Int) -> Int { 1 }
    var lines: [String] = []
    func print(_ items: Any...) { lines.append(items.map { "\($0)" }.joined(separator: " ")) }

    let photos = try Sources.open(path("photos/"))
    var choices = RunPlan.Choices()  // what is left out comes from the data and the device
    choices.epochs = few(100)
    let plan = try RunPlan(method: "simclr", source: photos, specification: path("photos/"), choices: choices)
    let run = try TrainingRun(plan.configuration, on: photos, in: path("runs/photos"))  // goes on where it stopped
    var hooks = RunHooks()
    hooks.report = { print("epoch \($0.epoch) of \($0.epochs), loss \($0.loss)") }
    _ = try run.start(hooks)

    let model = try TrainedModel(contentsOf: path("runs/photos"))
    let embeddings = try model.embeddings(of: photos)  // [N, D]
    let index = try ExactIndex(vectors: embeddings, titles: (0..<photos.count).map(photos.title))
    for match in try index.nearest(to: embeddings[0..<1], count: 5)[0] {
      print(match.title, match.similarity)
    }

    let (first, second) = (embeddings.asVariable(), embeddings.asVariable())
    let loss = NTXentLoss(temperature: 0.5)(first, second)
    let gradients = loss.gradients(of: [first, second])

    #expect(lines.count == 6)
    #expect(lines.first?.hasPrefix("epoch 1 of 1, loss ") == true)
    #expect(lines.dropFirst().first?.hasPrefix("a.png ") == true)
    #expect(gradients.map { $0?.shape } == [embeddings.shape, embeddings.shape])
  }

  /// Every line of the README's Swift stands in the test above.
  @Test func isWhatTheReadmeSays() throws {
    let own: String = #filePath
    let root = Files.folder(of: Files.folder(of: Files.folder(of: own)))
    let inReadme = ["path(\"photos/\")": "\"photos/\"", "path(\"runs/photos\")": "\"runs/photos\"", "few(100)": "100"]
    let code = Set(
      try Files.text(of: own).split(separator: "\n").map { line in
        trimmed(inReadme.reduce(String(line)) { $0.replacing($1.key, with: $1.value) })
      })
    var isSwift = false
    var found = 0
    for line in try Files.text(of: "\(root)/README.md").split(separator: "\n") {
      if line.hasPrefix("```") {
        isSwift = line == "```swift"
      } else if isSwift {
        found += 1
        #expect(code.contains(trimmed(line)), "this line of README.md is not tested: \(line)")
      }
    }
    #expect(found > 15)
  }

  private func trimmed(_ line: some StringProtocol) -> String {
    String(line.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
