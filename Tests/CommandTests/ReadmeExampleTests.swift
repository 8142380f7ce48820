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
    let page = try Page("README.md")
    let spelling = ["path(\"photos/\")": "\"photos/\"", "path(\"runs/photos\")": "\"runs/photos\"", "few(100)": "100"]
    #expect(try page.untestedLines(in: #filePath, spelling: spelling) == [])
    #expect(page.blocks("swift").joined().split(separator: "\n").count > 15)
  }
}
