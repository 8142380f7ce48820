import Datasets
import Layers
import Tensors
import TestSupport
import Testing

@testable import Methods

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Suite struct MethodRecipeTests {
  @Test(arguments: [MethodRecipe.toySimCLR(temperature: 0.07), .toyCLIP])
  func comesBackFromJSON(recipe: MethodRecipe) throws {
    let read = try JSONDecoder().decode(MethodRecipe.self, from: JSONEncoder().encode(recipe))
    #expect(read == recipe)
    let (a, b) = (ParameterTree(seed: 1), ParameterTree(seed: 1))
    _ = (recipe.make(in: a), read.make(in: b))
    #expect(a.parameters.map(\.path) == b.parameters.map(\.path))
  }

  @Test func hasTheNameOfTheCommandLine() {
    #expect(MethodRecipe.toySimCLR().name == "simclr")
    #expect(MethodRecipe.toyCLIP.name == "clip")
  }

  /// In a process of its own, where nobody else makes tensors.
  @Test func stepsLeaveNothingBehind() async {
    await #expect(processExitsWith: .success) {
      for recipe in [MethodRecipe.toySimCLR(), .toyCLIP] {
        let training = ToyTraining(recipe)
        for step in 0..<5 { _ = try training.step(step) }  // fills caches
        let before = Engine.liveTensorCount
        for step in 5..<205 { _ = try training.step(step) }
        let after = Engine.liveTensorCount
        precondition(after == before, "\(recipe.name): \(after - before) handles leaked in 200 steps")
      }
    }
  }
}
