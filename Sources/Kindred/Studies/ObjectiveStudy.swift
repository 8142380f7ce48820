/// Objectives compared: the same encoder, views, data and budget, trained by one objective or another with several seeds,
/// and then frozen for the same linear classifier.
///
/// That classifier is the second stage of SupCon; SimCLR and cross entropy get the same one, so that what is compared is
/// what encoders have learned. (Cross entropy's own last layer is a linear classifier too, trained with the encoder.)
///
/// A study lies in a folder: `settings.json`, and a run each in `METHOD-SEED` with its `result.json`. Killed and begun
/// again it goes on with the run where it stopped, and passes over those that are done.
///
/// Source: the comparison of figure 2 and table 2 of Khosla et al. "Supervised Contrastive Learning." NeurIPS 2020.
/// <https://arxiv.org/abs/2004.11362>
public struct ObjectiveStudy {
  /// The objectives that can be compared.
  public static let methods = ["crossentropy", "simclr", "supcon"]

  /// What a method may cost.
  public enum Budget: Hashable, Sendable, Codable, CustomStringConvertible {
    /// Passes over the data.
    case epochs(Int)
    /// Minutes of training, from which a number of epochs follows by the speed of a few steps.
    case minutes(Double)

    /// `20 epochs`, `2.5 minutes a run`.
    public var description: String {
      switch self {
      case .epochs(let count): count == 1 ? "1 epoch" : "\(count) epochs"
      case .minutes(let minutes): "\(minutes) minutes a run"
      }
    }
  }

  /// What a study has settled when it began.
  struct Settings: Hashable, Codable {
    let budget: Budget
    let threads: Int
    /// What every method that was asked for so far runs by, with seed 1.
    var runs: [String: RunConfiguration] = [:]

    func epochs(_ method: String) -> Int { runs[method]!.epochs }
  }

  /// What is compared, in the order of the table.
  public let chosen: [String]
  /// How many seeds: 1, 2, …
  public let seeds: Int

  private let source: any ImageSource
  private let specification: String
  private let budget: Budget
  private let choices: RunPlan.Choices
  private let folder: String

  /// Prepares a study.
  ///
  /// - Parameters:
  ///   - methods: Some of `methods`.
  ///   - seeds: How many runs a method gets.
  ///   - choices: What all runs have in common; views are those of SupCon's authors unless told.
  /// - Throws: `InputError` when a method is unknown, or the source has nothing to measure on.
  public init(
    _ methods: [String], on source: any ImageSource, specification: String, seeds: Int, budget: Budget,
    choices: RunPlan.Choices, in folder: String
  ) throws {
    if let odd = methods.first(where: { !Self.methods.contains($0) }) {
      throw InputError(
        in: odd, "is none of the objectives that are compared",
        remedy: nearest(to: odd, among: Self.methods).map { "did you mean \($0)?" }
          ?? "choose some of \(Self.methods.joined(separator: ", "))")
    }
    guard !methods.isEmpty, Set(methods).count == methods.count else {
      throw InputError(
        methods.isEmpty
          ? "no objective is named to compare" : "\(methods.joined(separator: ",")): names an objective twice",
        remedy: "choose some of \(Self.methods.joined(separator: ", ")), each once")
    }
    precondition(seeds > 0, "a study takes a seed")
    _ = try MeasurementContext.labeling(choices.label, of: source)
    _ = try MeasurementContext.testItems(of: source)
    chosen = methods
    self.seeds = seeds
    self.source = source
    self.specification = specification
    self.budget = budget
    self.folder = folder
    var choices = choices
    choices.recipe = choices.recipe ?? "supcontrast"
    // Its rate does not hang on the number of steps, in which methods may differ.
    choices.optimizer = choices.optimizer ?? "adamw"
    choices.evaluationEpochs = 0
    self.choices = choices
  }

  /// Trains and measures what is not done yet.
  ///
  /// - Parameters:
  ///   - say: Told what begins and what came of it, a line each.
  ///   - progress: Told how far the run is.
  ///   - shouldStop: Asked after every step; the run then writes its checkpoint.
  /// - Returns: What came of all runs, or nil when it was stopped.
  public func run(
    say: (String) -> Void, progress: @escaping (Progress) -> Void, shouldStop: @escaping () -> Bool
  ) throws -> ObjectiveReport? {
    try Files.makeFolder(folder)
    guard let settings = try settings(say: say, shouldStop: shouldStop) else { return nil }
    var results: [String: [ObjectiveReport.Run]] = [:]
    for seed in 1...seeds {
      for method in chosen {
        let path = "\(folder)/\(method)-\(seed)"
        if let done = try ObjectiveReport.Run.read(in: path) {
          results[method, default: []].append(done)
          continue
        }
        let plan = try plan(method, seed: seed, epochs: settings.epochs(method), threads: settings.threads)
        let number = (seed - 1) * chosen.count + chosen.firstIndex(of: method)! + 1
        say(
          "\(method), seed \(seed): run \(number) of \(seeds * chosen.count), "
            + "\(Budget.epochs(plan.configuration.epochs)), in \(path)")
        let run = try TrainingRun(plan.configuration, on: source, in: path)
        var hooks = RunHooks()
        (hooks.report, hooks.shouldStop) = (progress, shouldStop)
        if case .stopped = try run.start(hooks) { return nil }
        say("\(method), seed \(seed): measuring")
        let result = try measure(TrainedModel(contentsOf: path), seed: seed)
        try result.write(in: path)
        say("\(method), seed \(seed): \(result.text)")
        results[method, default: []].append(result)
      }
      if shouldStop() { return nil }
    }
    var rows = chosen.map { ObjectiveReport.Row(name: $0, epochs: settings.epochs($0), runs: results[$0]!) }
    rows.append(try untrained(settings))
    return ObjectiveReport(
      source: specification, budget: budget,
      encoder: try choices.encoder ?? RunPlan.usualEncoder(on: RunPlan.device(choices)),
      views: choices.recipe!, learned: source.split.train.count, measured: source.split.test.count, rows: rows)
  }

  /// The encoder with the weights that each seed's runs begin with.
  private func untrained(_ settings: Settings) throws -> ObjectiveReport.Row {
    let path = "\(folder)/untrained"
    let runs = try (1...seeds).map { seed in
      let own = "\(path)-\(seed)"
      if let done = try ObjectiveReport.Run.read(in: own) { return done }
      let plan = try plan(chosen[0], seed: seed, epochs: 1, threads: settings.threads)
      let tree = ParameterTree(seed: UInt64(seed), on: try Device(plan.configuration.device))
      let method = plan.configuration.method.make(in: tree)
      let result = try measure(
        TrainedModel(method.model, in: tree, precision: plan.configuration.precision), seed: seed)
      try Files.makeFolder(own)
      try result.write(in: own)
      return result
    }
    return ObjectiveReport.Row(name: "untrained", epochs: 0, runs: runs)
  }

  /// A linear classifier and the nearest neighbours on the frozen encoder.
  private func measure(_ model: TrainedModel, seed: Int) throws -> ObjectiveReport.Run {
    let labeling = try MeasurementContext.labeling(choices.label, of: source)
    let broken = BrokenItems(among: source.count)
    let cache = PixelCache(source, side: model.model.recipe.preprocessing.side)
    func embedded(_ items: [Int]) throws -> (vectors: Tensor, labels: [Int?]) {
      let labelled = items.filter { labeling.labels[$0] != nil }
      let (kept, vectors) = try model.embeddings(of: cache, items: labelled, leavingOut: broken)
      return (vectors, kept.map { labeling.labels[$0] })
    }
    let (train, test) = (try embedded(source.split.train), try embedded(source.split.test))
    let classes = labeling.classes.count
    let probe = try LinearProbe().fit(train.vectors, labels: train.labels, classes: classes)
    let neighbors = try NearestNeighbors(k: 20, weighting: .cosine(temperature: 0.1)).evaluate(
      queries: test.vectors, labels: test.labels, gallery: train.vectors, galleryLabels: train.labels,
      classes: classes)
    return ObjectiveReport.Run(
      seed: seed, linear: try probe.accuracy(on: test.vectors, labels: test.labels).top1, neighbors: neighbors.top1)
  }

  private func plan(_ method: String, seed: Int, epochs: Int, threads: Int) throws -> RunPlan {
    var choices = choices
    (choices.seed, choices.epochs, choices.threads) = (UInt64(seed), epochs, threads)
    return try RunPlan(method: method, source: source, specification: specification, choices: choices)
  }
}

extension ObjectiveStudy {
  /// What the folder has settled, or is to settle now; nil when it was stopped meanwhile.
  ///
  /// - Throws: `InputError` when the folder holds a study with another budget, other data or other choices.
  private func settings(say: (String) -> Void, shouldStop: @escaping () -> Bool) throws -> Settings? {
    let path = "\(folder)/settings.json"
    var settings = Settings(budget: budget, threads: choices.threads ?? Processors.free())
    if Files.exists(path) {
      settings = try StudyFile.read(path)
      try requireSame(settings)
    }
    for method in chosen where settings.runs[method] == nil {
      let epochs: Int
      switch budget {
      case .epochs(let count): epochs = count
      case .minutes(let minutes):
        guard let seconds = try secondsPerEpoch(method, threads: settings.threads, shouldStop) else { return nil }
        epochs = max(1, Int(minutes * 60 / seconds))
        say("\(method): an epoch takes \(Figures.time(seconds)), so \(Budget.epochs(epochs))")
      }
      settings.runs[method] = try plan(method, seed: 1, epochs: epochs, threads: settings.threads).configuration
    }
    try StudyFile.write(settings, to: path)
    return settings
  }

  /// Refuses choices by which runs would come out otherwise than those that the folder holds.
  private func requireSame(_ settings: Settings) throws {
    let remedy = "ask for the same, or name another folder by --run"
    if settings.budget != budget {
      throw InputError(in: folder, "holds a study of \(settings.budget), not \(budget)", remedy: remedy)
    }
    for (method, run) in settings.runs.sorted(by: { $0.key < $1.key }) {
      let own = try plan(method, seed: 1, epochs: run.epochs, threads: settings.threads).configuration
      let differences = own.differences(from: run)
      if differences.isEmpty { continue }
      throw InputError(
        in: folder, "holds a study with another \(differences.joined(separator: ", "))", remedy: remedy)
    }
  }

  /// How long an epoch takes, from ten seconds of steps after a first one; nil when it was stopped meanwhile.
  private func secondsPerEpoch(_ method: String, threads: Int, _ shouldStop: @escaping () -> Bool) throws -> Double? {
    let plan = try plan(method, seed: 1, epochs: 1_000_000, threads: threads)
    let run = try TrainingRun(plan.configuration, on: source, in: "\(folder)/speed-\(method)")
    let clock = ContinuousClock()
    var (begin, first) = (clock.now, -1)
    var hooks = RunHooks()
    hooks.shouldStop = {
      if first < 0 { (begin, first) = (clock.now, run.step) }
      return shouldStop() || clock.now - begin > .seconds(10)
    }
    _ = try run.start(hooks)
    if shouldStop() { return nil }
    let elapsed = (clock.now - begin) / .seconds(1)
    return elapsed / Double(max(1, run.step - first)) * Double(run.steps / plan.configuration.epochs)
  }
}
