import Kindred
import TestSupport
import Testing

@Suite struct RunPlanTests {
  private func plan(_ method: String, _ change: (inout RunPlan.Choices) -> Void = { _ in }) throws -> RunPlan {
    var choices = RunPlan.Choices()
    choices.threads = 1
    choices.device = "cpu"
    change(&choices)
    return try RunPlan(method: method, source: ToySource(16), specification: "toys", choices: choices)
  }

  @Test func takesFromTheDataWhatNobodyChose() throws {
    let plan = try plan("simclr")
    #expect(plan.configuration.batchSize == 16)
    #expect(plan.configuration.epochs == 1000, "small data is seen a thousand times, not more")
    #expect(plan.reasons.contains { $0.hasPrefix("images of 32 pixels") })
    #expect(plan.reasons.contains { $0.hasSuffix("all that there is") })
  }

  @Test func whatWasChosenWins() throws {
    let plan = try plan("clip") {
      ($0.epochs, $0.batchSize, $0.rate, $0.seed, $0.imageSize) = (3, 4, 0.5, 9, 16)
    }
    let configuration = plan.configuration
    #expect(configuration.epochs == 3)
    #expect(configuration.batchSize == 4)
    #expect(configuration.rate == 0.5)
    #expect(configuration.seed == 9)
    #expect(configuration.threads == 1)
    #expect(!plan.reasons.contains { $0.contains("epochs") || $0.contains("batch") })
  }

  /// What parts cost is said, and what they change only where they change it.
  @Test func microBatchesSayWhatTheyCost() throws {
    let small = try plan("simclr") { ($0.batchSize, $0.microBatchSize) = (16, 4) }
    #expect(small.configuration.microBatchSize == 4)
    #expect(
      small.reasons.contains(
        "micro-batch 4: a batch of 16 goes through the encoders in 4 parts, and once more for gradients"))
    #expect(small.reasons.contains { $0.hasPrefix("batch normalisation sees a part") })
    let convNeXt = try plan("simclr") { ($0.encoder, $0.batchSize, $0.microBatchSize) = ("convnext-atto", 16, 4) }
    #expect(!convNeXt.reasons.contains { $0.hasPrefix("batch normalisation") })
    let error = #expect(throws: InputError.self) {
      try self.plan("simclr") { ($0.batchSize, $0.microBatchSize) = (8, 16) }
    }
    #expect(error?.description == "a micro-batch of 16: is more than the batch of 8; leave --micro-batch out")
  }

  @Test func patchesFitTheImagesAndSayWhy() throws {
    let plan = try plan("clip") { ($0.encoder, $0.imageSize) = ("vit-tiny", 64) }
    guard case .clip(let options) = plan.configuration.method else { return }
    #expect(options.imageEncoder == .visionTransformer(.tiny(side: 64, patch: 8)))
    #expect(plan.reasons.contains { $0.hasPrefix("patches of 8 pixels, 8 × 8 of them") })
    let error = #expect(throws: InputError.self) {
      try self.plan("simclr") { ($0.encoder, $0.imageSize) = ("vit-tiny", 53) }
    }
    #expect(error?.place == "vit-tiny")
  }

  /// 0.075·√4 = 0.15, by SimCLR's square-root rule.
  @Test func longRunsTakeTheAuthorsOptimizerAndShortOnesDoNot() throws {
    let long = try plan("simclr") { ($0.epochs, $0.batchSize) = (10_000, 4) }
    #expect(long.configuration.optimizer == .lars(momentum: 0.9, weightDecay: 1e-6))
    #expect(abs(long.configuration.rate - 0.15) < 1e-12)
    let short = try plan("simclr") { ($0.epochs, $0.batchSize) = (10, 4) }
    guard case .adamW = short.configuration.optimizer else {
      Issue.record("a short run took \(short.configuration.optimizer)")
      return
    }
    #expect(short.reasons.contains { $0.hasPrefix("optimizer adamw") })
  }

  /// Every choice that a published recipe may need is taken as it is: here lightly's example.
  @Test func aRecipeCanBeTakenOverWhole() throws {
    let plan = try plan("simclr") {
      ($0.encoder, $0.stem, $0.optimizer, $0.momentum, $0.weightDecay) = ("resnet18", .imageNet, "sgd", 0, 0)
      ($0.rate, $0.warmupEpochs, $0.decay, $0.temperature) = (0.06, 0, .constant, 0.5)
    }
    let configuration = plan.configuration
    #expect(configuration.optimizer == .sgd(momentum: 0, nesterov: false, weightDecay: 0))
    #expect(configuration.rate == 0.06 && configuration.warmupEpochs == 0 && configuration.decay == .constant)
    guard case .simclr(let options) = configuration.method else { return }
    #expect(options.encoder == .resNet(.resNet18(stem: .imageNet)) && options.temperature == 0.5)
    #expect(!plan.reasons.contains { $0.hasPrefix("a first layer") })
  }

  @Test func refusesChoicesThatMeanNothing() {
    let stem = #expect(throws: InputError.self) { try plan("simclr") { ($0.encoder, $0.stem) = ("small", .small) } }
    #expect(
      stem?.description == "small: has no choice of first layers; --stem is for resnet18, resnet34 and resnet50")
    let momentum = #expect(throws: InputError.self) {
      try plan("simclr") { ($0.optimizer, $0.momentum) = ("adamw", 0.5) }
    }
    #expect(momentum?.description == "adamw: has no momentum to choose; --momentum is for sgd and lars")
  }

  @Test func namesWhatItDoesNotKnow() {
    let method = #expect(throws: InputError.self) { try plan("simcrl") }
    #expect(method?.description == "simcrl: is no method; choose one of simclr, supcon, crossentropy, metric, clip")
    let encoder = #expect(throws: InputError.self) { try plan("simclr") { $0.encoder = "vgg" } }
    #expect(
      encoder?.description
        == "vgg: is no image encoder; choose one of \(ImageEncoderRecipe.names.joined(separator: ", "))")
  }

  @Test(arguments: ["supcon", "crossentropy", "metric"])
  func learningFromClassesTakesClasses(method: String) throws {
    let plan = try RunPlan(method: method, source: ToySource(20, labelled: { $0 != 4 }), specification: "toys")
    #expect(
      plan.reasons.contains("labels color: 2 classes of 9 to 10 items; 1 more have none"), "\(plan.reasons)")
    func refusal(_ source: any ImageSource, label: String? = nil) -> String? {
      var choices = RunPlan.Choices()
      choices.label = label
      do { _ = try RunPlan(method: method, source: source, specification: "toys", choices: choices) } catch {
        return "\(error)"
      }
      return nil
    }
    #expect(refusal(ToySource(20), label: "colour") == "toys: has no labels called 'colour'; choose one of color")
    #expect(
      refusal(ToySource(20, labelled: { $0 % 2 == 0 }))
        == "toys: has one class among the items to learn from; give it two or more, or learn without labels by simclr")
  }
}
