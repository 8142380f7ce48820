import Basics
public import Datasets
import Evaluation
import Images
public import Inference
import Layers
import Models
import Optimizers
import Tensors

/// Training a whole encoder, with a linear layer of classes on top, on few labelled images.
///
/// The protocol is SimCLR's: Nesterov's momentum 0.9, the rate 0.05·batch/256 without warm-up, falling by half a wave of the
/// cosine to 0, no weight decay; images are cropped and mirrored at random and nothing else; 60 epochs of 1 % of the labels,
/// 30 of 10 %. SimCLR's batches of 4,096 would hold all of a small set many times over: here they hold 256, or all items
/// where there are fewer.
///
/// The same seed gives the same classifier, whatever the number of workers. Nothing is kept in between: what was stopped
/// begins anew.
///
/// Source: Chen, Kornblith, Norouzi, Hinton. "A Simple Framework for Contrastive Learning of Visual Representations." ICML
/// 2020, appendix B.5. <https://arxiv.org/abs/2002.05709>
public struct FineTuning: Hashable, Sendable, Codable {
  /// Passes over the labelled items.
  public let epochs: Int

  /// Images a step; all where there are fewer.
  public let batch: Int

  /// The rate of a batch of 256.
  public let rate: Double

  /// What orders, crops and the new layer are drawn from.
  public let seed: UInt64

  /// Creates a protocol.
  public init(epochs: Int, batch: Int = 256, rate: Double = 0.05, seed: UInt64 = 1) {
    precondition(epochs > 0 && batch > 0 && rate > 0, "epochs, batch and rate must be positive")
    (self.epochs, self.batch, self.rate, self.seed) = (epochs, batch, rate, seed)
  }

  /// How many epochs SimCLR takes for a share of the labels: 60 up to 3 %, and 30 above.
  public static func epochs(ofShare share: Double) -> Int { share <= 0.03 ? 60 : 30 }

  /// Trains a copy of a model to tell classes; the model stays as it is.
  ///
  /// - Parameters:
  ///   - model: Where the encoder begins.
  ///   - source: Where the images are.
  ///   - items: The labelled items.
  ///   - label: Which of the source's labels; the main ones unless told.
  ///   - broken: Notes items that cannot be decoded, which are left out.
  ///   - report: Told after every epoch how many are done, and the mean loss.
  /// - Throws: `InputError` when the source lacks the labels, too many items are broken, or the loss does not stay finite.
  public func classifier(
    from model: TrainedModel, on source: any ImageSource, items: [Int], label: String? = nil, broken: BrokenItems,
    report: (_ epochs: Int, _ loss: Double) -> Void = { _, _ in }
  ) throws -> FineTunedClassifier {
    precondition(!items.isEmpty, "there is nothing to learn from")
    guard let labeling = LabelRecipe.named(label).labeling(in: source) else {
      throw InputError(in: source.name, "has no labels to learn from")
    }
    let learner = try FineTunedClassifier(copying: model, classes: labeling.classes.count, seed: seed)
    let size = min(batch, items.count)
    let batches = Batches(of: items.count, size: size, dropsLast: false)
    let recipe = BatchRecipe(
      views: [.supervised(size: model.model.recipe.preprocessing.view.size.width)], labels: .named(label))
    let maker = BatchMaker(
      source: source, items: items, recipe: recipe, batches: batches, seed: seed, broken: broken,
      picture: PixelCache(source, side: recipe.side).picture)
    let weights = learner.tree.trainable
    let optimizer = SGD([OptimizerGroup(weights.map(\.value))], momentum: 0.9, nesterov: true)
    let steps = epochs * batches.perEpoch
    let schedule = RateSchedule.cosine(peak: rate * Double(size) / 256, end: 0, warmUp: 0, total: steps)
    let loader = Loader(count: steps, workers: 1, make: maker.batch(ofStep:))
    var (step, sum) = (0, 0.0)
    while let batch = try loader.next() {
      defer { step += 1 }
      if !batch.items.isEmpty {
        let loss = learner.loss(of: batch, .training(RandomSource(seed: seed, step, device: learner.tree.device)))
        optimizer.step(gradients: loss.gradients(of: weights.map(\.value)), rate: schedule.rate(at: step))
        sum += loss.item()
      }
      guard (step + 1) % batches.perEpoch == 0 else { continue }
      guard sum.isFinite else {
        throw InputError("the loss of fine-tuning stopped being a finite number", remedy: "try a lower --rate")
      }
      report((step + 1) / batches.perEpoch, sum / Double(batches.perEpoch))
      sum = 0
    }
    return learner
  }
}
