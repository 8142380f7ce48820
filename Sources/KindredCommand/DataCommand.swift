import Arguments
import Basics
import Kindred

/// `kindred data list|inspect|preview`.
let data = Command(
  "data", "Look at data before learning from it",
  examples: [
    Example("inspect photos/", "counts, classes, broken files"),
    Example("preview emoji -o views.png", "what a method sees"),
  ],
  subcommands: [list, inspect, preview])

private let list = Command(
  "list", "List the items of a source", examples: [Example("emoji --limit 20")],
  arguments: [dataArgument], options: [limitOption, jsonOption]
) { values in
  let source = try Sources.open(values[dataArgument])
  let rows = (0..<min(values[limitOption] ?? source.count, source.count)).map { ItemRow($0, of: source) }
  if values[jsonOption] { return Console.print(try Report.json(rows)) }
  for row in rows {
    Console.print(([row.title] + row.labels + [row.captions.joined(separator: ", ")]).joined(separator: "\t"))
  }
}

private let inspect = Command(
  "inspect", "Count items and classes, and decode every image", examples: [Example("photos/")],
  arguments: [dataArgument], options: [jsonOption]
) { values in
  let inspection = try SourceInspection(of: Sources.open(values[dataArgument]))
  Console.print(values[jsonOption] ? try Report.json(inspection) : inspection.text)
}

private let preview = Command(
  "preview", "Draw what a method sees: originals beside random views",
  examples: [Example("emoji --recipe simclr -o views.png")],
  arguments: [dataArgument], options: [recipeOption, sizeOption, countOption, seedOption, outputOption]
) { values in
  let path = values[outputOption] ?? "views.png"
  try OutputFile.require(path)
  let source = try Sources.open(values[dataArgument])
  let sheet = try ViewPreview(
    recipe: values[recipeOption], size: values[sizeOption], count: values[countOption], seed: UInt64(values[seedOption])
  ).sheet(of: source)
  try Files.write(path, bytes: sheet.png())
  Console.error("wrote \(path)")
}

private let limitOption = Option("limit", of: .integer(1...), "At most so many", otherwise: "all")
private let recipeOption = Option(
  "recipe", of: .choice(of: ViewPreview.recipes), "How views are made", default: "simclr")
private let sizeOption = Option(
  "size", of: .integer(8...1024), "Height and width of a view", unit: "pixels", default: 32)
private let countOption = Option("count", of: .integer(1...100), "How many items", default: 8)
private let seedOption = Option("seed", of: .integer(0...), "What the views are drawn from", default: 1)
