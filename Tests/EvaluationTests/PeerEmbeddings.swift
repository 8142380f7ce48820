import TestSupport
import Tensors

/// The 60 labelled embeddings on which pytorch-metric-learning 2.9.0's AccuracyCalculator was run.
enum PeerEmbeddings {
  static let labels = (0..<60).map { $0 % 6 }

  static var embeddings: Tensor {
    let bumps = labels.flatMap { label in (0..<8).map { $0 == label ? 1.5 : 0 } }
    return (peerInput(60, 8, 0.37, 1.3) + Tensor(bumps, shape: [60, 8])).normalized().to(.float32)
  }
}
