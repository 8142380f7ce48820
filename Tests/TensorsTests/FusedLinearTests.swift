import TestSupport
import Testing

@testable import Tensors

/// Products by oneDNN beside those by libtorch's own `linear`, which is taken where gradients are recorded.
@Suite struct FusedLinearTests {
  private func drawn(_ shape: [Int], _ seed: UInt64) -> Tensor { .normal(shape, from: RandomSource(seed: seed)) }

  /// 37 · 13 rows, 160 → 200: large enough for oneDNN, at sizes that no block divides.
  @Test func theProductIsLibtorchs() {
    let (x, w, b) = (drawn([37, 13, 160], 1), drawn([200, 160], 2), drawn([200], 3))
    for bias in [b, nil] {
      let expected = x.linear(w, bias: bias)
      let fused = withoutGradient { x.linear(w, bias: bias) }
      #expect(fused.shape == [37, 13, 200])
      // The sums of 160 products are of another order.
      expectClose(fused, expected.values(as: Double.self), relative: 1e-5, absolute: 1e-4)
    }
  }

  @Test func smallProductsAndOtherTypesStayWithLibtorch() {
    let (x, w) = (drawn([64, 512], 1), drawn([128, 512], 2))
    withoutGradient {
      #expect(FusedLinear.isFaster(for: x, w, nil) == FusedLinear.isThere)
      #expect(!FusedLinear.isFaster(for: x[0..<2], w, nil))
      #expect(!FusedLinear.isFaster(for: x, drawn([512, 128], 3).transposed(), nil))
      #expect(!FusedLinear.isFaster(for: x.to(.float64), w.to(.float64), nil))
      withPrecision(.bfloat16) { #expect(!FusedLinear.isFaster(for: x, w, nil)) }
    }
    #expect(!FusedLinear.isFaster(for: x, w, nil), "a gradient may be asked for")
  }

  /// What follows a product gives what it gives by itself.
  @Test(.enabled(if: FusedLinear.isThere, "needs AVX-512 and oneDNN")) func endingsAreThoseOfOperations() {
    let (x, w, b, y) = (drawn([33, 48], 1), drawn([17, 48], 2), drawn([17], 3), drawn([33, 17], 4))
    func check(_ ending: FusedLinear.Ending, _ expected: (Tensor) -> Tensor) {
      for bias in [b, nil] {
        let plain = expected(x.linear(w, bias: bias)).values(as: Double.self)
        expectClose(FusedLinear.apply(x, w, bias, ending), plain, relative: 1e-5, absolute: 1e-5, "\(ending)")
      }
    }
    check(.nothing) { $0 }
    check(.relu) { $0.relu() }
    check(.gelu) { $0.gelu() }
    check(.adding(y)) { $0 + y }
  }
}
