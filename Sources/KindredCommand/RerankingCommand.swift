import Arguments
import Basics
import Kindred

/// `kindred evaluate reranking MODEL LISTS`.
let reranking = Command(
  "reranking", "Put right answers before wrong ones, each query having its own",
  examples: [Example("minilm answers.jsonl", "a line a query: query, positive and negative, which may be lists")],
  arguments: [textModelArgument, listsArgument], options: [precisionOption, jsonOption, deviceOption],
  notes: """
    Queries without a right or a wrong answer are left out. ± is half of the 95 % \
    interval over queries. Counts of tokens and the untrained encoder stand beside the model.
    """
) { values in
  let lists = try RankingLists(contentsOf: values[listsArgument])
  let model = try SentenceModel(opening: values[textModelArgument], values)
  let table = try RerankingMeasurement().measure(model, on: lists) { done in
    if Console.isTerminal { Console.live("\(done) of \(lists.count) queries") }
  }
  Console.print(values[jsonOption] ? try Report.json(table) : table.text)
}

private let listsArgument = Argument("LISTS", of: .path, "a line a query: .jsonl, plain or gzipped")
