import TestSupport
import Testing

/// What `kindred loss` says to arrays that do not fit: one line that names the file.
@Suite struct LossUsageTests {
  @Test(arguments: [
    ("ntxnt a.npy b.npy", 2, "unknown command 'ntxnt'; did you mean 'ntxent'?"),
    ("ntxent a.npy b.npy --temperature 0", 2, "--temperature takes a number above 0, not '0'"),
    ("ntxent a.npy b.npy --temperature nan", 2, "--temperature takes a number above 0, not 'nan'"),
    ("ntxent a.npy b.npy --semantics open_clip", 2, "--semantics takes one of lightly, paper, pml"),
    ("ntxent a.npy b.npy --scale 2 --temperature 3", 2, "--temperature and --scale are one over each other"),
    ("ntxent a.npy b.npy --margin 2", 2, "unknown option --margin"),
    ("clip", 2, "missing A.npy"),
    ("ntxent a.npy", 1, "ntxent needs another view of each row, or the classes of the rows; add B.npy after A.npy"),
    ("clip a.npy", 1, "clip needs a second array; add B.npy after A.npy"),
    ("clip a.npy nowhere.npy", 1, "nowhere.npy: cannot be opened (no such file or directory); check the path"),
    ("clip a.npy proxies.npy", 1, "proxies.npy: has 3 rows; a.npy, whose partners they are, has 6"),
    ("clip a.npy wide.npy", 1, "wide.npy: has rows of 7 numbers; those of a.npy have 5"),
    ("clip vector.npy b.npy", 1, "vector.npy: has the shape [3]; embeddings are [rows, columns]"),
    ("clip broken.npy b.npy", 1, "broken.npy: row 2 holds a number that is not finite"),
    ("supcon-in a.npy", 1, "supcon-in needs the classes of the rows; add --labels LABELS.npy"),
    ("supcon a.npy --labels grades.npy", 1, "grades.npy: holds numbers that are not whole"),
    ("supcon a.npy --labels vector.npy", 1, "vector.npy: has 3 labels; a.npy has 6 rows"),
    ("supcon a.npy --labels a.npy", 1, "a.npy: has the shape [6, 5]; one number a row expected, [rows]"),
    ("cosent a.npy b.npy", 1, "cosent needs a number for every pair; add --pairs PAIRS.npy"),
    ("cosent a.npy b.npy --pairs vector.npy", 1, "vector.npy: has 3 numbers; a.npy has 6 rows, one a pair"),
    ("moco a.npy b.npy", 1, "moco needs earlier keys; add --queue QUEUE.npy"),
    ("mnrl a.npy b.npy --negatives queue.npy", 1, "queue.npy: has 4 rows; one or more for each of the 6 of a.npy"),
    ("mnrl a.npy b.npy --directions all --partition per-direction", 1, "--partition per-direction goes with"),
    ("normface a.npy proxies.npy --labels alone.npy", 1, "alone.npy: has the label 5; there are proxies for 0 to 2"),
    ("softtriple a.npy centres.npy --labels labels.npy --centers 4", 1, "6 centres are not 4 a class; set --centers"),
    (
      "contrastive a.npy", 1, "contrastive needs pairs, or the classes of the rows; add B.npy and --pairs PAIRS.npy, or"
    ),
    (
      "contrastive a.npy b.npy --pairs labels.npy", 1, "labels.npy: holds 2; pairs that belong together are 1, others 0"
    ),
    (
      "triplet a.npy b.npy", 1,
      "triplet needs triplets, or the classes of the rows; add B.npy and --negatives N.npy, or"
    ),
    ("quadruplet a.npy b.npy --negatives hard.npy", 1, "hard.npy: has 6 rows; two for each of the 6 anchors expected"),
    ("vicreg one.npy one.npy", 1, "one.npy: has one row; a variance takes two examples or more"),
    ("supcon a.npy --labels alone.npy --policy error", 1, "6 of 6 anchors have no positive; choose another --policy"),
    ("margin a.npy --labels alone.npy --policy error", 1, "6 of 6 anchors have no positive; choose another --policy"),
    ("margin a.npy --labels labels.npy --policy zero", 2, "--policy takes one of standard, error, not 'zero'"),
    (
      "supcon a.npy --labels labels.npy --base-temperature 1", 1,
      "--base-temperature has no effect on what was asked for"
    ),
    ("triplet a.npy b.npy --negatives hard.npy --miner hard", 1, "--miner has no effect on what was asked for"),
    ("mnrl a.npy b.npy --alpha 2", 1, "--alpha has no effect on what was asked for; leave it out"),
    ("fast-ap a.npy --labels labels.npy --bins 1000000000", 2, "--bins takes a whole number from 1 to 1000000"),
    ("clip a.npy b.npy --gradient no/g.safetensors", 1, "no/g.safetensors: cannot be written: there is no folder 'no'"),
  ])
  func whatDoesNotFitIsSaidInOneLine(line: String, code: Int, message: String) throws {
    try withTemporaryFolder { folder in
      try writeLossArrays(to: folder)
      let run = try startKindred(["loss"] + line.split(separator: " ").map(String.init), in: folder)
      #expect(run.wait() == .exited(Int32(code)), "\(run.errors)")
      #expect(run.errors.hasPrefix("kindred: ") && run.errors.contains(message), "\(run.errors)")
      #expect(run.errors.split(separator: "\n").count == 1, "\(run.errors)")
      #expect(run.output.isEmpty)
    }
  }
}
