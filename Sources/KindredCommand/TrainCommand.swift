import Arguments
import Basics
import Kindred

/// `kindred train METHOD SOURCE`.
let train = Command(
  "train", "Train an encoder",
  examples: [
    Example("clip emoji --run runs/emoji", "images and their words, in one space"),
    Example("simclr photos/ --run runs/photos", "images alone"),
    Example("supcon photos/ --run runs/classes", "images in class folders"),
    Example("metric photos/ --loss triplet --miner batch-hard", "any loss, any miner"),
    Example("simclr mnist/ --epochs 5 --batch 128 --seed 2"),
  ],
  subcommands: [
    trainCommand("clip", "Learn which text belongs to which image"),
    trainCommand("simclr", "Learn from images alone, by telling two views of one from those of others"),
    trainCommand("supcon", "Learn from images with classes, by telling views of one class from those of others"),
    trainCommand("crossentropy", "Learn to classify: the baseline of supcon"),
    trainCommand("metric", "Learn from images with classes, by any loss over pairs, triplets or proxies"),
  ])

/// `kindred resume RUN`.
let resume = Command(
  "resume", "Go on with a run that was stopped or killed",
  examples: [Example("runs/emoji", "as if it had never stopped")],
  arguments: [runArgument], options: [lastGoodOption]
) { values in
  let folder = RunFolder(values[runArgument])
  let configuration = try folder.configuration()
  let source = try Sources.open(configuration.source)
  try TrainingSession(configuration, on: source, in: folder.path, lastGood: values[lastGoodOption]).start()
}

private let runArgument = Argument("RUN", of: .path, "the folder of the run")
private let lastGoodOption = Option("last-good", "Go on from the checkpoint before when the newest is damaged")
private let sourceArgument = Argument(
  optional: "SOURCE", of: .string, "what to learn from", otherwise: "that of --config")
private let runOption = Option("run", "r", of: .string, "Where the run lies", otherwise: "runs/METHOD-SOURCE")
private let configOption = Option("config", of: .string, "Repeat the run of a run.json exactly")
private let microBatchOption = Option(
  "micro-batch", of: .integer(2...), "Examples that go through the encoders at once, for batches beyond memory",
  otherwise: "the batch")
private let momentumOption = Option("momentum", of: .number(0..<1), "Of sgd and lars", otherwise: "0.9")
private let decayOption = Option(
  "weight-decay", of: .number(0...), "How strongly weights are pulled to 0", otherwise: "from the method")
private let scheduleOption = Option(
  "schedule", of: .choice(of: RateDecay.allCases.map(\.rawValue)), "The rate after its warm-up", otherwise: "cosine")
private let warmupOption = Option(
  "warmup", of: .number(0...), "How long the rate rises from 0", unit: "epochs", otherwise: "a tenth, at most 10")
private let temperatureOption = Option(
  "temperature", of: .number(above: 0), "What similarities are divided by", otherwise: "0.1")
private let headOption = Option("head", of: .integer(0...4), "Layers of the projection head", otherwise: "2")
private let seedOption = Option("seed", of: .integer(0...), "What all choices are drawn from", default: 1)
private let checkpointOption = Option(
  "checkpoint-every", of: .number(above: 0), "Time between checkpoints", unit: "seconds", default: 60)
private let evaluationOption = Option(
  "evaluate-every", of: .integer(0...), "Epochs between evaluations, 0 for none", otherwise: "a tenth of all")

private func trainCommand(_ method: String, _ summary: String) -> Command {
  let hasHead = ["simclr", "supcon"].contains(method)
  let hasLabels = ["supcon", "crossentropy", "metric"].contains(method)
  var options: [any AnyOption] = [
    runOption, configOption, TrainingOptions.encoder, TrainingOptions.stem, TrainingOptions.size,
    TrainingOptions.recipe, TrainingOptions.epochs, TrainingOptions.batch,
    microBatchOption, TrainingOptions.optimizer, momentumOption, decayOption, TrainingOptions.rate, warmupOption,
    scheduleOption,
  ]
  if hasLabels { options += [TrainingOptions.label] as [any AnyOption] }
  let metric = method == "metric" ? MetricOptions() : nil
  options += metric?.main ?? []
  if hasHead { options += [temperatureOption, headOption] as [any AnyOption] }
  options +=
    [
      seedOption, precisionOption, deviceOption, TrainingOptions.threads, TrainingOptions.workers, checkpointOption,
      evaluationOption,
      lastGoodOption,
    ] as [any AnyOption]
  return Command(
    method, summary, examples: [Example(method == "clip" ? "emoji --run runs/emoji" : "photos/ --run runs/photos")],
    arguments: [sourceArgument], options: options, groups: metric?.groups ?? []
  ) { values in
    if let path = values[configOption] {
      try requireNoChoices(in: values)
      var configuration = try RunFolder.configuration(at: path)
      guard configuration.method.name == method else {
        throw Misuse(
          "\(path): is a run of \(configuration.method.name); repeat it by 'kindred train \(configuration.method.name)'"
        )
      }
      if let source = values[sourceArgument] { configuration.source = source }
      if values.isGiven(TrainingOptions.workers) {
        configuration.workers = values[TrainingOptions.workers] ?? configuration.workers
      }
      if values.isGiven(checkpointOption) { configuration.checkpointSeconds = values[checkpointOption] }
      let source = try Sources.open(configuration.source)
      let folder = values[runOption] ?? defaultFolder(method, configuration.source) + "-again"
      return try TrainingSession(configuration, on: source, in: folder, lastGood: values[lastGoodOption]).start()
    }
    guard let specification = values[sourceArgument] else {
      throw Misuse("no SOURCE is named to learn from; name one, such as emoji or a folder of images")
    }
    let folder = values[runOption] ?? defaultFolder(method, specification)
    var choices = RunPlan.Choices()
    choices.encoder = values[TrainingOptions.encoder]
    choices.stem = values[TrainingOptions.stem].flatMap { name in ResNet.Stem.allCases.first { $0.name == name } }
    choices.imageSize = values[TrainingOptions.size]
    choices.recipe = values[TrainingOptions.recipe]
    choices.epochs = values[TrainingOptions.epochs]
    choices.batchSize = values[TrainingOptions.batch]
    choices.microBatchSize = values[microBatchOption]
    choices.optimizer = values[TrainingOptions.optimizer]
    choices.momentum = values[momentumOption]
    choices.weightDecay = values[decayOption]
    choices.rate = values[TrainingOptions.rate]
    choices.warmupEpochs = values[warmupOption]
    choices.decay = values[scheduleOption].flatMap(RateDecay.init(rawValue:))
    if hasLabels { choices.label = values[TrainingOptions.label] }
    if hasHead {
      choices.temperature = values[temperatureOption]
      choices.headLayers = values[headOption]
    }
    try metric?.apply(values, to: &choices)
    choices.seed = UInt64(values[seedOption])
    choices.precision = values[precisionOption].flatMap(Precision.init(rawValue:))
    choices.device = values[deviceOption]
    // A run that is gone on with keeps its threads, however busy the machine is now.
    choices.threads = values[TrainingOptions.threads] ?? (try? RunFolder(folder).configuration())?.threads
    choices.workers = values[TrainingOptions.workers]
    choices.checkpointSeconds = values[checkpointOption]
    choices.evaluationEpochs = values[evaluationOption]
    let source = try Sources.open(specification)
    let plan = try RunPlan(method: method, source: source, specification: specification, choices: choices)
    for reason in plan.reasons { Console.error("· \(reason)") }
    try TrainingSession(plan.configuration, on: source, in: folder, lastGood: values[lastGoodOption]).start()
  }
}

/// `--config` repeats a run exactly: a choice beside it would be passed over, so it is refused.
private func requireNoChoices(in values: Values) throws {
  let others = Set(values.texts.keys).subtracting([
    "SOURCE", "run", "config", "workers", "checkpoint-every", "last-good",
  ])
  if let other = others.min() {
    throw Misuse("--config repeats a run exactly and takes no --\(other) beside it; leave one of them out")
  }
}

/// Where a run lies unless told: `runs/METHOD-SOURCE`, by the last name in the source's path.
private func defaultFolder(_ method: String, _ source: String) -> String {
  let name = source.split(separator: "/").last { $0 != "." && $0 != ".." }
  return "runs/\(method)-\(name ?? "data")"
}
