import Arguments
import Basics
import Kindred

/// `kindred report RUN…`.
let report = Command(
  "report", "Show runs on a page for a browser: curves, neighbours, a map of the embeddings",
  examples: [
    Example("runs/photos", "writes runs/photos/report.html anew"),
    Example("runs/a runs/b -o compared.html", "several runs in one page, side by side"),
  ],
  arguments: [runsArgument], options: [outputOption, reportDeviceOption],
  notes: """
    The page is one file that needs nothing else and asks no network for anything. Every run writes its own at its end; a \
    run that is not finished is shown as far as it is.
    """
) { values in
  let folders = values[runsArgument]
  let path = try values[outputOption] ?? defaultPage(of: folders)
  let reporter = try RunReporter(folders: folders)
  try OutputFile.require(path, endingIn: ".html")
  let report = try reporter.report(on: values[reportDeviceOption])
  try Files.write(path, text: ReportPage(report).html)
  Console.error("wrote \(path)")
}

private let reportDeviceOption = Option(
  "device", of: .string, "cpu, cuda, cuda:1 or mps", otherwise: "where the run was trained")
private let runsArgument = Argument(rest: "RUN", of: .path, "the folders of runs", atLeast: 1)

private func defaultPage(of folders: [String]) throws -> String {
  guard folders.count == 1 else {
    throw Misuse("no file is named for the comparison; add one, such as -o compared.html")
  }
  return RunFolder(folders[0]).reportPath
}
