import Arguments
import Kindred

/// The command with all its subcommands.
let program = Program(
  "kindred", version: kindredVersion, "Learn what is similar from your own data",
  examples: [
    Example("train clip emoji --run runs/emoji", "learn emoji and their names; about a minute"),
    Example("search runs/emoji emoji \"blue heart\" -o hearts.png", "find emoji by words, as a picture"),
    Example("train simclr photos/ --run runs/photos", "learn from a folder of images, without labels"),
    Example("evaluate knn runs/photos photos/", "measure what was learned"),
  ],
  notes: """
    SOURCE is a folder of images or of class folders, a table that names images (.csv, .tsv, .jsonl), archives (.tar, .tar.gz, \
    .zip), NumPy arrays, IDX or CIFAR files, or 'emoji'. MODEL is a run's folder.
    """,
  commands: [doctor, data, train, resume, study, report, evaluate, compare, search, embed, paraphrases, loss]
)
