import Basics
import Images
import Kindred
import TestSupport
import Testing

@Suite struct LossPlotTests {
  @Test(arguments: LossCatalogue.entries.map(\.description.name))
  func everyLossHasACurveForEachValue(name: String) throws {
    let entry = try #require(LossCatalogue[name])
    let parameter = try LossPlot(of: entry).parameter
    let standard = entry.description.parameters.first { $0.name == parameter }?.standard
    let plot = try LossPlot(of: entry, values: standard.map { [$0] } ?? [])
    let chart = try plot.chart()
    #expect(chart.title == name && chart.panels.count == 2)
    for panel in chart.panels {
      #expect(panel.curves.count == max(plot.values.count, 1))
      for curve in panel.curves { #expect(curve.y.allSatisfy { $0.isFinite }, "\(name): \(curve.name)") }
    }
    #expect(
      chart.panels[1].curves.contains { $0.y.contains { $0 != 0 } }, "\(name) pushes or pulls nothing in its scene")
  }

  @Test func theDefaultIsAmongTheValues() throws {
    for entry in LossCatalogue.entries {
      let plot = try LossPlot(of: entry)
      guard let parameter = plot.parameter else { continue }
      let standard = entry.description.parameters.first { $0.name == parameter }?.standard
      if let standard { #expect(plot.values.contains(standard), "\(entry.description.name)") }
      #expect(plot.values.count > 1 && Set(plot.values).count == plot.values.count, "\(entry.description.name)")
    }
  }

  @Test func aPictureIsWritten() throws {
    try withTemporaryFolder { folder in
      let (ending, run) = try kindred("loss", "plot", "triplet", "-o", "p.png", "--at", "0.1", in: folder)
      #expect(ending == .exited(0) && run.errors == "wrote p.png\n" && run.output.isEmpty, "\(run.errors)")
      let image = try Image(contentsOf: "\(folder)/p.png")
      #expect(image.width > 1200 && image.height > 500)
      // White paper, and the first curve's colour on it.
      #expect(image.pixels[0..<3].elementsEqual([255, 255, 255]))
      let curve = stride(from: 0, to: image.pixels.count, by: 3).filter {
        image.pixels[$0..<$0 + 3].elementsEqual([0, 114, 178])
      }
      #expect(curve.count > 1000)
    }
  }

  @Test(arguments: [
    ("plot", 2, "missing NAME"), ("plot ntxent", 2, "no file is named for the picture; add -o plot.png"),
    ("plot ntxnt -o p.png", 2, "NAME takes one of"), ("plot ntxent -o no/p.png", 1, "there is no folder 'no'"),
    ("plot ntxent -o p.png --at 0", 1, "temperature cannot be 0; see 'kindred loss ntxent --help'"),
    ("plot ntxent -o p.png --at hot", 2, "--at takes a number, not 'hot'"),
    ("plot ntxent -o p.png --vary margin", 1, "ntxent has no number 'margin'; it has temperature"),
    ("plot negative-cosine -o p.png --at 1", 1, "negative-cosine has no number to vary; leave out the values"),
    ("plot siglip -o p.png --semantics pml", 1, "siglip knows the semantics open_clip, paper"),
  ])
  func whatCannotBeDrawnIsSaidInOneLine(line: String, code: Int, message: String) throws {
    try withTemporaryFolder { folder in
      let run = try startKindred(["loss"] + line.split(separator: " ").map(String.init), in: folder)
      #expect(run.wait() == .exited(Int32(code)), "\(run.errors)")
      #expect(run.errors.hasPrefix("kindred: ") && run.errors.contains(message), "\(run.errors)")
      #expect(!Files.exists("\(folder)/p.png"))
    }
  }
}
