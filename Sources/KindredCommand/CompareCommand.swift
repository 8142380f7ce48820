import Arguments
import Basics
import Kindred

/// `kindred compare MODEL_A MODEL_B SOURCE`.
let compare = Command(
  "compare", "Tell whether one model does better than another, and how sure that is",
  examples: [
    Example("runs/a runs/b photos/", "by the classes of photos/"),
    Example("runs/a runs/b photos/ --by linear", "by a linear classifier alone"),
    Example("minilm runs/banking77/model banking77.csv", "two sentence encoders, by the classes of texts"),
    Example("runs/a runs/b emoji:plain --json", "by classes and by texts, for programs"),
  ],
  arguments: [firstArgument, secondArgument, dataArgument],
  options: [
    byOption, neighborsOption, votesTemperatureOption, measuredLabelOption, columnOption, jsonOption, deviceOption,
  ] as [any AnyOption],
  notes: """
    Both models measure every item that is kept for measuring, and the pairs are compared: whether its neighbours or a linear \
    classifier guess its class, the average precision with which it finds the others of its class (ranking) or a text its \
    images (retrieval), and whether a distorted copy finds it. The interval tells how far other items would move the \
    difference; p, how often one as large would come about if both were equally good. Neither tells what another training \
    run would give: for that, train with several seeds.
    """
) { values in
  let device = try chosenDevice(values[deviceOption])
  let comparison = ModelComparison(
    by: values[byOption], neighbors: values[neighborsOption], temperature: values[votesTemperatureOption],
    label: values[measuredLabelOption])
  let paths = [values[firstArgument], values[secondArgument]]
  if paths.contains(where: SentenceModel.isModel) {
    guard paths.allSatisfy(SentenceModel.isModel) else {
      throw Misuse("\(paths.first { !SentenceModel.isModel($0) }!) embeds images, and the other one texts")
    }
    let models = try paths.map { (name: $0, model: try SentenceModel(contentsOf: $0, on: device)) }
    let source = try LabelledTexts(TextTable(contentsOf: values[dataArgument]), column: values[columnOption])
    return try show(comparison.compare(models[0], models[1], on: source), values)
  }
  func model(_ path: String) throws -> (name: String, model: TrainedModel) {
    (path, try TrainedModel(contentsOf: path, on: device))
  }
  let models = (try model(values[firstArgument]), try model(values[secondArgument]))
  let source = try Sources.open(values[dataArgument])
  for path in paths { reportOtherData(of: path, than: source) }
  let broken = BrokenItems(among: source.count)
  let table = try comparison.compare(models.0, models.1, on: source, leavingOut: broken)
  Console.reportBroken(broken)
  try show(table, values)
}

private func show(_ table: PairedTable, _ values: Values) throws {
  Console.print(values[jsonOption] ? try Report.json(table) : table.text)
}

private let byOption = Option(
  "by", of: Kind<ModelComparison.Measure>.choice, "What to compare by", otherwise: "all that can be")
private let firstArgument = Argument("MODEL_A", of: .path, "the folder of a run or of a model")
private let secondArgument = Argument("MODEL_B", of: .path, "the one to compare it with")

/// Warns where a run learned from other data than it is measured on: what is kept for measuring here may be among it.
private func reportOtherData(of path: String, than source: any ImageSource) {
  guard let run = try? RunFolder(path).configuration(), run.sourceIdentity != source.identity else { return }
  Console.error(
    "kindred: \(path) learned from \(run.source), not from \(source.name) as it is: items that are kept for measuring may "
      + "be among what it learned from")
}
