import Arguments
import Basics
import Kindred

/// `kindred search MODEL SOURCE QUERY…`.
let search = Command(
  "search", "Find images by words, or by an image",
  examples: [
    Example("runs/emoji emoji \"blue heart\"", "the ten nearest, a line each"),
    Example("runs/emoji emoji \"blue heart\" \"sad cat\" -o hearts.png", "as a picture, a row each"),
    Example("runs/photos photos/ cat.jpg -o like-cat.png", "what looks alike"),
  ],
  arguments: [modelArgument, dataArgument, queryArgument],
  options: [countOption, splitOption, outputOption, jsonOption, deviceOption],
  notes:
    "A QUERY that is the path of an image is searched for as an image. The search is exact: every item is compared."
) { values in
  if let path = values[outputOption] { try OutputFile.require(path, endingIn: ".png") }
  let model = try TrainedModel(contentsOf: values[modelArgument], on: chosenDevice(values[deviceOption]))
  let source = try Sources.open(values[dataArgument])
  let engine = try SimilaritySearch(
    model: model, source: source, items: source.items(of: Part(rawValue: values[splitOption]) ?? .all))
  Console.reportBroken(engine.broken)
  let answers = try values[queryArgument].map { try engine.answer($0, count: values[countOption]) }
  if let path = values[outputOption] {
    try Files.write(path, bytes: engine.sheet(of: answers).png())
    Console.error("wrote \(path)")
  }
  if values[jsonOption] {
    Console.print(try Report.json(answers))
  } else {
    for answer in answers { Console.print(answer.text) }
  }
}

private let queryArgument = Argument(rest: "QUERY", of: .string, "words, or the path of an image", atLeast: 1)
private let countOption = Option("count", "k", of: .integer(1...1000), "How many to find", default: 10)
