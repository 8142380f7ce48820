import Arguments
import Kindred

/// `kindred evaluate fewshot`.
let fewshot = measurement(
  "fewshot", "Tell classes by a few labelled items of each", on: .rows(beside: .train),
  options: [waysOption, shotsOption, queriesOption, trialsOption, fromOption, measuredLabelOption, measuredSeedOption],
  note:
    "± is half of the 95 % interval over trials. Classes with too few items take no part. Raw pixels, or counts of tokens, and the untrained encoder stand beside the model."
) { input, values in
  let part = values[fromOption].flatMap(FewShotMeasurement.Part.init) ?? (input.hasOthers ? .train : .test)
  return Findings(
    try FewShotMeasurement(
      ways: values[waysOption], shots: values[shotsOption], queries: values[queriesOption],
      trials: values[trialsOption],
      from: part, label: values[measuredLabelOption],
      seed: UInt64(values[measuredSeedOption])
    ).measure(input.context))
}

private let waysOption = Option(
  "ways", of: .integer(2...), "How many classes a trial has", otherwise: "all, and all other items are asked")
private let shotsOption = Option("shots", of: .integer(1...), "How many labelled items a class has", default: 1)
private let queriesOption = Option(
  "queries", of: .integer(1...), "How many items of a class are asked", otherwise: "15, or all without --ways")
private let trialsOption = Option(
  "trials", of: .integer(1...1_000_000), "How many trials are drawn", otherwise: "600, or 50 without --ways")
private let fromOption = Option(
  "from", of: .choice(of: FewShotMeasurement.Part.allCases.map(\.rawValue)), "Where labelled items are drawn",
  otherwise: "test, or the embeddings to learn from that are given")
