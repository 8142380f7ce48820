"""Times texts beside Hugging Face's tokenizers and sentence-transformers, alternately, after the results were compared.

    python Benchmarks/text.py tokens BENCH TEXTS.txt TOKENIZER…    tokenizers, on one thread each
    python Benchmarks/text.py sentences KINDRED MODEL PAIRS.csv    embeddings of pairs (score, sentence1, sentence2)

BENCH is the program KindredTextBench, KINDRED the command, TEXTS.txt a text a line, a TOKENIZER a folder or a
tokenizer.json, MODEL a folder of sentence-transformers.
"""

import os

os.environ["TOKENIZERS_PARALLELISM"] = "false"
os.environ["RAYON_NUM_THREADS"] = "1"

import pathlib
import statistics
import struct
import subprocess
import sys
import tempfile
import time

import numpy
import tokenizers


def tokens(bench, lines, *names):
    texts = pathlib.Path(lines).read_text().splitlines()
    size = sum(len(t.encode()) for t in texts)
    print(f"tokenizers {tokenizers.__version__}; {len(texts):,} texts of {size / 1e6:.1f} MB, one thread each")
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder)
        (path / "texts").write_bytes(b"".join(struct.pack("<I", len(b)) + b for b in (t.encode() for t in texts)))
        for name in names:
            file = pathlib.Path(name)
            theirs = tokenizers.Tokenizer.from_file(str(file / "tokenizer.json" if file.is_dir() else file))
            theirs.no_truncation()
            theirs.no_padding()
            subprocess.run([bench, "numbers", name, path / "texts", path / "numbers"], check=True)
            expected = [x for e in theirs.encode_batch(texts) for x in [len(e.ids), *e.ids]]
            if numpy.fromfile(path / "numbers", dtype=numpy.int32).tolist() != expected:
                sys.exit(f"{name}: the tokens differ")
            ours, peers = [], []
            for _ in range(5):
                ours.append(float(subprocess.run(
                    [bench, "time", name, path / "texts"], check=True, capture_output=True, text=True).stdout))
                start = time.perf_counter()
                theirs.encode_batch_fast(texts)
                peers.append(time.perf_counter() - start)
            us, them = statistics.median(ours), statistics.median(peers)
            print(f"{name}: {size / us / 1e6:.1f} MB/s against {size / them / 1e6:.1f} MB/s: {them / us:.1f} times as fast")


def sentences(kindred, model, pairs):
    """Both embed all sentences of the pairs; ours with the start of its process, theirs warm. Then both embed one, cold."""
    import csv

    import torch

    # torchvision's compiled part belongs to another build of torch on some machines; only these names are needed.
    library = torch.library.Library("torchvision", "FRAGMENT")
    for name in ["nms", "qnms"]:
        try:
            library.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
        except RuntimeError:
            pass
    from scipy.stats import spearmanr
    from sentence_transformers import SentenceTransformer

    rows = list(csv.DictReader(open(pairs)))
    texts = [r["sentence1"] for r in rows] + [r["sentence2"] for r in rows]
    scores = [float(r["score"]) for r in rows]

    def quality(vectors):
        unit = vectors / numpy.linalg.norm(vectors, axis=1, keepdims=True)
        return unit, spearmanr((unit[:len(rows)] * unit[len(rows):]).sum(1), scores)[0]

    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder)
        (path / "texts.txt").write_text("\n".join(texts) + "\n")
        (path / "one.txt").write_text(texts[0] + "\n")

        def ours(precision, file="texts.txt"):
            start = time.perf_counter()
            subprocess.run([kindred, "embed", model, path / file, "-o", path / "v.npy", "--precision", precision],
                           check=True, capture_output=True)
            return time.perf_counter() - start

        print(f"{len(texts):,} sentences, {torch.get_num_threads()} threads")
        expected = None
        for precision in ["float32", "bfloat16"]:
            peer = SentenceTransformer(model, device="cpu", model_kwargs={"torch_dtype": getattr(torch, precision)})
            peer.encode(texts[:64])
            us, them = [], []
            for _ in range(3):
                us.append(ours(precision))
                start = time.perf_counter()
                vectors = peer.encode(texts)
                them.append(time.perf_counter() - start)
            unit, rho = quality(numpy.load(path / "v.npy"))
            theirs, their_rho = quality(vectors.astype(numpy.float32))
            expected = theirs if expected is None else expected
            least = (unit * expected).sum(1).min()
            assert least > (0.9999 if precision == "float32" else 0.999) and abs(rho - their_rho) < 0.001
            print(f"{precision}: {len(texts) / statistics.median(us):.0f} sentences/s against "
                  f"{len(texts) / statistics.median(them):.0f}; Spearman {rho:.4f} against {their_rho:.4f}; "
                  f"least cosine to their float32 {least:.6f}")
        program = ("import sys, torch\nlibrary = torch.library.Library('torchvision', 'FRAGMENT')\n"
                   "for n in ['nms', 'qnms']: library.define(f'{n}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor')\n"
                   "from sentence_transformers import SentenceTransformer\n"
                   "SentenceTransformer(sys.argv[1], device='cpu').encode(['one sentence'])")
        cold = []
        for _ in range(3):
            start = time.perf_counter()
            subprocess.run([sys.executable, "-c", program, model], check=True, capture_output=True)
            cold.append(time.perf_counter() - start)
        print(f"one sentence, cold: {statistics.median([ours('float32', 'one.txt') for _ in range(3)]):.2f} s against "
              f"{statistics.median(cold):.2f} s")


if __name__ == "__main__":
    command, *rest = sys.argv[1:]
    {"tokens": tokens, "sentences": sentences}[command](*rest)
