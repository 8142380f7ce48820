import Losses
import Testing

@Suite struct LossDescriptionTests {
  private let description = LossDescription(
    name: "example", summary: "Measures", needs: [.pairs], formula: "½·d²", variants: [.pml: "max(0, d)"],
    source: "A. Author. \"A Paper.\" 2001.",
    parameters: [.init("margin", standard: 1, "how far apart", origin: "the paper")])

  @Test func formulasFollowTheSemantics() {
    #expect(description.formula(nil) == "½·d²")
    #expect(description.formula(.pml) == "max(0, d)")
    #expect(description.formula(.lightly) == nil)
  }

  @Test func semanticsHaveTheNamesOfTheLibraries() {
    #expect(
      Semantics.allCases.map(\.rawValue) == [
        "paper", "pml", "lightly", "supcontrast", "simclr-tf", "open_clip", "sentence-transformers", "solo-learn",
      ])
  }
}
