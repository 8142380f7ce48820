"""Draws losses.svg from losses.csv, and prints its table as Markdown.

    python3 Benchmarks/losses_growth.py            (no package is needed)

losses.csv is what KindredLossBench wrote (Benchmarks/Losses), headed by the names of its columns.
"""

import csv
import pathlib

from diagram import digits, legend, panel, write

LOSSES = {"ntxent": "#2471a3", "supcon": "#c0392b"}
PEERS = {"ntxent": "lightly", "supcon": "pytorch-metric-learning"}

with open(pathlib.Path(__file__).parent / "losses.csv") as file:
    lines = list(csv.DictReader(file))
ROWS = sorted({line["rows"] for line in lines}, key=int)


def curve(loss, library, column):
    """{rows: number}, without numbers that were too small to be measured."""
    return {line["rows"]: float(line[column]) for line in lines
            if (line["loss"], line["library"]) == (loss, library) and float(line[column]) > 0}


def table():
    print("\n| rows | | " + " | ".join(ROWS) + " |\n|---|---|" + "--:|" * len(ROWS))
    for column, unit in [("milliseconds", "ms"), ("megabytes", "MB")]:
        for loss in LOSSES:
            for library in ["kindred", PEERS[loss]]:
                values = curve(loss, library, column)
                cells = " | ".join(digits(values[rows]) if rows in values else "" for rows in ROWS)
                print(f"| {loss}, {unit} | {library} | {cells} |")


def growth(column, power):
    """A curve that is in proportion to a power of the rows, drawn below our last point so as to be seen."""
    last = curve("ntxent", "kindred", column)[ROWS[-1]] / 2
    return {rows: last * (int(rows) / int(ROWS[-1])) ** power for rows in ROWS[3:]}


def curves(column, power):
    return [(growth(column, power), "#bbb", False)] + [
        (curve(loss, library, column), color, library != "kindred")
        for loss, color in LOSSES.items() for library in ["kindred", PEERS[loss]]]


table()
parts = panel(0, "ms, forward and backward; gray ∝ rows²", "rows of 128 numbers", ROWS, curves("milliseconds", 2))
parts += panel(1, "MB beyond what was there; gray ∝ rows", "rows of 128 numbers", ROWS, curves("megabytes", 1))
parts += legend([("NT-Xent", LOSSES["ntxent"], False, 110), ("lightly", LOSSES["ntxent"], True, 110),
                 ("SupCon", LOSSES["supcon"], False, 110), ("pytorch-metric-learning", LOSSES["supcon"], True, 110)])
write("losses.svg", 2, parts)
