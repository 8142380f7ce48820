import Arguments
import Basics
import Kindred

/// `kindred data list|inspect|preview|recipe`.
let data = Command(
  "data", "Look at data before learning from it",
  examples: [
    Example("inspect photos/", "counts, classes, broken files"),
    Example("preview emoji -o views.png", "what a method sees"),
  ],
  subcommands: [list, inspect, preview, recipe])

private let list = Command(
  "list", "List the items of a source, with classes and captions",
  examples: [Example("emoji --limit 20"), Example("photos/ --split test --json")],
  arguments: [dataArgument], options: [splitOption, limitOption, jsonOption]
) { values in
  let source = try Sources.open(values[dataArgument])
  let items = source.items(of: Part(rawValue: values[splitOption]) ?? .all)
  let rows = items.prefix(values[limitOption] ?? items.count).lazy.map { ItemRow($0, of: source) }
  // One by one: there may be millions.
  if values[jsonOption] { Console.print("[") }
  for (place, row) in rows.enumerated() {
    Console.print(
      values[jsonOption]
        ? try Report.json(row) + (place + 1 < rows.count ? "," : "")
        : ([row.title] + row.labels + [row.captions.joined(separator: ", ")]).joined(separator: "\t"))
  }
  if values[jsonOption] { Console.print("]") }
}

private let inspect = Command(
  "inspect", "Count items and classes, and look for broken images, copies and contradictions",
  examples: [Example("photos/"), Example("photos/ --json > photos.json", "for programs, with more examples")],
  arguments: [dataArgument], options: [workersOption, jsonOption]
) { values in
  let source = try Sources.open(values[dataArgument])
  let inspection = try SourceInspection(of: source, workers: values[workersOption] ?? Processors.free()) { done in
    if Console.isTerminal { Console.live("\(done) of \(source.count) images") }
  }
  Console.clearLiveLine()
  Console.print(values[jsonOption] ? try Report.json(inspection) : inspection.text)
}

private let preview = Command(
  "preview", "Draw what a method sees: originals beside random views",
  examples: [
    Example("emoji --recipe simclr -o views.png"),
    Example("photos/ --recipe mine.json", "by a recipe of one's own"),
  ],
  arguments: [dataArgument], options: [recipeOption, sizeOption, countOption, seedOption, outputOption]
) { values in
  let path = values[outputOption] ?? "views.png"
  try OutputFile.require(path, endingIn: ".png")
  let source = try Sources.open(values[dataArgument])
  let recipe = try ViewRecipe.open(values[recipeOption], size: values[sizeOption]) { usualSize }
  let sheet = try ViewPreview(recipe, count: values[countOption], seed: UInt64(values[seedOption])).sheet(of: source)
  try Files.write(path, bytes: sheet.png())
  Console.error("wrote \(path)")
}

private let recipe = Command(
  "recipe", "Print a recipe of views, to change it and use it as a file",
  examples: [Example("simclr > mine.json"), Example("moco-v2 --size 224")],
  arguments: [recipeArgument], options: [sizeOption]
) { values in
  let recipe = try ViewRecipe.open(values[recipeArgument], size: values[sizeOption]) { usualSize }
  Console.print(try recipe.json())
}

/// The side of views in pixels where neither a person nor a file says one.
private let usualSize = 32

private let recipeArgument = Argument(
  "RECIPE", of: .string, ViewRecipe.names.joined(separator: ", ") + ", or a file")
private let workersOption = Option(
  "workers", of: .integer(0...64), "Threads that decode images", otherwise: "as many as are free")
private let limitOption = Option("limit", of: .integer(1...), "At most so many", otherwise: "all")
private let recipeOption = Option(
  "recipe", of: .string, "How views are made: a name that 'data recipe' knows, or a file", default: "simclr")
private let sizeOption = Option(
  "size", of: .integer(8...1024), "Height and width of a view", unit: "pixels",
  otherwise: "that of the file, or \(usualSize)")
private let countOption = Option("count", of: .integer(1...100), "How many items", default: 8)
private let seedOption = Option("seed", of: .integer(0...), "What the views are drawn from", default: 1)
