import Arguments
import Basics
import Kindred

/// `kindred compare MODEL_A MODEL_B SOURCE`.
let compare = Command(
  "compare", "Tell whether one model does better than another, and how sure that is",
  examples: [
    Example("runs/a runs/b photos/", "by the classes of photos/"),
    Example("runs/a runs/b emoji:plain --json", "by classes and by texts, for programs"),
  ],
  arguments: [firstArgument, secondArgument, dataArgument],
  options: [neighborsOption, votesTemperatureOption, measuredLabelOption, jsonOption, deviceOption] as [any AnyOption],
  notes: """
    Both models measure every item that is kept for measuring, and the pairs are compared: whether its neighbours guess its \
    class (kNN top-1), and the average precision with which it finds the others of its class, or a text its images (MAP). \
    The interval tells how far other items would move the difference; p, how often one as large would come about if both \
    were equally good. Neither tells what another training run would give: for that, train with several seeds.
    """
) { values in
  let device = try chosenDevice(values[deviceOption])
  func model(_ path: String) throws -> (name: String, model: TrainedModel) {
    (path, try TrainedModel(contentsOf: path, on: device))
  }
  let models = (try model(values[firstArgument]), try model(values[secondArgument]))
  let source = try Sources.open(values[dataArgument])
  let broken = BrokenItems(among: source.count)
  let table = try ModelComparison(
    neighbors: values[neighborsOption], temperature: values[votesTemperatureOption], label: values[measuredLabelOption]
  ).compare(models.0, models.1, on: source, leavingOut: broken)
  Console.reportBroken(broken)
  Console.print(values[jsonOption] ? try Report.json(table) : table.text)
}

private let firstArgument = Argument("MODEL_A", of: .path, "the folder of a run or of a model")
private let secondArgument = Argument("MODEL_B", of: .path, "the one to compare it with")
