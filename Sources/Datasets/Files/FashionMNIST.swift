/// What sets Fashion-MNIST apart from MNIST, whose files have the same names and shapes.
///
/// Source: Xiao, Rasul, Vollgraf. "Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine Learning
/// Algorithms." 2017. <https://arxiv.org/abs/1708.07747>
enum FashionMNIST {
  /// The CRC-32 of its training labels and of its test labels.
  static let labelChecksums: Set<UInt32> = [0x2ED6_E46A, 0x242B_C73F]

  /// The names of its classes, in the order of their labels.
  static let classes = [
    "t-shirt or top", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot",
  ]
}
