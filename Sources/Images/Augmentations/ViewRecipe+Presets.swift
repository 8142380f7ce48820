extension ViewRecipe {
  /// SimCLR's views, in square pixels.
  ///
  /// A random box of 8 % to 100 % of the area, bicubic; mirrored half of the time; colours changed by
  /// (0.8, 0.8, 0.8, 0.2)·*s* with probability 0.8; gray with 0.2; blurred with 0.5, σ in 0.1 … 2. Up to 64 pixels
  /// it is the recipe for CIFAR-10: *s* = 0.5 and no blur; above it is the one for ImageNet, *s* = 1.
  ///
  /// Source: google-research/simclr, `tf2/data_util.py`; appendices A and B.9 of the paper.
  public static func simCLR(size: Int) -> ViewRecipe {
    let isSmall = size <= 64
    let strength = isSmall ? 0.5 : 1
    var steps: [ViewStep] = [
      .crop(RandomResizedCrop(area: 0.08...1, filter: .bicubic)),
      .flip(RandomFlip(.horizontal)),
      .jitter(
        ColorJitter(
          probability: 0.8, brightness: 0.8 * strength, contrast: 0.8 * strength, saturation: 0.8 * strength,
          hue: 0.2 * strength)),
      .grayscale(RandomGrayscale(probability: 0.2)),
    ]
    if !isSmall { steps.append(.blur(RandomBlur(probability: 0.5, sigma: 0.1...2, method: .tenthOfHeight))) }
    return ViewRecipe(name: "simclr", size: ImageSize(square: size), steps: steps)
  }

  /// The views of MoCo's second version, in square pixels.
  ///
  /// A random box of 20 % to 100 % of the area; colours changed by (0.4, 0.4, 0.4, 0.1) with probability 0.8; gray
  /// with 0.2; blurred with 0.5, σ in 0.1 … 2; mirrored half of the time.
  ///
  /// Source: facebookresearch/moco, `main_moco.py --aug-plus`.
  public static func moCoV2(size: Int) -> ViewRecipe {
    ViewRecipe(
      name: "moco-v2", size: ImageSize(square: size),
      steps: [
        .crop(RandomResizedCrop(area: 0.2...1)),
        .jitter(ColorJitter(probability: 0.8, brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.1)),
        .grayscale(RandomGrayscale(probability: 0.2)),
        .blur(RandomBlur(probability: 0.5, sigma: 0.1...2, method: .boxes)),
        .flip(RandomFlip(.horizontal)),
      ])
  }

  /// Small changes that leave alone what words say of an image: colours stay, and most of the area.
  ///
  /// - Parameters:
  ///   - size: The views' side in pixels.
  ///   - flips: Whether half of the views are mirrored; not when captions say left and right, or images hold text.
  public static func light(size: Int, flips: Bool = false) -> ViewRecipe {
    let crop = ViewStep.crop(RandomResizedCrop(area: 0.6...1, aspect: 0.9...1 / 0.9))
    return ViewRecipe(
      name: "light", size: ImageSize(square: size), steps: flips ? [crop, .flip(RandomFlip(.horizontal))] : [crop])
  }

  /// One view without chance, to measure and embed with: the image's middle square.
  ///
  /// - Parameters:
  ///   - size: The view's side in pixels.
  ///   - proportion: The share of the shorter side that stays; 1 keeps all of a square image, 0.875 is usual on
  ///     ImageNet.
  ///   - filter: How pixels are mixed.
  public static func evaluation(size: Int, proportion: Double = 1, filter: ResizeFilter = .bilinear) -> ViewRecipe {
    ViewRecipe(
      name: "evaluation", size: ImageSize(square: size),
      steps: [.centerCrop(CenterCrop(proportion: proportion, filter: filter))])
  }
}
