"""Fine-tuning of a sentence encoder on labelled texts, beside sentence-transformers' trainer with the same recipe.

    python Benchmarks/text_tuning.py draw FOLDER TABLE.tsv [LABEL]      few labelled texts and pairs, which both learn from
    python Benchmarks/text_tuning.py theirs FOLDER MODEL                sentence-transformers' trainer
    python Benchmarks/text_tuning.py ours FOLDER MODEL KINDRED          `kindred train text`
    python Benchmarks/text_tuning.py report FOLDER

TABLE has the columns split (train, test), text and LABEL (label unless told). Of each class 8, 16 or all texts are learned
from, by SupCon on texts with their classes (τ = 0.1, four of a class in a batch) and by MNRL (scale 20) on pairs of one class.
AdamW at 2e-5, a warm-up of a tenth, linear decay, gradients clipped at 1, batches of 64, float32. Accuracy on the test texts is
that of the same scikit-learn classifiers on the vectors that sentence-transformers makes of either model: the labelled texts
that were learned from vote (all of them, exp(s/0.1)), and a logistic regression is fitted to them (C = 1, unit length).

Needs `pip install sentence-transformers datasets accelerate scikit-learn`.
"""

import csv
import gzip
import json
import pathlib
import random
import statistics
import subprocess
import sys
import time

SEEDS, SHOTS, LOSSES = [1, 2, 3], ["8", "16", "all"], ["supcon", "mnrl"]
EPOCHS = {"8": 10, "16": 10, "all": 2}
PARTNERS = {"8": 1, "16": 1, "all": 1}
BATCH, RATE, PER_CLASS = 64, 2e-5, 4


def read(path):
    with (gzip.open if str(path).endswith(".gz") else open)(path, "rt", encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def write(path, columns, rows):
    path.write_text("\n".join("\t".join(row) for row in [columns, *rows]) + "\n", encoding="utf-8")


def draw(folder, table, label="label"):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    rows = [(row["split"], row["text"], row[label]) for row in read(table)]
    write(folder / "test.tsv", ["text", "label"], [row[1:] for row in rows if row[0] == "test"])
    train = [row[1:] for row in rows if row[0] == "train"]
    for shots in SHOTS:
        for seed in SEEDS:
            order = random.Random(seed)
            classes = {}
            for row in order.sample(train, len(train)):
                classes.setdefault(row[1], []).append(row)
            kept = {name: texts if shots == "all" else texts[:int(shots)] for name, texts in sorted(classes.items())}
            kept = {name: texts for name, texts in kept.items() if len(texts) > 1}
            write(folder / f"texts-{shots}-{seed}.tsv", ["text", "label"], [row for texts in kept.values() for row in texts])
            # Every text with the next of its class, in an order of its own: each is once an anchor and once a positive.
            pairs = [(a[0], b[0]) for texts in kept.values() for a, b in zip(texts, texts[1:] + texts[:1])]
            write(folder / f"pairs-{shots}-{seed}.tsv", ["anchor", "positive"], order.sample(pairs, len(pairs)))


def settings():
    return [(loss, shots, seed) for shots in SHOTS for seed in SEEDS for loss in LOSSES]


def quiet_library():
    import torch
    # torchvision's compiled part belongs to another build of torch on some machines; only these names are needed.
    library = torch.library.Library("torchvision", "FRAGMENT")
    for name in ["nms", "qnms"]:
        try:
            library.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
        except RuntimeError:
            pass
    return library


def accuracy(model, folder, shots, seed):
    """kNN and linear accuracy of a model's vectors, by the labelled texts that were learned from."""
    import numpy
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import normalize
    learned, asked = read(folder / f"texts-{shots}-{seed}.tsv"), read(folder / "test.tsv")
    x, z = (normalize(model.encode([row["text"] for row in rows], batch_size=64)) for rows in (learned, asked))
    y, w = (numpy.array([row["label"] for row in rows]) for rows in (learned, asked))
    names, index = numpy.unique(y, return_inverse=True)
    votes = numpy.exp((z @ x.T) / 0.1) @ numpy.eye(len(names))[index]
    knn = (names[votes.argmax(1)] == w).mean()
    linear = LogisticRegression(C=1, max_iter=10000).fit(x, y).score(z, w)
    return knn, linear


def record(folder, who, setting, seconds, figures):
    line = dict(zip(["loss", "shots", "seed"], setting), who=who, seconds=seconds, knn=figures[0], linear=figures[1])
    with open(folder / "results.jsonl", "a") as file:
        file.write(json.dumps(line) + "\n")
    print(line, flush=True)


def done(folder, who):
    path = folder / "results.jsonl"
    lines = [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
    return {(line["loss"], line["shots"], line["seed"]) for line in lines if line["who"] == who}


def theirs(folder, path):
    folder, library = pathlib.Path(folder), quiet_library()
    import torch
    from datasets import Dataset
    from sentence_transformers import SentenceTransformer, SentenceTransformerTrainer, SentenceTransformerTrainingArguments
    from sentence_transformers.sentence_transformer import losses
    from pytorch_metric_learning.losses import SupConLoss

    class SupCon(torch.nn.Module):
        """The library has none of its own."""
        def __init__(self, model):
            super().__init__()
            self.model, self.loss = model, SupConLoss(temperature=0.1)

        def forward(self, features, labels):
            return self.loss(self.model(list(features)[0])["sentence_embedding"], labels)

    there = done(folder, "theirs")
    for shots in SHOTS:
        for seed in SEEDS:
            if ("before", shots, seed) not in there:
                record(folder, "theirs", ("before", shots, seed), 0,
                       accuracy(SentenceTransformer(path, device="cpu"), folder, shots, seed))
    for setting in settings():
        loss, shots, seed = setting
        if setting in there:
            continue
        model = SentenceTransformer(path, device="cpu")
        if loss == "supcon":
            rows = read(folder / f"texts-{shots}-{seed}.tsv")
            names = sorted({row["label"] for row in rows})
            data = Dataset.from_dict({"text": [row["text"] for row in rows], "label": [names.index(row["label"]) for row in rows]})
            objective = SupCon(model)
        else:
            rows = read(folder / f"pairs-{shots}-{seed}.tsv")
            data = Dataset.from_dict({key: [row[key] for row in rows] for key in ("anchor", "positive")})
            objective = losses.MultipleNegativesRankingLoss(model)
        arguments = SentenceTransformerTrainingArguments(
            output_dir=str(folder / "trainer"), num_train_epochs=EPOCHS[shots], per_device_train_batch_size=BATCH,
            learning_rate=RATE, warmup_steps=max(1, EPOCHS[shots] * (len(rows) // BATCH) // 10), lr_scheduler_type="linear",
            max_grad_norm=1, weight_decay=0, seed=seed, save_strategy="no", report_to="none", use_cpu=True,
            disable_tqdm=True, logging_steps=10**9, dataloader_drop_last=True,
            batch_sampler="group_by_label" if loss == "supcon" else "no_duplicates")
        trainer = SentenceTransformerTrainer(model=model, args=arguments, train_dataset=data, loss=objective)
        start = time.perf_counter()
        trainer.train()
        record(folder, "theirs", setting, time.perf_counter() - start, accuracy(model, folder, shots, seed))


def ours(folder, path, kindred):
    folder, library = pathlib.Path(folder), quiet_library()
    from sentence_transformers import SentenceTransformer
    there = done(folder, "ours")
    for setting in settings():
        loss, shots, seed = setting
        if setting in there:
            continue
        table = folder / f"{'texts' if loss == 'supcon' else 'pairs'}-{shots}-{seed}.tsv"
        run = folder / f"run-{loss}-{shots}-{seed}"
        subprocess.run(["rm", "-rf", run], check=True)
        line = [kindred, "train", "text", table, "--model", path, "--run", run, "--epochs", str(EPOCHS[shots]), "--batch",
                str(BATCH), "--rate", str(RATE), "--seed", str(seed), "--device", "cpu", "--precision", "float32",
                "--evaluate-every", "0"]
        line += ["--loss", "supcon", "--temperature", "0.1", "--per-class", str(PER_CLASS)] if loss == "supcon" else [
            "--loss", "mnrl"]
        start = time.perf_counter()
        subprocess.run(line, check=True, capture_output=True)
        seconds = time.perf_counter() - start
        model = SentenceTransformer(str(run / "model"), device="cpu")
        record(folder, "ours", setting, seconds, accuracy(model, folder, shots, seed))
        subprocess.run(["rm", "-rf", run], check=True)


def report(folder):
    lines = [json.loads(line) for line in (pathlib.Path(folder) / "results.jsonl").read_text().splitlines()]

    def cell(who, loss, shots, figure):
        values = [100 * line[figure] for line in lines if (line["who"], line["loss"], line["shots"]) == (who, loss, shots)]
        if not values:
            return "–"
        spread = statistics.stdev(values) if len(values) > 1 else 0
        return f"{statistics.mean(values):.2f} ± {spread:.2f}"

    print("| a class | loss | kNN, ours | theirs | linear, ours | theirs |\n|--:|---|--:|--:|--:|--:|")
    for shots in SHOTS:
        print(f"| {shots} | before | | {cell('theirs', 'before', shots, 'knn')} | | {cell('theirs', 'before', shots, 'linear')} |")
        for loss in LOSSES:
            print(f"| {shots} | {loss} | " + " | ".join(
                cell(who, loss, shots, figure) for figure in ("knn", "linear") for who in ("ours", "theirs")) + " |")


if __name__ == "__main__":
    command, *rest = sys.argv[1:]
    {"draw": draw, "theirs": theirs, "ours": ours, "report": report}[command](*rest)
