"""Has sentence-transformers load what Kindred writes, and compares the vectors of texts.

python sentences.py KINDRED BENCH MODEL…: MODEL is a folder of sentence-transformers; KINDRED embeds texts by it, and the
library does, from the folder and from the copy that BENCH (KindredTextBench) writes of it. Exits with 3 where sentence-transformers is not installed."""

import pathlib
import subprocess
import sys
import tempfile

sys.path.pop(0)  # this folder, whose names must not hide packages
try:
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
except ImportError:
    sys.exit(3)

texts = ["the quick brown fox", "", "a lazy dog jumps", "Café, déjà vu", "中文 分词", "👩‍👩‍👧‍👦 emoji", "word " * 300, "the quick brown fox"]
kindred, bench, *models = sys.argv[1:]
with tempfile.TemporaryDirectory() as folder:
    path = pathlib.Path(folder)
    (path / "texts.txt").write_text("\n".join(texts) + "\n")
    for model in models:
        subprocess.run([kindred, "embed", model, path / "texts.txt", "-o", path / "v.npy", "--precision", "float32"],
                       check=True, capture_output=True)
        ours = numpy.load(path / "v.npy")
        subprocess.run([bench, "copy", model, path / "copy"], check=True)
        for folder in [model, str(path / "copy")]:
            theirs = SentenceTransformer(folder, device="cpu").encode(texts)
            assert ours.shape == theirs.shape, (ours.shape, theirs.shape)
            worst = abs(ours - theirs).max()
            assert worst < 1e-5, f"{folder}: vectors differ by {worst}"
            print(f"{folder}: {len(texts)} vectors are the library's, the worst number {worst:.1e} away")
