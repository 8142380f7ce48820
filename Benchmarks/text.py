"""Times tokenizers beside Hugging Face's, on one thread each, alternately, after their tokens were found equal.

    python Benchmarks/text.py tokens BENCH TEXTS.txt TOKENIZER…

BENCH is the program KindredTextBench, TEXTS.txt a text a line, a TOKENIZER a folder or a tokenizer.json.
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


if __name__ == "__main__":
    command, *rest = sys.argv[1:]
    {"tokens": tokens}[command](*rest)
