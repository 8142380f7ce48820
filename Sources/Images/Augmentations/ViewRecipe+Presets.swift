extension ViewRecipe {
  /// SimCLR's views, in square pixels: `simCLRSmall` up to 64 pixels, `simCLRLarge` above.
  public static func simCLR(size: Int) -> ViewRecipe {
    size <= 64 ? simCLRSmall(size: size) : simCLRLarge(size: size)
  }

  /// SimCLR's views of CIFAR-10, in square pixels: colours changed at half the strength, and no blur.
  ///
  /// Source: google-research/simclr, `tf2/data_util.py`; appendix B.9 of the paper.
  public static func simCLRSmall(size: Int) -> ViewRecipe {
    ViewRecipe(name: "simclr", size: ImageSize(square: size), steps: simCLR(strength: 0.5))
  }

  /// SimCLR's views of ImageNet, in square pixels.
  ///
  /// A random box of 8 % to 100 % of the area, bicubic; mirrored half of the time; colours changed by
  /// (0.8, 0.8, 0.8, 0.2) with probability 0.8; gray with 0.2; blurred with 0.5, σ in 0.1 … 2.
  ///
  /// Source: google-research/simclr, `tf2/data_util.py`; appendix A of the paper.
  public static func simCLRLarge(size: Int) -> ViewRecipe {
    ViewRecipe(
      name: "simclr", size: ImageSize(square: size),
      steps: simCLR(strength: 1) + [RandomBlur(probability: 0.5, sigma: 0.1...2, method: .tenthOfHeight)])
  }

  private static func simCLR(strength: Double) -> [any Augmentation] {
    [
      RandomResizedCrop(area: 0.08...1, filter: .bicubic), RandomFlip(.horizontal),
      ColorJitter(
        probability: 0.8, brightness: 0.8 * strength, contrast: 0.8 * strength, saturation: 0.8 * strength,
        hue: 0.2 * strength),
      RandomGrayscale(probability: 0.2),
    ]
  }

  /// lightly's views for SimCLR, in square pixels: a bilinear box, full strength, Pillow's blur at every size.
  ///
  /// Source: lightly-ai/lightly 1.6.0, `SimCLRTransform` with its defaults.
  public static func lightlySimCLR(size: Int) -> ViewRecipe {
    ViewRecipe(
      name: "lightly-simclr", size: ImageSize(square: size),
      steps: [
        RandomResizedCrop(area: 0.08...1), RandomFlip(.horizontal),
        ColorJitter(probability: 0.8, brightness: 0.8, contrast: 0.8, saturation: 0.8, hue: 0.2),
        RandomGrayscale(probability: 0.2), RandomBlur(probability: 0.5, sigma: 0.1...2, method: .boxes),
      ])
  }

  /// The views of MoCo's first version, in square pixels.
  ///
  /// A random box of 20 % to 100 % of the area; gray with probability 0.2; colours always changed, by
  /// (0.4, 0.4, 0.4, 0.4); mirrored half of the time.
  ///
  /// Source: facebookresearch/moco, `main_moco.py`.
  public static func moCoV1(size: Int) -> ViewRecipe {
    ViewRecipe(
      name: "moco-v1", size: ImageSize(square: size),
      steps: [
        RandomResizedCrop(area: 0.2...1), RandomGrayscale(probability: 0.2),
        ColorJitter(probability: 1, brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.4),
        RandomFlip(.horizontal),
      ])
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
        RandomResizedCrop(area: 0.2...1),
        ColorJitter(probability: 0.8, brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.1),
        RandomGrayscale(probability: 0.2), RandomBlur(probability: 0.5, sigma: 0.1...2, method: .boxes),
        RandomFlip(.horizontal),
      ])
  }

  /// The views of SupContrast's CIFAR recipes, in square pixels.
  ///
  /// A random box of 20 % to 100 % of the area; mirrored half of the time; colours changed by (0.4, 0.4, 0.4, 0.1)
  /// with probability 0.8; gray with 0.2; no blur.
  ///
  /// Source: HobbitLong/SupContrast, `main_supcon.py`.
  public static func supContrast(size: Int) -> ViewRecipe {
    ViewRecipe(
      name: "supcontrast", size: ImageSize(square: size),
      steps: [
        RandomResizedCrop(area: 0.2...1), RandomFlip(.horizontal),
        ColorJitter(probability: 0.8, brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.1),
        RandomGrayscale(probability: 0.2),
      ])
  }

  /// What classifiers are trained on, in square pixels: a random box of 8 % to 100 % of the area, mirrored half of the
  /// time.
  ///
  /// Source: pytorch/vision, `references/classification` with its defaults.
  public static func supervised(size: Int) -> ViewRecipe {
    ViewRecipe(
      name: "supervised", size: ImageSize(square: size),
      steps: [RandomResizedCrop(area: 0.08...1), RandomFlip(.horizontal)])
  }

  /// Small changes that leave alone what words say of an image: colours stay, and most of the area.
  ///
  /// - Parameters:
  ///   - size: The views' side in pixels.
  ///   - flips: Whether half of the views are mirrored; not when captions say left and right, or images hold text.
  public static func light(size: Int, flips: Bool = false) -> ViewRecipe {
    let crop = RandomResizedCrop(area: 0.6...1, aspect: 0.9...1 / 0.9)
    return ViewRecipe(
      name: "light", size: ImageSize(square: size), steps: flips ? [crop, RandomFlip(.horizontal)] : [crop])
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
      steps: [CenterCrop(proportion: proportion, filter: filter)])
  }
}
