import Arguments

let jsonOption = Option("json", "Print JSON")
let modelArgument = Argument("MODEL", of: .path, "the folder of a run or of a model")
let dataArgument = Argument("SOURCE", of: .string, "what to look at: a folder, files, or emoji")
let deviceOption = Option("device", of: .string, "cpu, cuda, cuda:1 or mps", otherwise: "the fastest")
let outputOption = Option("output", "o", of: .path, "Where to write")
