import Layers
import Tensors
import TestSupport
import Testing

@Suite struct ActivationTests {
  @Test(arguments: Activation.allCases) func agreesWithPyTorch(activation: Activation) throws {
    let peer = try PyTorchComparison()
    peer.expectSame("activation.\(activation)", ParameterTree(seed: 0)) { activation($0) }
  }
}
