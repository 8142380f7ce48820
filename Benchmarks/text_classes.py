"""Neighbours, linear classifiers and a few labelled texts of each class, beside sentence-transformers and scikit-learn.

    python Benchmarks/text_classes.py KINDRED MODEL TABLE.tsv [LABEL]

TABLE has the columns split (train, test), text and LABEL (label unless told). sentence-transformers embeds the texts, and
scikit-learn classifies its vectors: as many neighbours, the same votes, the same objectives. Prints the top-1 accuracy of both;
of 8 and 16 labelled texts of each class the mean of draws, which are not the same ones.
"""

import csv
import gzip
import json
import subprocess
import sys

import numpy
import torch

# torchvision's compiled part belongs to another build of torch on some machines; only these names are needed.
library = torch.library.Library("torchvision", "FRAGMENT")
for name in ["nms", "qnms"]:
    try:
        library.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    except RuntimeError:
        pass
from sentence_transformers import SentenceTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier, NearestCentroid
from sklearn.preprocessing import StandardScaler, normalize

DRAWS = 10


def read(path, label):
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [[(row["text"], row[label]) for row in rows if row["split"] == part] for part in ("train", "test")]


def ours(kindred, measurement, model, table, *options):
    line = [kindred, "evaluate", measurement, model, table, "--json", "--device", "cpu", "--precision", "float32", *options]
    found = json.loads(subprocess.run(line, check=True, capture_output=True, text=True).stdout)
    rows = {row["name"]: row for row in found["rows"]}
    return {name: dict(zip(found["columns"], zip(row["values"], row.get("intervals") or row["values"]))) for name, row in rows.items()}


def main(kindred, model, table, label="label"):
    train, test = read(table, label)
    peer = SentenceTransformer(model, device="cpu")
    x, z = (peer.encode([text for text, _ in part], batch_size=64) for part in (train, test))
    y, w = (numpy.array([name for _, name in part]) for part in (train, test))
    print(f"{table}: {len(train)} to learn from, {len(test)} kept for measuring, {len(set(y))} classes")

    def line(name, theirs, figure, baselines):
        value, interval = figure["model"]
        half = (interval[1] - interval[0]) / 2
        rest = ", ".join(f"{other} {100 * figure[other][0]:.2f} %" for other in baselines)
        print(f"{name}: {100 * value:.2f} % ± {100 * half:.2f}; theirs {100 * theirs:.2f} %" + (f"; {rest}" if rest else ""))

    def row(found, column):
        return {name: columns[column] for name, columns in found.items() if columns.get(column) and columns[column][0] is not None}

    near = KNeighborsClassifier(200, metric="cosine", weights=lambda d: numpy.exp((1 - d) / 0.1)).fit(x, y)
    found = ours(kindred, "knn", model, table, "--label", label)
    line("kNN, k = 200, temperature 0.1", near.score(z, w), row(found, "top-1"), ["token counts", "untrained"])
    near = KNeighborsClassifier(20, metric="cosine", weights=lambda d: numpy.exp((1 - d) / 0.07)).fit(x, y)
    found = ours(kindred, "knn", model, table, "--label", label, "-k", "20", "--temperature", "0.07")
    line("kNN, k = 20, temperature 0.07", near.score(z, w), row(found, "top-1"), ["token counts", "untrained"])
    scaler = StandardScaler().fit(x)
    linear = LogisticRegression(C=1, max_iter=10000, tol=1e-6).fit(scaler.transform(x), y)
    found = ours(kindred, "linear", model, table, "--label", label)
    line("linear, all", linear.score(scaler.transform(z), w), row(found, "top-1"), ["token counts", "untrained"])
    for shots in [8, 16]:
        found = ours(kindred, "fewshot", model, table, "--label", label, "--shots", str(shots), "--from", "train",
                     "--trials", str(DRAWS))
        rng = numpy.random.default_rng(1)
        unit, asked = normalize(x), normalize(z)
        # Only classes with a text more than the labelled ones take part, as in ours.
        names = [name for name in sorted(set(y)) if (y == name).sum() >= shots and (w == name).any()]
        kept = numpy.isin(w, names)
        theirs = {"nearest mean": [], "linear": []}
        for _ in range(DRAWS):
            drawn = numpy.concatenate([rng.permutation(numpy.flatnonzero(y == name))[:shots] for name in names])
            theirs["nearest mean"].append(NearestCentroid().fit(unit[drawn], y[drawn]).score(asked[kept], w[kept]))
            theirs["linear"].append(
                LogisticRegression(C=1, max_iter=10000).fit(unit[drawn], y[drawn]).score(asked[kept], w[kept]))
        for name, values in theirs.items():
            line(f"{shots} a class, {name} ({len(names)} classes)", numpy.mean(values), row(found, name), ["token counts", "untrained"])


if __name__ == "__main__":
    main(*sys.argv[1:])
