"""Makes windows.json: image files of every kind for decoding in parts, and what Pillow makes of them.

Run it with Pillow and NumPy installed: python3 Tests/Goldens/windows.py
`whole` is the upright image. `fractions` are some JPEGs at a half, a quarter and an eighth, which Pillow's `draft` has
libjpeg decode at once. Pixels are given as the bytes of a PNG.
"""

import base64
import io
import json
import pathlib

import numpy as np
import PIL
from PIL import Image, ImageOps

rng = np.random.default_rng(11)


def smooth(width, height):
    """Colours that change slowly, with edges."""
    y, x = np.mgrid[0:height, 0:width].astype(float)
    planes = [127 + 100 * np.sin(a * x + b * y) + 60 * ((x // 9 + y // 7) % 2) for a, b in rng.uniform(0.05, 0.3, (3, 2))]
    return np.clip(np.stack(planes, -1), 0, 255).astype(np.uint8)


def packed(image, **options):
    stream = io.BytesIO()
    image.save(stream, **options)
    return stream.getvalue()


def text(data):
    return base64.b64encode(data).decode()


def opened(data):
    return Image.open(io.BytesIO(data))


def fraction(data, divisor):
    image = opened(data)
    size = tuple(-(-side // divisor) for side in image.size)
    image.draft(None, tuple(side // divisor for side in image.size))
    assert image.size == size, (image.size, size)
    return text(packed(image.convert("RGB"), format="PNG", optimize=True))


files = []


def add(name, data, tolerance, fractions=False):
    entry = {"name": name, "data": text(data), "tolerance": tolerance}
    upright = ImageOps.exif_transpose(opened(data))
    if upright.mode == "RGBA":
        upright = Image.alpha_composite(Image.new("RGBA", upright.size, "white"), upright)
    entry["whole"] = text(packed(upright.convert("RGB"), format="PNG", optimize=True))
    if fractions:
        entry["fractions"] = {str(divisor): fraction(data, divisor) for divisor in [2, 4, 8]}
    files.append(entry)


def exif(orientation):
    tags = Image.Exif()
    tags[0x0112] = orientation
    return tags


photo = Image.fromarray(smooth(101, 40))
KINDS = {
    "4:4:4": {"subsampling": "4:4:4"},
    "4:2:2": {"subsampling": "4:2:2"},
    "4:2:0": {"subsampling": "4:2:0"},
    "4:1:1": {"subsampling": "4:1:1"},
    "progressive": {"subsampling": "4:2:0", "progressive": True},
    "restarts": {"subsampling": "4:2:0", "restart_marker_blocks": 3},
}
FRACTIONS = ["4:2:2", "4:2:0"]
for name, options in KINDS.items():
    add(f"jpeg {name}", packed(photo, format="JPEG", quality=80, **options), tolerance=2, fractions=name in FRACTIONS)
gray = photo.convert("L")
add("jpeg gray", packed(gray, format="JPEG", quality=80, progressive=True), tolerance=2, fractions=True)
inks = packed(photo.convert("CMYK"), format="JPEG", quality=80)
add("jpeg four inks", inks, tolerance=2)
# Adobe's segment ends with the transform, 0 for inks as they are and 2 for the first three as luma and chroma. The
# picture then has other colours, but both decoders must see the same ones.
adobe = inks.index(b"Adobe")
add("jpeg luma, chroma and black", inks[: adobe + 11] + b"\2" + inks[adobe + 12 :], tolerance=2)
for orientation in [3, 6]:
    add(f"jpeg orientation {orientation}", packed(photo, format="JPEG", quality=80, exif=exif(orientation)), tolerance=2)
small = Image.fromarray(smooth(37, 23))
clear = small.convert("RGBA")
clear.putalpha(small.convert("L"))
for orientation in [5, 8]:
    add(f"png orientation {orientation}", packed(small, format="PNG", exif=exif(orientation)), tolerance=0)
    add(f"webp orientation {orientation}", packed(small, format="WEBP", lossless=True, exif=exif(orientation)), tolerance=0)
add("png alpha orientation 6", packed(clear, format="PNG", exif=exif(6)), tolerance=1)
add("png palette", packed(small.quantize(9), format="PNG"), tolerance=0)

pathlib.Path(__file__).with_suffix(".json").write_text(
    json.dumps({"pillow": PIL.__version__, "files": files}, separators=(",", ":")) + "\n"
)
