"""Draws growth.svg from growth.csv, and prints its tables as Markdown.

    python3 Benchmarks/growth.py            (no package is needed)

growth.csv is what KindredGrowth wrote (Benchmarks/Growth), headed by the names of its columns.
"""

import csv
import math
import pathlib

folder = pathlib.Path(__file__).parent
COLORS = {"small": "#c0392b", "resnet18": "#2471a3", "vit-tiny": "#1e8449", "convnext-atto": "#9a7d0a"}
PRECISIONS = ["bfloat16", "float32"]
COLUMNS = {"size": "side", "workers": "encoder"}  # the column of what grows, where it is called otherwise
WIDTH, HEIGHT, LEFT, TOP, GAP = 320, 300, 62, 46, 84

with open(folder / "growth.csv") as file:
    rows = list(csv.DictReader(file))


def times(grows, **wanted):
    """{value of what grows: milliseconds an image}, for one curve."""
    chosen = [row for row in rows if row["grows"] == grows and all(row[key] == value for key, value in wanted.items())]
    return {row[COLUMNS.get(grows, grows)]: float(row["milliseconds"]) for row in chosen}


def digits(value):
    return f"{value:.3g}" if value < 100 else f"{value:.0f}"


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


def panel(x, title, label, grows, values):
    """One diagram with both axes logarithmic: a straight line of slope 1 is growth in proportion."""
    curves = {(e, p): times(grows, encoder=e, precision=p) for e in COLORS for p in PRECISIONS}
    all_times = [time for curve in curves.values() for time in curve.values()]
    low, high = math.floor(math.log10(min(all_times))), math.ceil(math.log10(max(all_times)))
    first, last = math.log2(float(values[0])), math.log2(float(values[-1]))

    def place(value, time):
        return (x + LEFT + (math.log2(float(value)) - first) / (last - first) * (WIDTH - 20) + 10,
                TOP + HEIGHT - (math.log10(time) - low) / (high - low) * HEIGHT)

    parts = [f'<text x="{x + LEFT}" y="{TOP - 14}" font-weight="bold">{title}</text>']
    for power in range(low, high + 1):
        y = place(values[0], 10**power)[1]
        parts.append(f'<path d="M{x + LEFT} {y:.1f}h{WIDTH}" stroke="#ddd"/>')
        parts.append(f'<text x="{x + LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:g}</text>')
    for value in values:
        parts.append(f'<text x="{place(value, 1)[0]:.1f}" y="{TOP + HEIGHT + 18}" text-anchor="middle">{value}</text>')
    parts.append(f'<text x="{x + LEFT + WIDTH / 2}" y="{TOP + HEIGHT + 38}" text-anchor="middle">{label}</text>')
    for (encoder, precision), curve in curves.items():
        points = " ".join("{:.1f},{:.1f}".format(*place(value, curve[value])) for value in values)
        dashes = ' stroke-dasharray="5 4"' if precision == "float32" else ""
        parts.append(f'<polyline points="{points}" fill="none" stroke="{COLORS[encoder]}" stroke-width="2"{dashes}/>')
    return parts


def draw(path):
    width = 2 * WIDTH + GAP + LEFT + 14
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {TOP + HEIGHT + 84}" '
             'font-family="sans-serif" font-size="12" fill="#222">', '<rect width="100%" height="100%" fill="#fff"/>']
    parts += panel(0, "ms an image, forward and backward, 32 px", "images in a batch", "batch", BATCHES)
    parts += panel(WIDTH + GAP, "ms an image, forward and backward, batches of 16", "side of an image in pixels", "size",
                   SIDES)
    y, x = TOP + HEIGHT + 66, LEFT
    for encoder, color in COLORS.items():
        parts.append(f'<path d="M{x} {y - 4}h22" stroke="{color}" stroke-width="2"/><text x="{x + 28}" y="{y}">{encoder}</text>')
        x += 120
    for precision in PRECISIONS:
        dashes = ' stroke-dasharray="5 4"' if precision == "float32" else ""
        parts.append(f'<path d="M{x} {y - 4}h22" stroke="#222" stroke-width="2"{dashes}/><text x="{x + 28}" y="{y}">{precision}</text>')
        x += 110
    path.write_text("\n".join(parts + ["</svg>"]) + "\n")


BATCHES = list(times("batch", encoder="small", precision="float32"))
SIDES = list(times("size", encoder="small", precision="float32"))
table("images in a batch", "batch", BATCHES)
table("side in pixels", "size", SIDES)
encoders()
workers()
draw(folder / "growth.svg")
