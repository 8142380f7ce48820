import Arguments
import Kindred

/// `kindred evaluate finetune`.
let finetune = imageMeasurement(
  "finetune", "Train the whole encoder on a share of the labels",
  options: [
    fractionOption, epochsOption, batchOption, rateOption, measuredLabelOption, measuredSeedOption,
  ],
  note:
    "SimCLR's protocol. The untrained encoder, trained alike, and linear classifiers on frozen embeddings stand beside the model."
) { context, values in
  let table = try FineTuningMeasurement(
    fraction: values[fractionOption], epochs: values[epochsOption], batch: values[batchOption],
    rate: values[rateOption], label: values[measuredLabelOption], seed: UInt64(values[measuredSeedOption])
  ).measure(context) { row, epochs, loss in
    if Console.isTerminal { Console.live("\(row): epoch \(epochs), loss \(Figures.short(loss))") }
  }
  return Findings(table)
}

private let fractionOption = Option(
  "fraction", of: .number(0.0001...1), "The share of each class's labels, one at least", default: 0.01)
private let epochsOption = Option(
  "epochs", of: .integer(1...1_000_000), "Passes over the labelled items", otherwise: "60 up to 3 %, else 30")
private let batchOption = Option("batch", of: .integer(2...), "Images a step, or all", default: 256)
private let rateOption = Option("rate", of: .number(above: 0), "The learning rate of a batch of 256", default: 0.05)
