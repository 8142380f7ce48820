import Arguments
import Basics
import Kindred

let jsonOption = Option("json", "Print JSON")
let modelArgument = Argument("MODEL", of: .path, "the folder of a run or of a model, ours or timm's")
let textModelArgument = Argument(
  "MODEL", of: .path, "the folder of a sentence encoder, as sentence-transformers has it")
let dataArgument = Argument("SOURCE", of: .string, "what to look at: a folder, files, or emoji")
let deviceOption = Option("device", of: .string, "cpu, cuda, cuda:1 or mps", otherwise: "the fastest")
let precisionOption = Option(
  "precision", of: .choice(of: Precision.allCases.map(\.rawValue)), "Type of matrix products",
  otherwise: "from the device")
let splitOption = Option(
  "split", of: .choice(of: Part.allCases.map(\.rawValue)), "Which items: all, train or test", default: "all")
let cacheOption = Option("cache", "Look for embeddings in the user's cache, and keep them there", default: true)
let outputOption = Option("output", "o", of: .path, "Where to write")
let neighborsOption = Option("k", "k", of: .integer(1...), "How many neighbours vote", default: 200)
let votesTemperatureOption = Option(
  "temperature", of: .number(above: 0), "What similarities are divided by", default: 0.1)
let columnOption = Option("column", of: .string, "The column with the texts", otherwise: "told by its name")
let promptOption = Option(
  "prompt", of: .string, "The model's prompt to put before texts, by name", otherwise: "the model's default")
let measuredSeedOption = Option("seed", of: .integer(0...), "What is drawn at random is drawn from", default: 1)
let measuredLabelOption = Option("label", of: .string, "Which labels", otherwise: "the source's main ones")

/// The device to use a model on: the one that was named, else the fastest. The engine takes the threads that are free.
func chosenDevice(_ name: String?) throws -> Device {
  Engine.threads = min(Engine.threads, Processors.free())
  return try name.map { try Device($0) } ?? .best
}
