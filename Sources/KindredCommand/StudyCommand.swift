import Arguments
import Basics
import Kindred

/// `kindred study objectives`.
let study = Command(
  "study", "Train and measure several ways, and compare them",
  examples: [
    Example("objectives photos/ --epochs 20", "cross entropy, SimCLR and SupCon, three seeds each"),
    Example("objectives photos/ --minutes 2 --methods simclr,supcon --seeds 5"),
  ], subcommands: [objectives])

private let objectives = Command(
  "objectives", "Cross entropy, SimCLR and SupCon with the same encoder, views and budget",
  examples: [Example("photos/ --epochs 20 --run runs/objectives", "begun again, it goes on where it stopped")],
  arguments: [studySourceArgument],
  options: [
    studyRunOption, methodsOption, seedsOption, studyEpochsOption, minutesOption, TrainingOptions.encoder,
    TrainingOptions.stem, TrainingOptions.size,
    TrainingOptions.recipe, TrainingOptions.batch, TrainingOptions.optimizer, TrainingOptions.rate,
    TrainingOptions.label, precisionOption, deviceOption, TrainingOptions.threads,
    TrainingOptions.workers, figureOption, jsonOption,
  ],
  notes: """
    Every encoder is frozen and gets the same linear classifier, which is SupCon's second stage. ± is half of the 95 % \
    interval over seeds.
    """
) { values in
  let specification = values[studySourceArgument]
  let source = try Sources.open(specification)
  let folder = values[studyRunOption] ?? "runs/objectives-\(specification.split(separator: "/").last ?? "data")"
  let figure = values[figureOption] ?? "\(folder)/figure.png"
  if values[figureOption] != nil { try OutputFile.require(figure, endingIn: ".png") }
  let budget: ObjectiveStudy.Budget
  switch (values[studyEpochsOption], values[minutesOption]) {
  case (let epochs?, nil): budget = .epochs(epochs)
  case (nil, let minutes?): budget = .minutes(minutes)
  case (nil, nil): throw Misuse("no budget is named; add --epochs N, or --minutes X for each run")
  default: throw Misuse("--epochs and --minutes are two budgets; give one of them")
  }
  var choices = RunPlan.Choices()
  choices.encoder = values[TrainingOptions.encoder]
  choices.stem = values[TrainingOptions.stem].flatMap { name in ResNet.Stem.allCases.first { $0.name == name } }
  choices.imageSize = values[TrainingOptions.size]
  choices.recipe = values[TrainingOptions.recipe]
  choices.batchSize = values[TrainingOptions.batch]
  choices.optimizer = values[TrainingOptions.optimizer]
  choices.rate = values[TrainingOptions.rate]
  choices.label = values[TrainingOptions.label]
  choices.precision = values[precisionOption].flatMap(Precision.init(rawValue:))
  choices.device = values[deviceOption]
  choices.threads = values[TrainingOptions.threads]
  choices.workers = values[TrainingOptions.workers]
  let study = try ObjectiveStudy(
    (values[methodsOption]).split(separator: ",").map(String.init), on: source, specification: specification,
    seeds: values[seedsOption], budget: budget, choices: choices, in: folder)
  Interruption.listen()
  let line = ProgressLine()
  let report = try study.run(
    say: { Console.error($0) }, progress: { line.show($0) }, shouldStop: { Interruption.isRequested })
  guard let report else {
    throw Interrupted(message: "stopped; the same line goes on with \(folder)")
  }
  try Files.write(figure, bytes: report.chart().png())
  Console.error("wrote \(figure)")
  Console.print(values[jsonOption] ? try Report.json(report) : report.table.text)
}

private let studySourceArgument = Argument("SOURCE", of: .string, "images with classes")
private let studyRunOption = Option(
  "run", "r", of: .string, "Where the study lies", otherwise: "runs/objectives-SOURCE")
private let methodsOption = Option(
  "methods", of: .string, "What is compared, separated by commas",
  default: ObjectiveStudy.methods.joined(separator: ","))
private let seedsOption = Option("seeds", of: .integer(1...1000), "Runs of every method, by seeds 1, 2, …", default: 3)
private let studyEpochsOption = Option(
  "epochs", "e", of: .integer(1...), "Passes over the data of every run", otherwise: "--minutes")
private let minutesOption = Option(
  "minutes", of: .number(above: 0), "Time of every run, from which its epochs follow", otherwise: "--epochs")
private let figureOption = Option(
  "output", "o", of: .path, "Where the figure is drawn", otherwise: "figure.png in the study's folder")
