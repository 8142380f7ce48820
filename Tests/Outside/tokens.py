"""Compares tokens with Hugging Face's tokenizers on 100,000 hard lines, and on every character there is.

python tokens.py BENCH TOKENIZER…: BENCH is the program KindredTextBench, a TOKENIZER a folder or a tokenizer.json. Lines
are those of Tests/Goldens/lines.py. Exits with 3 where tokenizers is not installed."""

import pathlib
import struct
import subprocess
import sys
import tempfile

here = pathlib.Path(__file__).resolve().parent
sys.path = [p for p in sys.path if pathlib.Path(p or ".").resolve() != here]  # this folder must not hide packages
try:
    import numpy
    from tokenizers import Tokenizer
except ImportError:
    sys.exit(3)
sys.path.append(str(here.parent / "Goldens"))
from lines import lines

points = [chr(c) for c in range(0x110000) if not 0xD800 <= c < 0xE000]
texts = lines(100_000, seed=7) + [f"a{c}b {c} {c}{c}x" for c in points]
texts += ["x" * 100_000, "a " * 50_000, "\u0301" * 5_000, "a" + "\u0301\u0327" * 2_000, "é" * 30_000, " " * 100_000, "'" * 9_999]


def pack(texts):
    return b"".join(struct.pack("<I", len(b)) + b for b in (t.encode() for t in texts))


bench, *names = sys.argv[1:]
with tempfile.TemporaryDirectory() as folder:
    path = pathlib.Path(folder)
    (path / "texts").write_bytes(pack(texts))
    for name in names:
        file = pathlib.Path(name)
        tokenizer = Tokenizer.from_file(str(file / "tokenizer.json" if file.is_dir() else file))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        subprocess.run([bench, "numbers", name, path / "texts", path / "numbers"], check=True)
        numbers = numpy.fromfile(path / "numbers", dtype=numpy.int32).tolist()
        place = 0
        wrong = []
        for start in range(0, len(texts), 20_000):
            for text, expected in zip(texts[start:start + 20_000], tokenizer.encode_batch(texts[start:start + 20_000])):
                count = numbers[place]
                if numbers[place + 1:place + 1 + count] != expected.ids:
                    wrong.append((text, numbers[place + 1:place + 1 + count], expected.ids))
                place += 1 + count
        assert place == len(numbers)
        for text, ours, theirs in wrong[:5]:
            print(f"  {text[:80]!r}\n    ours   {ours[:30]}\n    theirs {theirs[:30]}")
        print(f"{name}: {len(texts) - len(wrong):,} of {len(texts):,} texts have the same tokens")
        if wrong:
            sys.exit(1)
