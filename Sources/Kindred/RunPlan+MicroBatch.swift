extension RunPlan {
  /// What going through the encoders in parts costs, and what it changes, a sentence each.
  ///
  /// - Throws: `InputError` when a part is larger than the batch.
  static func reasons(microBatch size: Int, of batch: Int, through encoder: ImageEncoderRecipe) throws -> [String] {
    guard size <= batch else {
      throw InputError(
        in: "a micro-batch of \(size)", "is more than the batch of \(batch)", remedy: "leave --micro-batch out")
    }
    let parts = (batch + size - 1) / size
    let cost =
      "micro-batch \(size): a batch of \(batch) goes through the encoders in \(parts) parts, and once more for gradients"
    guard parts > 1, encoder.normalizesBatches else { return [cost] }
    return [
      cost,
      "batch normalisation sees a part and not the batch; in vit-… and convnext-… there is none, and the result that of the whole",
    ]
  }
}
