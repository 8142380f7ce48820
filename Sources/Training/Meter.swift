import Evaluation
import Methods
import Tensors

/// What happened since the last report, summed up without waiting for the device.
struct Meter {
  private(set) var start: Int
  private var steps = 0
  private var examples = 0
  private var loss: Tensor?
  private var last: StepResult?
  private var startTime = ContinuousClock.now
  private var startWaited: Double
  private let firstStep: Int
  private var greatestRank = 0.0
  private var beganAt = ContinuousClock.now

  init(step: Int, waited: Double) {
    start = step
    firstStep = step
    startWaited = waited
  }

  var hasSteps: Bool { steps > 0 }

  /// The loss, averaged over the steps since the last report; 0 before the first.
  var meanLoss: Double { loss.map { $0.item() / Double(steps) } ?? 0 }

  /// Whether a person has waited long enough for the next report.
  var isDue: Bool { ContinuousClock.now - startTime > .seconds(1) && hasSteps }

  mutating func add(_ result: StepResult, examples count: Int) {
    loss = loss.map { $0 + result.loss } ?? result.loss
    last = result
    steps += 1
    examples += count
  }

  mutating func progress(
    at step: Int, of total: Int, perEpoch: Int, epochs: Int, waited: Double, rate: Double, evaluated: [String: Double]
  ) -> Progress {
    let now = ContinuousClock.now
    let seconds = max((now - startTime).seconds, 1e-9)
    let rank = last.map { Geometry.effectiveRank(of: $0.embeddings) }
    greatestRank = max(greatestRank, rank ?? 0)
    var figures = evaluated
    for (name, value) in last?.figures ?? [:] { figures[name] = value.item() }
    let perStep = (now - beganAt).seconds / Double(max(step - firstStep, 1))
    return Progress(
      epoch: min((max(step, 1) - 1) / perEpoch + 1, epochs), epochs: epochs, step: step, steps: total,
      loss: meanLoss, rate: rate, examplesPerSecond: Double(examples) / seconds,
      waitShare: min((waited - startWaited) / seconds, 1), secondsLeft: perStep * Double(total - step),
      effectiveRank: rank, isCollapsing: rank.map { $0 < 2 || $0 < greatestRank / 10 } ?? false, figures: figures)
  }

  mutating func restart(at step: Int, waited: Double) {
    (start, steps, examples, loss) = (step, 0, 0, nil)
    startTime = .now
    startWaited = waited
  }
}

extension Duration {
  /// The duration in seconds.
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}

extension Progress {
  /// What `metrics.jsonl` keeps.
  var metrics: [String: Double] {
    var metrics = figures
    metrics["step"] = Double(step)
    metrics["epoch"] = Double(epoch)
    metrics["loss"] = loss
    metrics["rate"] = rate
    metrics["examples_per_second"] = examplesPerSecond
    metrics["data_wait"] = waitShare
    metrics["effective_rank"] = effectiveRank
    return metrics
  }
}
