import Basics

// The folder, as the BEIR benchmark has it:
//
//     corpus.jsonl     {"_id": "d1", "title": "…", "text": "…"} a line
//     queries.jsonl    {"_id": "q1", "text": "…"} a line
//     qrels/test.tsv   query-id, corpus-id and score: what is above 0 is relevant
//
// Source: Thakur et al. "BEIR: A Heterogeneous Benchmark for Zero-shot Evaluation of Information Retrieval Models." NeurIPS
// 2021, datasets and benchmarks. <https://arxiv.org/abs/2104.08663>

extension SearchSet {
  /// Reads a folder in the form of BEIR; its files may be gzipped.
  ///
  /// A document's text is its title, where it has one, and then its text. Judgements of documents or queries that are not
  /// there are left out and counted.
  ///
  /// - Parameter part: The name of the judgements: `test`, `dev`. Unless told `test`, or the only ones there are.
  /// - Throws: `InputError` when a file is missing or damaged, or lacks a column.
  public init(folder: String, part: String? = nil) throws {
    let corpus = try TextTable(contentsOf: Self.file("corpus.jsonl", in: folder))
    let (ids, texts) = (try corpus.named("_id"), try corpus.named("text"))
    let title = corpus.columns.firstIndex(of: "title")
    let judged = try Self.judgements(in: folder, part)
    let wanted = Set(judged.map(\.document))
    var numbers: [String: Int] = [:]
    for start in stride(from: 0, to: corpus.count, by: 4096) {
      for (place, id) in corpus.texts(start..<min(start + 4096, corpus.count), column: ids).enumerated()
      where wanted.contains(id) {
        numbers[id] = start + place
      }
    }
    let table = try TextTable(contentsOf: Self.file("queries.jsonl", in: folder))
    let names = table.texts(0..<table.count, column: try table.named("_id"))
    let words = table.texts(0..<table.count, column: try table.named("text"))
    let places = Dictionary(zip(names, names.indices)) { first, _ in first }
    var relevant = [Set<Int>](repeating: [], count: table.count)
    var lost = 0
    for (query, document) in judged {
      if let query = places[query], let document = numbers[document] {
        relevant[query].insert(document)
      } else {
        lost += 1
      }
    }
    let kept = relevant.indices.filter { !relevant[$0].isEmpty }
    guard !kept.isEmpty else {
      throw InputError(
        in: folder, "none of \(judged.count) judgements is of a query and a document that are there",
        remedy: "do qrels, queries.jsonl and corpus.jsonl belong together?")
    }
    var notes: [String] = []
    if lost > 0 { notes.append("\(lost) of \(judged.count) judgements name what is not there, and are left out") }
    if kept.count < table.count {
      notes.append("\(table.count - kept.count) of \(table.count) queries have no judgement, and are left out")
    }
    self.init(
      name: folder, queries: kept.map { words[$0] }, relevant: kept.map { relevant[$0].sorted() },
      documentCount: corpus.count, notes: notes
    ) { range in
      let texts = corpus.texts(range, column: texts)
      guard let title else { return texts }
      return zip(corpus.texts(range, column: title), texts).map { $0.isEmpty ? $1 : "\($0) \($1)" }
    }
  }

  /// Which document is relevant to which query, by their names.
  private static func judgements(in folder: String, _ part: String?) throws -> [(query: String, document: String)] {
    let path = try judgementsPath(in: folder, part)
    let table = try TextTable(contentsOf: path)
    let all = 0..<table.count
    let queries = table.texts(all, column: try table.named("query-id"))
    let documents = table.texts(all, column: try table.named("corpus-id"))
    let scores = try table.texts(all, column: try table.named("score")).enumerated().map { row, text in
      guard let score = Double(text) else {
        throw InputError(in: table.place(of: row), "'\(text)' is no score", remedy: "write 1 for what is relevant")
      }
      return score
    }
    return all.filter { scores[$0] > 0 }.map { (queries[$0], documents[$0]) }
  }

  private static func judgementsPath(in folder: String, _ part: String?) throws -> String {
    let names = ((try? Files.names(in: "\(folder)/qrels")) ?? []).filter {
      $0.hasSuffix(".tsv") || $0.hasSuffix(".tsv.gz")
    }.sorted()
    guard !names.isEmpty else {
      throw InputError(
        in: "\(folder)/qrels", "holds no judgements", remedy: "put query-id, corpus-id and score into test.tsv")
    }
    func file(_ part: String) -> String? { names.first { $0 == "\(part).tsv" || $0 == "\(part).tsv.gz" } }
    guard let name = part.map(file) ?? file("test") ?? (names.count == 1 ? names[0] : nil) else {
      throw InputError(
        in: "\(folder)/qrels", part.map { "holds no '\($0)'" } ?? "holds several judgements",
        remedy: "choose one of \(names.map { $0.split(separator: ".")[0] }.joined(separator: ", ")) with --qrels")
    }
    return "\(folder)/qrels/\(name)"
  }

  private static func file(_ name: String, in folder: String) throws -> String {
    guard Files.isFolder(folder) else { throw InputError(in: folder, "is no folder", remedy: "check the path") }
    let path = "\(folder)/\(name)"
    if !Files.exists(path), Files.exists("\(path).gz") { return "\(path).gz" }
    return path
  }
}

extension TextTable {
  /// The number of a column that must be there.
  fileprivate func named(_ name: String) throws -> Int {
    guard let column = columns.firstIndex(of: name) else {
      throw InputError(
        in: self.name, "has no column '\(name)'", remedy: "it has \(columns.joined(separator: ", "))")
    }
    return column
  }
}
