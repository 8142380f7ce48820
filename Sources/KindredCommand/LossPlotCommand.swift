import Arguments
import Basics
import Kindred

/// `kindred loss plot NAME -o plot.png`: a loss and its slope against a similarity, as a picture.
let lossPlot = Command(
  "plot", "Draw a loss and its slope against the similarity of a negative",
  examples: [
    Example("ntxent -o plot.png", "at several temperatures"),
    Example("triplet -o plot.png --at 0.1 --at 0.5", "at these margins"),
    Example("multisimilarity -o plot.png --vary base", "at several values of another number"),
  ],
  arguments: [nameArgument], options: [outputOption, varyOption, valuesOption, semanticsOption],
  notes: "One row of a small batch turns towards an anchor; the slope is by the cosine of these two alone."
) { values in
  guard let path = values[outputOption] else { throw Misuse("no file is named for the picture; add -o plot.png") }
  guard let entry = LossCatalogue[values[nameArgument]] else { throw Misuse("no loss of this name") }
  try OutputFile.require(path)
  var choices = LossEvaluation.Choices()
  choices.semantics = values[semanticsOption].flatMap(Semantics.init)
  let plot = try LossPlot(of: entry, choices, varying: values[varyOption], values: values[valuesOption])
  try Files.write(path, bytes: plot.chart().image(text: Typeface.systemText()).png())
  Console.error("wrote \(path)")
}

private let nameArgument = Argument(
  "NAME", of: .choice(of: LossCatalogue.entries.map(\.description.name)), "which loss")
private let varyOption = Option(
  "vary", of: .string, "Which number differs between the curves",
  otherwise: "the temperature, the scale, the margin, or the first one")
private let valuesOption = Option(repeated: "at", of: .number, "A value of that number; may be given several times")
private let semanticsOption = Option(
  "semantics", of: .choice(of: Semantics.allCases.map(\.rawValue)), "Whose definition is drawn",
  otherwise: "the loss's own")
