import Basics
import TestSupport
import Testing

/// What the program says to right and wrong lines.
@Suite struct UsageTests {
  @Test func saysItsVersion() throws {
    let (ending, run) = try kindred("--version")
    #expect(ending == .exited(0))
    #expect(run.output.hasPrefix("kindred 0."))
    #expect(run.errors.isEmpty)
  }

  @Test func helpsWithoutError() throws {
    for words in [[], ["help"], ["--help"], ["train", "clip", "--help"], ["help", "evaluate", "knn"]] {
      let run = try startKindred(words, in: "/tmp")
      #expect(run.wait() == .exited(0), "\(words)")
      #expect(run.output.contains("kindred"), "\(words)")
      #expect(run.errors.isEmpty, "\(words)")
    }
  }

  @Test(arguments: [
    ("trian", "unknown command 'trian'; did you mean 'train'? (see 'kindred --help')"),
    ("train simclr", "no SOURCE is named to learn from; name one, such as emoji or a folder of images"),
    ("train simclr x --epocs 3", "unknown option --epocs; did you mean --epochs? (see 'kindred train simclr --help')"),
    ("train simclr x --epochs 0", "--epochs takes a whole number of at least 1, not '0'"),
    ("train simclr x --batch 1", "--batch takes a whole number of at least 2, not '1'"),
    ("train simclr x --size 100000", "--size takes a whole number from 8 to 1024, not '100000'"),
    ("train simclr x --rate -1", "--rate takes a number above 0, not '-1'"),
    ("train simclr x --rate nan", "--rate takes a number above 0, not 'nan'"),
    ("train simclr x --workers -3", "--workers takes a whole number from 0 to 64, not '-3'"),
    ("train simclr x --encoder resnet19", "did you mean 'resnet18'?"),
    ("train simclr x --config run.json --epochs 3", "--config repeats a run exactly and takes no --epochs beside it"),
    ("train metric x --loss tripelt", "did you mean 'triplet'?"),
    ("train metric x --loss triplet --miner batchhard", "did you mean 'batch-hard'?"),
    ("train metric x --loss triplet --temperature 1", "triplet: has no temperature; it has margin, distance"),
    (
      "train metric x --loss triplet --semantics lightly",
      "triplet: does not know the semantics lightly; it knows paper"
    ),
    ("train metric x --loss arcface --margin 181", "arcface: the margin must be an angle from 0 to 180, not 181.0"),
    ("train metric x --miner batch-hard --miner-margin 1", "batch-hard: has no margin; it has distance"),
    ("train metric x --miner-margin 1", "--miner-margin needs a miner; add --miner NAME"),
    ("train", "'kindred train' needs one of: clip, simclr"),
    ("embed model source", "no file is named for the embeddings; add one, such as -o vectors.npy"),
    ("search model source", "missing QUERY"),
  ])
  func misuseIsOneLineAndTwo(line: String, message: String) throws {
    let run = try startKindred(line.split(separator: " ").map(String.init), in: "/tmp")
    #expect(run.wait() == .exited(2))
    #expect(run.errors.hasPrefix("kindred: ") && run.errors.contains(message), "\(run.errors)")
    #expect(run.errors.split(separator: "\n").count == 1)
    #expect(run.output.isEmpty)
  }

  @Test(arguments: [
    (
      "train simclr nowhere",
      "nowhere: is neither a file or folder nor a built-in source (emoji, emoji:plain); check the path"
    ),
    ("train clip photos", "photos: has no texts to learn from; clip needs captions; simclr learns from images alone"),
    (
      "train simclr photos --batch 500",
      "photos: has 5 items to learn from, which make no batch of 500; use --batch 5 or less"
    ),
    ("train simclr one", "one: has one item to learn from; learning by comparing takes two items or more"),
    ("train simclr photos --device toaster", "toaster: is no device; write cpu, cuda, cuda:1 or mps"),
    ("train simclr photos --epochs 9223372036854775807", "epochs is 9223372036854775807, not from 1 to a billion"),
    ("train simclr photos --checkpoint-every 1e300", "checkpointSeconds is 1e+300, not from 0 to 10⁹"),
    ("resume nowhere", "nowhere/run.json: is not there; 'kindred train' begins a run"),
    ("evaluate knn nowhere photos", "nowhere: is no folder of a model; 'kindred train' makes one"),
    ("embed nowhere photos -o vectors.txt", "vectors.txt: its ending stands for no format;"),
    ("embed nowhere photos -o photos", "photos: is a folder; name a file that ends in .npy, .safetensors or .jsonl"),
    ("embed nowhere photos -o no/x.npy", "no/x.npy: cannot be written: there is no folder 'no'; make it first"),
    ("data recipe simlcr", "simlcr: is neither the name of a recipe nor a file; did you mean 'simclr'?"),
    (
      "train simclr photos --recipe recipes/typo.json",
      "recipes/typo.json: steps[1].brightnes is no setting of jitter; did you mean 'brightness'?"
    ),
    (
      "train simclr photos --recipe recipes/wide.json",
      "recipes/wide.json: makes views of 12×8, and encoders are trained on squares; write a single number as its size"
    ),
    ("data preview photos -o photos", "photos: is a folder; name a file in it"),
    ("data preview photos -o views.jpg", "views.jpg: is no name for what is written; name a file that ends in .png"),
    ("search nowhere photos x -o cat.jpg", "cat.jpg: is no name for what is written; name a file that ends in .png"),
  ])
  func whatCannotBeDoneIsSaidInOneLine(line: String, message: String) throws {
    try withTemporaryFolder { folder in
      try writeImages(6, to: "\(folder)/photos")
      try writeImages(1, to: "\(folder)/one")
      try Files.makeFolder("\(folder)/recipes")
      try Files.write(
        "\(folder)/recipes/typo.json",
        text: #"{"name":"x","size":8,"steps":[{"kind":"flip"},{"kind":"jitter","brightnes":0.1}]}"#)
      try Files.write(
        "\(folder)/recipes/wide.json", text: #"{"name":"x","size":{"width":12,"height":8},"steps":[]}"#)
      let run = try startKindred(line.split(separator: " ").map(String.init), in: folder)
      #expect(run.wait() == .exited(1), "\(run.errors)")
      #expect(run.lastError.hasPrefix("kindred: ") && run.lastError.contains(message), "\(run.errors)")
      #expect(run.output.isEmpty)
      #expect(!Files.exists("\(folder)/runs"), "what is refused leaves nothing behind")
    }
  }
}
