"""Writes the golden image files as the fuzzers' first inputs: corpus.py FOLDER"""

import base64
import json
import pathlib
import sys

goldens = pathlib.Path(__file__).parent.parent / "Goldens"
folder = pathlib.Path(sys.argv[1])
for kind in ["decoding", "exif"]:
    (folder / kind).mkdir(parents=True, exist_ok=True)
for name in ["augmentations", "windows"]:
    for number, file in enumerate(json.loads((goldens / f"{name}.json").read_text())["files"]):
        data = base64.b64decode(file["data"])
        (folder / "exif" / f"{name}-{number}").write_bytes(data)
        for divisor in range(4 if data[:1] == b"\xff" else 1):
            # A window somewhere in the middle: see decoding.c.
            choices = bytes([divisor, 60 + number, 90, 70, 40 + 2 * number, 0, 0, 0])
            (folder / "decoding" / f"{name}-{number}-{divisor}").write_bytes(choices + data)
