/// What metric learning takes from the data: how many items of a class a batch has, whether views are mirrored, and
/// what becomes of items alone in their class, or without one.
struct MetricPlan {
  let options: Metric.Options
  let batchSize: Int

  /// Makes the plan, and adds its reasons.
  ///
  /// - Throws: `InputError` when a loss or miner is unknown, or choices do not fit each other or the data.
  init(
    _ choices: RunPlan.Choices, source: any ImageSource, items: [Int], labeling: Labeling, encoder: ImageEncoderRecipe,
    imageSize: Int, view: ViewRecipe?, _ reasons: inout [String]
  ) throws {
    let loss = choices.loss ?? LossRecipe("multisimilarity")
    let entry = try loss.entry()
    var miner = choices.miner
    if miner == nil, !choices.isWithoutMiner, loss.name == "multisimilarity" {
      miner = MinerRecipe("multi-similarity")
      reasons.append("miner multi-similarity: the publication of the loss has it")
    }
    var sizes: [Int: Int] = [:]
    for label in items.lazy.compactMap({ labeling.labels[$0] }) { sizes[label, default: 0] += 1 }
    let perClass: Int?
    (batchSize, perClass) = Self.batch(choices, sizes: sizes.values.sorted(), items: items.count, &reasons)
    reasons.append(Self.fate(of: sizes, items: items.count, perClass: perClass, entry))
    var chosen = view
    if chosen == nil {
      let flips = Self.hasColors(source, items)
      reasons.append(
        "views light, \(flips ? "mirrored half of the time" : "not mirrored: the images are gray, as writing is")")
      chosen = .light(size: imageSize, flips: flips)
    }
    options = Metric.Options(
      encoder: encoder, size: choices.embeddingSize.map { $0 == 0 ? nil : $0 } ?? 128, loss: loss, miner: miner,
      view: chosen!, perClass: perClass, label: labeling.name, classes: labeling.classes.count,
      lossRate: choices.lossRate ?? 0.01)
    if let problem = options.problem { throw InputError(problem) }
  }

  /// The size of a batch, and how many items of a class it has.
  private static func batch(
    _ choices: RunPlan.Choices, sizes: [Int], items: Int, _ reasons: inout [String]
  ) -> (size: Int, perClass: Int?) {
    let wanted = choices.batchSize ?? max(2, min(128, items))
    if choices.perClass == 0 { return (wanted, nil) }
    // As many classes as there are; four items of each, of small classes as many as they have, of few classes more.
    let least = choices.perClass ?? min(max(2, sizes[sizes.count / 2]), 4)
    let classes = max(1, min(sizes.count, wanted / least))
    let perClass = choices.perClass ?? (wanted % classes == 0 || choices.batchSize == nil ? wanted / classes : least)
    let batch = choices.batchSize ?? perClass * classes
    reasons.append("batch \(batch): \(perClass) items of \(batch / max(perClass, 1)) classes")
    return (batch, perClass)
  }

  /// What becomes of uneven classes, of items alone in theirs, and of those without one.
  private static func fate(of sizes: [Int: Int], items: Int, perClass: Int?, _ loss: LossEntry) -> String {
    let alone = sizes.values.contains(1)
    let isByProxies = loss.files.second == .proxies
    let isByTriplets = loss.description.needs.contains(.triplets) || loss.description.name.hasSuffix("triplet")
    var parts: [String] = []
    if let perClass {
      parts.append("all classes are drawn alike often, whatever their size")
      if sizes.values.contains(where: { $0 < perClass }) {
        parts.append("those of fewer than \(perClass) items repeat them, in other views")
      }
    } else {
      parts.append("every item gets its turn once an epoch, whatever the size of its class")
      if alone {
        parts.append(
          isByProxies
            ? "an item alone in its class is drawn to the proxy of that"
            : isByTriplets
              ? "an item alone in its class is a negative of others only"
              : "an item alone in its class is only pushed away from others")
      }
    }
    if sizes.values.reduce(0, +) < items { parts.append("items without a class take no part") }
    return parts.joined(separator: "; ")
  }

  /// Whether any of a few images has a colour.
  private static func hasColors(_ source: any ImageSource, _ items: [Int]) -> Bool {
    stride(from: 0, to: items.count, by: max(1, items.count / 16)).contains { place in
      guard let image = try? source.image(of: items[place]).color() else { return false }
      return stride(from: 0, to: image.pixels.count, by: 3).contains { i in
        let (red, green, blue) = (image.pixels[i], image.pixels[i + 1], image.pixels[i + 2])
        return max(red, green, blue) - min(red, green, blue) > 16
      }
    }
  }
}
