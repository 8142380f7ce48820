// One import for those who use the library: `import Kindred`.

@_exported public import Basics
@_exported public import Datasets
@_exported public import Evaluation
@_exported public import Images
@_exported public import Inference
@_exported public import Layers
@_exported public import Losses
@_exported public import Methods
@_exported public import Models
@_exported public import Optimizers
@_exported public import Reports
@_exported public import Search
@_exported public import Tensors
@_exported public import Tokenizers
@_exported public import Training
@_exported public import Views

/// The version of Kindred.
public let kindredVersion = "0.1.0"
