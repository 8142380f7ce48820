"""Draws growth.svg from growth.csv, and prints its tables as Markdown.

    python3 Benchmarks/growth.py            (no package is needed)

growth.csv is what KindredGrowth wrote (Benchmarks/Growth), headed by the names of its columns.
"""

import csv
import pathlib

from diagram import digits, legend, panel, write

folder = pathlib.Path(__file__).parent
COLORS = {"small": "#c0392b", "resnet18": "#2471a3", "vit-tiny": "#1e8449", "convnext-atto": "#9a7d0a"}
PRECISIONS = ["bfloat16", "float32"]
COLUMNS = {"size": "side", "workers": "encoder"}  # the column of what grows, where it is called otherwise

with open(folder / "growth.csv") as file:
    rows = list(csv.DictReader(file))


def times(grows, **wanted):
    """{value of what grows: milliseconds an image}, for one curve."""
    chosen = [row for row in rows if row["grows"] == grows and all(row[key] == value for key, value in wanted.items())]
    return {row[COLUMNS.get(grows, grows)]: float(row["milliseconds"]) for row in chosen}


def table(title, grows, values):
    print(f"\n| {title} | | " + " | ".join(values) + " |\n|---|---|" + "--:|" * len(values))
    for encoder in COLORS:
        for precision in PRECISIONS:
            curve = times(grows, encoder=encoder, precision=precision)
            print(f"| {encoder} | {precision} | " + " | ".join(digits(curve[value]) for value in values) + " |")


def encoders():
    print("\n| encoder | training, 32 px, bfloat16 | float32 | embedding, 224 px, bfloat16 | float32 |")
    print("|---|--:|--:|--:|--:|")
    columns = [times("encoder", precision=p, **{"pass": what}) for what in ["training", "embedding"] for p in PRECISIONS]
    for encoder in columns[0]:
        print(f"| {encoder} | " + " | ".join(digits(column[encoder]) for column in columns) + " |")


def workers():
    """Views alone: milliseconds an image, and how many times one worker's speed that is."""
    counts = sorted({int(row["workers"]) for row in rows if row["grows"] == "workers"})
    print("\n| two views of a photograph | " + " | ".join(f"{n} worker{'s' * (n > 1)}" for n in counts) + " |")
    print("|---|" + "--:|" * len(counts))
    for side in sorted({int(row["side"]) for row in rows if row["grows"] == "workers"}):
        curve = [times("workers", side=str(side), workers=str(n))["views"] for n in counts]
        print(f"| {side} px | " + " | ".join(f"{digits(t)} (×{curve[0] / t:.2f})" for t in curve) + " |")


def draw():
    def curves(grows):
        return [(times(grows, encoder=e, precision=p), COLORS[e], p == "float32") for e in COLORS for p in PRECISIONS]

    parts = panel(0, "ms an image, forward and backward, 32 px", "images in a batch", BATCHES, curves("batch"))
    parts += panel(1, "ms an image, forward and backward, batches of 16", "side of an image in pixels", SIDES, curves("size"))
    parts += legend([(encoder, color, False, 120) for encoder, color in COLORS.items()]
                    + [(precision, "#222", precision == "float32", 110) for precision in PRECISIONS])
    write("growth.svg", 2, parts)


BATCHES = list(times("batch", encoder="small", precision="float32"))
SIDES = list(times("size", encoder="small", precision="float32"))
table("images in a batch", "batch", BATCHES)
table("side in pixels", "size", SIDES)
encoders()
workers()
draw()
