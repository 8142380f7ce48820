import BenchSupport
import Datasets
import Images

/// How long two SimCLR views of an image take with more workers: batches of 64 from JPEG files, decoded anew each time,
/// while nobody else computes.
func measureWorkers(photos folder: String, _ write: ([String]) throws -> Void) throws {
  let source = try FolderSource(folder)
  for side in [32, 96, 224] {
    for workers in [1, 2, 4] {
      let recipe = BatchRecipe(views: [.simCLR(size: side), .simCLR(size: side)])
      let maker = BatchMaker(
        source: source, items: Array(0..<source.count), recipe: recipe, batches: Batches(of: source.count, size: 64),
        seed: 1, broken: BrokenItems(among: source.count), picture: source.picture)
      let batches = 12
      let rounds = (0..<4).map { _ in
        let loader = Loader(count: batches + 4 * workers, workers: workers) { try maker.batch(ofStep: $0) }
        // What is made ahead must not be in the time at its beginning and not at its end.
        take(2 * workers, from: loader)
        return seconds { take(batches, from: loader) }
      }
      let time = 1000 * rounds.min()! / Double(64 * batches)
      try write([
        "workers", "views", "\(side)", "64", "", "views", "\((time * 1000).rounded() / 1000)", "\(workers)",
      ])
    }
  }
}

/// Takes elements of a loader and throws them away.
private func take(_ count: Int, from loader: Loader<ExampleBatch>) {
  do {
    for _ in 0..<count { _ = try loader.next() }
  } catch {
    stop("\(error)")
  }
}
