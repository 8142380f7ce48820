"""Writes a small data set whose names and labels try to be markup, scripts and paths: python hostile.py FOLDER."""
import csv, pathlib, random, struct, sys, zlib

folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True)

LABELS = [
    "</script><script>lost = 1</script>", "<img src=x onerror='lost = 1'>", "\"><svg onload=lost=1>", "<!--<script>",
    "' onmouseover='lost = 1", "javascript:lost=1", "\u202egnp.tac", "@@DATA@@", "&lt;b&gt; & \u2028 \\u003c", "__proto__",
    "x" * 300, "</title><base href='http://example.com/'>",
]


def png(width, height, color):
    row = b"\0" + bytes(color) * width

    def part(kind, bytes):
        return struct.pack(">I", len(bytes)) + kind + bytes + struct.pack(">I", zlib.crc32(kind + bytes))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", header) + part(b"IDAT", zlib.compress(row * height)) + part(b"IEND", b"")


chance = random.Random(1)
with open(folder / "items.csv", "w", newline="") as file:
    table = csv.writer(file)
    table.writerow(["file_name", "label", "caption", "split"])
    for number in range(len(LABELS) * 10):
        label = LABELS[number % len(LABELS)]
        # Also long and narrow ones, whose thumbnails are not square.
        size = [(16, 16), (40, 10), (5, 60)][number % 3]
        name = f"<b>{number}'&\".png"
        (folder / name).write_bytes(png(*size, [chance.randrange(256) for _ in range(3)]))
        table.writerow([name, label, f"{label} {number}", "test" if number // len(LABELS) % 3 == 0 else "train"])
