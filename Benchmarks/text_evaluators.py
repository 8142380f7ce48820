"""Evaluators of sentence-transformers beside `kindred evaluate`, the same model on the same files: figures, then seconds.

    python Benchmarks/text_evaluators.py pairs KINDRED MODEL PAIRS.tsv          question1, question2, is_duplicate
    python Benchmarks/text_evaluators.py paraphrases KINDRED MODEL PAIRS.tsv
    python Benchmarks/text_evaluators.py retrieval KINDRED MODEL FOLDER         in the form of BEIR

Seconds are of a whole process of ours, in which baselines are measured, too; theirs is loaded and warm.
"""

import csv
import json
import pathlib
import subprocess
import sys
import time

import torch

# torchvision's compiled part belongs to another build of torch on some machines; only these names are needed.
library = torch.library.Library("torchvision", "FRAGMENT")
for name in ["nms", "qnms"]:
    try:
        library.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    except RuntimeError:
        pass
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer import evaluation


def ours(kindred, *words):
    start = time.perf_counter()
    done = subprocess.run(
        [kindred, "evaluate", *words, "--json", "--device", "cpu", "--precision", "float32"], check=True,
        capture_output=True, text=True)
    table = json.loads(done.stdout)
    return {row["name"]: row["values"] for row in table["rows"]}, time.perf_counter() - start


def compare(name, mine, other, tolerance=1e-4):
    print(f"{name}: {mine:.4f}, theirs {other:.4f}" + ("" if abs(mine - other) <= tolerance else "  differs"))


def pairs_of(path):
    rows = list(csv.DictReader(open(path, encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE))
    return [r["question1"] for r in rows], [r["question2"] for r in rows], [int(r["is_duplicate"]) for r in rows]


def pairs(kindred, model, path):
    peer = SentenceTransformer(model, device="cpu")
    names = ["cosine", "dot", "euclidean", "manhattan"]
    start = time.perf_counter()
    found = evaluation.BinaryClassificationEvaluator(*pairs_of(path), similarity_fn_names=names, write_csv=False)(peer)
    theirs = time.perf_counter() - start
    rows, seconds = ours(kindred, "pairs", model, path)
    metrics = ["accuracy", "accuracy_threshold", "f1", "f1_threshold", "precision", "recall", "ap", "mcc"]
    for name, title in zip(names, ["cosine", "dot", "Euclidean", "Manhattan"]):
        for metric, value in zip(metrics, rows[f"model, {title}"]):
            compare(f"{name} {metric}", value, found[f"{name}_{metric}"], 1e-3)
    print(f"token counts: AP {rows['token counts, cosine'][6]:.4f}; untrained: {rows['untrained, cosine'][6]:.4f}")
    print(f"{seconds:.1f} s with baselines and intervals, theirs {theirs:.1f} s")


def paraphrases(kindred, model, path):
    first, second, same = pairs_of(path)
    texts = list(dict.fromkeys(first + second))
    numbers = {text: str(i) for i, text in enumerate(texts)}
    duplicates = [(numbers[a], numbers[b]) for a, b, one in zip(first, second, same) if one and a != b]
    peer = SentenceTransformer(model, device="cpu")
    start = time.perf_counter()
    found = evaluation.ParaphraseMiningEvaluator(
        {number: text for text, number in numbers.items()}, duplicates, batch_size=64, write_csv=False)(peer)
    theirs = time.perf_counter() - start
    rows, seconds = ours(kindred, "paraphrases", model, path)
    for metric, value in zip(["average_precision", "f1", "threshold", "precision", "recall"], rows["model"]):
        compare(metric, value, found[metric], 1e-3)
    print(f"token counts: AP {rows['token counts'][0]:.4f}; untrained: {rows['untrained'][0]:.4f}")
    print(f"{seconds:.1f} s with baselines and intervals, theirs {theirs:.1f} s")


def retrieval(kindred, model, folder):
    path = pathlib.Path(folder)
    corpus = [json.loads(line) for line in open(path / "corpus.jsonl")]
    queries = [json.loads(line) for line in open(path / "queries.jsonl")]
    relevant = {}
    for row in csv.DictReader(open(path / "qrels/test.tsv"), delimiter="\t"):
        if float(row["score"]) > 0:
            relevant.setdefault(row["query-id"], set()).add(row["corpus-id"])
    peer = SentenceTransformer(model, device="cpu")
    evaluator = evaluation.InformationRetrievalEvaluator(
        {q["_id"]: q["text"] for q in queries},
        {d["_id"]: f"{d['title']} {d['text']}" if d.get("title") else d["text"] for d in corpus}, relevant, write_csv=False,
        batch_size=64)
    start = time.perf_counter()
    found = evaluator(peer)
    theirs = time.perf_counter() - start
    rows, seconds = ours(kindred, "retrieval", model, folder)
    for name, values in rows.items():
        compare(name, values[0], found[f"cosine_{name.lower()}"], 1e-3)
    print(f"token counts: nDCG@10 {rows['nDCG@10'][1]:.4f}, MAP@100 {rows['MAP@100'][1]:.4f}")
    print(f"{seconds:.1f} s with baselines and intervals, theirs {theirs:.1f} s")


if __name__ == "__main__":
    command, *rest = sys.argv[1:]
    {"pairs": pairs, "paraphrases": paraphrases, "retrieval": retrieval}[command](*rest)
