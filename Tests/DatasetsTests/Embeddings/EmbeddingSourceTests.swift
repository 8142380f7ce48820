import Basics
import Tensors
import Testing

@testable import Datasets

@Suite struct EmbeddingSourceTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try save([1, 2, 3, 4, 5, 6], [3, 2], as: "x.npy")
    try save([7, 8], [1, 2], as: "t.npy")
    try save([5, -1, 5], [3], .int64, as: "y.npy")
  }

  private func save(_ values: [Double], _ shape: [Int], _ type: DataType = .float32, as name: String) throws {
    try NumPyFile.write(Tensor(values, shape: shape).to(type), to: "\(folder.path)/\(name)")
  }

  private func write(_ name: String, _ text: String) throws { try folder.write(name, Array(text.utf8)) }

  private func open(
    _ embeddings: String, _ labels: String? = nil, _ more: String? = nil, _ moreLabels: String? = nil
  ) throws -> EmbeddingSource {
    func paths(_ embeddings: String, _ labels: String?) -> EmbeddingSource.Paths {
      .init("\(folder.path)/\(embeddings)", labels: labels.map { "\(folder.path)/\($0)" })
    }
    return try EmbeddingSource(paths(embeddings, labels), learned: more.map { paths($0, moreLabels) })
  }

  private func problem(_ files: String?...) -> String? {
    let files = files + [nil, nil, nil]
    return #expect(throws: InputError.self) { try open(files[0]!, files[1], files[2], files[3]) }?.description
      .replacing(folder.path + "/", with: "")
  }

  @Test func joinsBothArraysByWhatLabelsAreCalled() throws {
    try write("more.txt", "12\n")
    let source = try open("x.npy", "y.npy", "t.npy", "more.txt")
    #expect(source.count == 4)
    #expect(source.split == Split(train: [3], test: [0, 1, 2]))
    // Numbers in their order, of which −1 is one like any other.
    #expect(source.labelings == [Labeling(name: "label", classes: ["-1", "5", "12"], labels: [1, 0, 1, 2])])
    #expect(source.rows(of: [0, 1, 2]).values(as: Float.self) == [1, 2, 3, 4, 5, 6])
    #expect(source.rows(of: [3]).values(as: Float.self) == [7, 8])
    #expect(source.rows(of: [3, 1]).values(as: Float.self) == [7, 8, 3, 4])
    #expect(source.title(of: 3) == "t.npy #0")
    #expect(try open("x.npy").labelings.isEmpty)
  }

  @Test func keepsDoublePrecision() throws {
    try save([1 + 1e-12, 2], [1, 2], .float64, as: "d.npy")
    #expect(try open("d.npy").rows(of: [0]).values(as: Double.self) == [1 + 1e-12, 2])
    let both = try open("d.npy", nil, "t.npy")
    #expect(both.rows(of: [0, 1]).type == .float64)
    #expect(both.rows(of: [1]).type == .float64)
    try SafeTensors(["embeddings": Tensor([1, 2, 3, 4] as [Float], shape: [2, 2]).to(.float16)]).write(
      to: "\(folder.path)/h.safetensors")
    #expect(try open("h.safetensors").rows(of: [0, 1]).type == .float32)
  }

  @Test func readsLabelsOfEveryKind() throws {
    try write("words.txt", "cat\r\n\r\ncat dog \r\n")
    #expect(try open("x.npy", "words.txt").labelings[0] == Labeling(name: "label", naming: ["cat", nil, "cat dog"]))
    try write("y.csv", "id,species,class\n1,lynx,cat\n2,,cat\n3,husky,\"dog, wet\"\n")
    let table = try open("x.npy", "y.csv").labelings
    #expect(table.map(\.name) == ["class", "species"])
    #expect(table[0] == Labeling(name: "class", naming: ["cat", "cat", "dog, wet"]))
    #expect(table[1] == Labeling(name: "species", naming: ["lynx", nil, "husky"]))
    try write("y.jsonl", #"{"y": 3}"# + "\n" + #"{"y": 10}"# + "\n" + #"{"y": 3}"# + "\n")
    #expect(try open("x.npy", "y.jsonl").labelings == [Labeling(name: "y", classes: ["3", "10"], labels: [0, 1, 0])])
    try save([1, 0, 1], [3, 1], .float32, as: "whole.npy")
    #expect(try open("x.npy", "whole.npy").labelings[0].labels == [1, 0, 1])
  }

  @Test func saysWhatIsWrong() throws {
    try save([1, .nan, 3, 4], [2, 2], as: "nan.npy")
    #expect(problem("nan.npy")?.hasPrefix("nan.npy, row 0: its embedding holds a NaN or an infinite number") == true)
    try save([1, 2], [2], as: "flat.npy")
    #expect(problem("flat.npy") == "flat.npy: has the shape [2]; embeddings are [rows, columns]")
    try save([], [0, 3], as: "none.npy")
    #expect(problem("none.npy") == "none.npy: has the shape [0, 3]; embeddings are [rows, columns]")
    try save([1, 2], [1, 2], .int64, as: "whole.npy")
    #expect(problem("whole.npy")?.contains("holds int64, and embeddings are numbers with fractions") == true)
    try save([1, 2], [2], .int64, as: "short.npy")
    #expect(
      problem("x.npy", "short.npy")
        == "short.npy: has 2 labels; \(folder.path)/x.npy has 3 rows".replacing(folder.path + "/", with: ""))
    try save([1, 2.5, 3], [3], as: "half.npy")
    #expect(problem("x.npy", "half.npy")?.hasPrefix("half.npy: holds numbers that are not whole; labels are") == true)
    #expect(problem("x.npy", "x.npy") == "x.npy: has the shape [3, 2]; one label a row expected, [rows]")
    #expect(problem("x.npy", "y.json")?.hasPrefix("y.json: its ending stands for no labels that are known") == true)
    #expect(problem("x.npy", "gone.npy")?.hasPrefix("gone.npy: cannot be opened") == true)
    try save([1, 2, 3], [1, 3], as: "wide.npy")
    #expect(problem("x.npy", "y.npy", "wide.npy") == "wide.npy: has rows of 3 numbers; those of x.npy have 2")
    try write("bad.csv", "class\ncat\ncat,dog\ncat\n")
    #expect(
      problem("x.npy", "bad.csv")
        == "bad.csv, line 3: has 2 fields, where the first line names 1; every row of the embeddings needs one here")
    try write("two.csv", "a,b\n1,2\n")
    try write("three.csv", "class,b\n1,2\n1,2\n1,2\n")
    #expect(problem("x.npy", "three.csv", "t.npy", "two.csv") == "two.csv: has no column called 'class'; it has a, b")
  }

  @Test func pairsFitEachOther() throws {
    try save([1, 1, 0], [3], .int64, as: "same.npy")
    let (x, t, same) = ("\(folder.path)/x.npy", "\(folder.path)/t.npy", "\(folder.path)/same.npy")
    #expect(try EmbeddingPairs(x, x, labels: same).areSame() == [true, true, false])
    let lengths = #expect(throws: InputError.self) { try EmbeddingPairs(x, t) }
    #expect(lengths?.description == "\(t): has 1 rows; \(x), whose partners they are, has 3")
    let grades = #expect(throws: InputError.self) { try EmbeddingPairs(x, x, labels: "\(folder.path)/y.npy").areSame() }
    #expect(grades?.problem == "says '5' of pair 0")
  }
}
