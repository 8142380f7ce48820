/// How well right answers stand before wrong ones, each query having its own: the second stage of a search.
public struct RerankingMeasurement {
  /// Among how many answers MRR and nDCG count.
  private static let cutoff = 10

  /// How many texts are embedded at once, unless those of one query are more.
  private static let most = 8192

  /// Creates the measurement.
  public init() {}

  /// Measures a model on lists; queries that lack right or wrong answers are left out.
  ///
  /// - Parameter progress: Called with the number of queries done so far.
  /// - Throws: `InputError` when no query has both kinds of answers.
  public func measure(_ model: SentenceModel, on lists: RankingLists, progress: (Int) -> Void = { _ in }) throws
    -> Table
  {
    let queryPrompt = try model.prompt(model.prompts["query"] == nil ? nil : "query")
    let documentPrompt = try model.prompt(["document", "passage", "corpus"].first { model.prompts[$0] != nil })
    let asking = TextContext.encoders(of: model, prompt: queryPrompt)
    let answering = TextContext.encoders(of: model, prompt: documentPrompt)
    var rankings = asking.map { _ in [QueryRanking]() }
    var next = 0
    while next < lists.count {
      var (samples, texts): ([RankingLists.Sample], Int) = ([], 0)
      while next < lists.count, texts < Self.most {
        let sample = lists.samples(next..<next + 1)[0]
        next += 1
        guard !sample.positives.isEmpty, !sample.negatives.isEmpty else { continue }
        samples.append(sample)
        texts += 1 + sample.positives.count + sample.negatives.count
      }
      for (place, (query, answer)) in zip(asking, answering).enumerated() where !samples.isEmpty {
        rankings[place] += try Self.rankings(of: samples, query.embed, answer.embed)
      }
      progress(next)
    }
    guard !rankings[0].isEmpty else {
      throw InputError(in: lists.name, "no query has both right and wrong answers", remedy: "add some of either kind")
    }
    let left = lists.count - rankings[0].count
    let k = Self.cutoff
    return Table(
      "reranking of \(lists.name): \(rankings[0].count) queries"
        + (left > 0 ? ", \(left) left out that lack right or wrong answers" : ""),
      columns: ["MAP", "MRR@\(k)", "nDCG@\(k)"],
      rows: zip(asking, rankings).map { encoder, rankings in
        Table.Row(
          encoder.name,
          of: [
            rankings.map(\.averagePrecision), rankings.map { $0.firstRank <= k ? 1 / Double($0.firstRank) : 0 },
            rankings.map { $0.gain[0] },
          ])
      })
  }

  /// How well samples are put in order. Of equal similarities the wrong answer stands first.
  private static func rankings(
    of samples: [RankingLists.Sample], _ query: ([String]) -> Tensor, _ answer: ([String]) -> Tensor
  ) throws -> [QueryRanking] {
    var answers = DistinctTexts()
    for sample in samples {
      for text in sample.positives + sample.negatives { answers.add(text) }
    }
    return try rankings(
      samples.map { ($0.positives.count, $0.negatives.count) }, queries: query(samples.map(\.query)),
      answers: answer(answers.texts).items(at: answers.places))
  }

  /// How well lists of answers are put in order: `answers` holds for one query after another first the right ones, then
  /// the wrong ones.
  static func rankings(
    _ lists: [(right: Int, wrong: Int)], queries: Tensor, answers: Tensor
  ) throws -> [QueryRanking] {
    let owners = lists.enumerated().flatMap { Array(repeating: $0, count: $1.right + $1.wrong) }
    let similarities = PairScores.cosine(queries.items(at: owners), answers)
    if similarities.contains(where: { !$0.isFinite }) {
      throw InputError("an embedding holds numbers that are not finite", remedy: "was the model trained to its end?")
    }
    var place = 0
    return lists.map { right, wrong in
      defer { place += right + wrong }
      return QueryRanking(
        relevant: Array(similarities[place..<place + right]),
        others: Array(similarities[place + right..<place + right + wrong]), cutoffs: [cutoff])
    }
  }
}
