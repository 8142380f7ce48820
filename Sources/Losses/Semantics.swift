/// Whose definition of a loss is meant, where libraries that give it the same name compute different numbers.
///
/// A loss that depends on it says which ones it knows (`LossDescription.variants`) and refuses the others.
public enum Semantics: String, CaseIterable, Codable, CodingKeyRepresentable, Sendable {
  /// As the publication that introduced the loss defines it.
  case paper
  /// As pytorch-metric-learning computes it.
  case pml
  /// As lightly computes it.
  case lightly
  /// As SupContrast, the code of the authors of supervised contrastive learning, computes it.
  case supcontrast
  /// As the TensorFlow code of the authors of SimCLR computes it.
  case simclrTF = "simclr-tf"
  /// As open_clip computes it.
  case openCLIP = "open_clip"
  /// As sentence-transformers computes it.
  case sentenceTransformers = "sentence-transformers"
  /// As solo-learn computes it.
  case soloLearn = "solo-learn"
}
