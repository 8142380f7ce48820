import Basics
import TestSupport
import Tensors

/// Writes the arrays on which the peers' own code was run, as a person would have them in a folder.
func writeLossArrays(to folder: String) throws {
  let arrays: [(String, Tensor)] = [
    ("a", peerInput(6, 5, 0.37, 1.3)), ("b", peerInput(6, 5, 0.41, 1.1)), ("hard", peerInput(6, 5, 0.29, 0.7)),
    ("queue", peerInput(4, 5, 0.53, 0.9)), ("noise", peerInput(12, 5, 0.29, 0.7)),
    ("rolled", peerInput(6, 5, 0.41, 1.1).rolled(1)), ("proxies", peerInput(3, 5, 0.53, 0.9)),
    ("centres", peerInput(6, 5, 0.47, 0.8)), ("wide", peerInput(6, 7, 0.37, 1.3)),
    ("labels", Tensor([0, 0, 1, 1, 2, 2])), ("ones", Tensor([1, 1, 1, 1, 1, 1])),
    ("alone", Tensor([0, 1, 2, 3, 4, 5])),
    ("same", Tensor([1, 0, 1, 0, 1, 0])), ("grades", Tensor([0.9, 0.1, 0.8, 0.2, 0.7, 0.3])),
    ("vector", Tensor([1, 2, 3] as [Double])), ("one", peerInput(1, 5, 0.37, 1.3)),
  ]
  for (name, array) in arrays { try NumPyFile.write(array, to: "\(folder)/\(name).npy") }
  var broken = peerInput(6, 5, 0.37, 1.3).values(as: Double.self)
  broken[11] = .nan
  try NumPyFile.write(Tensor(broken, shape: [6, 5]), to: "\(folder)/broken.npy")
}

/// Runs the built `kindred` with words in a folder until it ends.
func runKindred(_ words: [String], in folder: String) throws -> (ending: ProcessRun.Ending, run: ProcessRun) {
  let run = try startKindred(words, in: folder)
  return (run.wait(), run)
}
