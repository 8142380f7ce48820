"""Unpacks Omniglot's drawings with whole alphabets kept for measuring.

    alphabets.py images_background.zip FOLDER [--seed 1] [--test 10]

The archive holds `images_background/ALPHABET/CHARACTER/DRAWING.png`. FOLDER gets `train/ALPHABET.CHARACTER/` and
`test/ALPHABET.CHARACTER/`: a source whose test classes, characters of alphabets drawn at random, occur nowhere else.
"""

import argparse
import pathlib
import random
import zipfile

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("archive")
parser.add_argument("folder", type=pathlib.Path)
parser.add_argument("--seed", type=int, default=1, help="what the alphabets are drawn from (1)")
parser.add_argument("--test", type=int, default=10, help="alphabets that are not learned from (10)")
arguments = parser.parse_args()

with zipfile.ZipFile(arguments.archive) as archive:
    names = [name for name in archive.namelist() if name.endswith(".png")]
    alphabets = sorted({name.split("/")[-3] for name in names})
    held = set(random.Random(arguments.seed).sample(alphabets, arguments.test))
    for name in names:
        alphabet, character, drawing = name.split("/")[-3:]
        place = arguments.folder / ("test" if alphabet in held else "train") / f"{alphabet}.{character}"
        place.mkdir(parents=True, exist_ok=True)
        (place / drawing).write_bytes(archive.read(name))
