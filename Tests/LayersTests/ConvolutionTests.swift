import Layers
import Tensors
import TestSupport
import Testing

@Suite struct ConvolutionTests {
  @Test func agreesWithPyTorch() throws {
    let peer = try PyTorchComparison()
    try peer.expectSame("convolution", { Convolution($0, from: 3, to: 4, size: 3) }) { $0($1) }
    try peer.expectSame(
      "convolution.strided", { Convolution($0, from: 4, to: 6, size: 3, stride: 2, groups: 2, bias: true) }
    ) { $0($1) }
    try peer.expectSame("convolution.unpadded", { Convolution($0, from: 2, to: 3, size: 5, padding: 0, bias: true) }) {
      $0($1)
    }
    try peer.expectSame("convolution.depthwise", { Convolution($0, from: 4, to: 4, size: 3, groups: 4) }) { $0($1) }
  }

  @Test func imagesMayLieChannelsLast() throws {
    let peer = try PyTorchComparison()
    try peer.expectSame("convolution", { Convolution($0, from: 3, to: 4, size: 3) }) {
      $0($1.contiguous(.channelsLast))
    }
  }
}
