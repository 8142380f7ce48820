"""Unpacks pictures of emoji with their names and keywords into a table whose parts are drawn at random.

    random_split.py emoji.tar.gz FOLDER [--seed 1] [--test 290]

The archive holds `png/*.png` and `metadata.jsonl` with a line {"image", "emoji", "name", "keywords"} for each. FOLDER gets
the pictures and `split-SEED.jsonl`, which `kindred train clip` and `kindred evaluate retrieval` take for a source. A
random split lets variants of one emoji fall on both sides (the man and the woman at one work, a face and the cat with
it); `emoji:plain` keeps them together and is the harder test.
"""

import argparse
import json
import pathlib
import random
import tarfile

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("archive")
parser.add_argument("folder", type=pathlib.Path)
parser.add_argument("--seed", type=int, default=1, help="what the split is drawn from (1)")
parser.add_argument("--test", type=int, default=290, help="emoji that are not learned from (290)")
arguments = parser.parse_args()

arguments.folder.mkdir(parents=True, exist_ok=True)
with tarfile.open(arguments.archive) as archive:
    archive.extractall(arguments.folder, filter="data")

rows = [json.loads(line) for line in open(arguments.folder / "metadata.jsonl", encoding="utf-8")]
held = set(random.Random(arguments.seed).sample(range(len(rows)), arguments.test))
with open(arguments.folder / f"split-{arguments.seed}.jsonl", "w", encoding="utf-8") as table:
    for number, row in enumerate(rows):
        # The name is among CLDR's keywords; the rest are words of its own.
        keywords = [word for word in row["keywords"] if word != row["name"]]
        kept = {"image": row["image"], "name": row["name"], "keywords": keywords}
        kept["split"] = "test" if number in held else "train"
        table.write(json.dumps(kept, ensure_ascii=False) + "\n")
