import Methods
import Optimizers

extension RunConfiguration {
  /// What makes no sense among the choices, in a clause, or nil: a `run.json` may have been written by hand.
  var problem: String? {
    func outside(_ name: String, _ value: some Any, _ expected: String) -> String {
      "\(name) is \(value), not \(expected)"
    }
    if !(1...1_000_000_000).contains(epochs) { return outside("epochs", epochs, "from 1 to a billion") }
    if !(2...1_000_000_000).contains(batchSize) { return outside("batchSize", batchSize, "2 or more") }
    if let size = microBatchSize, !(2...batchSize).contains(size) {
      return outside("microBatchSize", size, "from 2 to the batch's \(batchSize)")
    }
    if !(rate > 0 && rate.isFinite) { return outside("rate", rate, "a positive number") }
    if !(0...1e9).contains(warmupEpochs) { return outside("warmupEpochs", warmupEpochs, "0 or more") }
    if let limit = gradientLimit, !(limit > 0) { return outside("gradientLimit", limit, "a positive number") }
    if !(0...1024).contains(workers) { return outside("workers", workers, "from 0 to 1024") }
    if !(0...1e9).contains(checkpointSeconds) {
      return outside("checkpointSeconds", checkpointSeconds, "from 0 to 10⁹")
    }
    if !(0...1_000_000_000).contains(evaluationEpochs) {
      return outside("evaluationEpochs", evaluationEpochs, "0 or more")
    }
    return method.problem ?? optimizer.problem
  }
}

extension OptimizerRecipe {
  /// What an optimizer would refuse, in a clause, or nil.
  fileprivate var problem: String? {
    func decay(_ value: Double) -> String? { value >= 0 ? nil : "weightDecay is \(value), not 0 or more" }
    func share(_ name: String, _ value: Double) -> String? {
      (0..<1).contains(value) ? nil : "\(name) is \(value), not at least 0 and below 1"
    }
    switch self {
    case .sgd(let momentum, let nesterov, let weightDecay):
      if nesterov, momentum == 0 { return "nesterov needs a momentum above 0" }
      return share("momentum", momentum) ?? decay(weightDecay)
    case .adamW(let beta1, let beta2, let epsilon, let weightDecay):
      if !(epsilon > 0) { return "epsilon is \(epsilon), not a positive number" }
      return share("beta1", beta1) ?? share("beta2", beta2) ?? decay(weightDecay)
    case .lars(let momentum, let weightDecay):
      return share("momentum", momentum) ?? decay(weightDecay)
    }
  }
}
