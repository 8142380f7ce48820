"""Makes augmentations.json: image files and changes of images as Pillow reads and makes them.

Run it with Pillow and NumPy installed: python3 Tests/Goldens/augmentations.py
The changes of colour follow the formulas that torchvision documents for PIL images (ImageEnhance, a shift of the hue
channel in HSV); nothing of torchvision itself is needed.
"""

import base64
import io
import json
import pathlib
import struct
import zlib

import numpy as np
from PIL import Image, ImageEnhance, ImageFilter, ImageOps

rng = np.random.default_rng(7)


def smooth(width, height, channels=3):
    """Colours that change slowly, with some noise: what codecs and filters are made for."""
    y, x = np.mgrid[0:height, 0:width].astype(float)
    planes = []
    for c in range(channels):
        a, b, phase = rng.uniform(0.1, 0.5, 3)
        planes.append(127 + 110 * np.sin(a * x + b * y + 6 * phase) + rng.normal(0, 6, x.shape))
    return np.clip(np.stack(planes, -1), 0, 255).astype(np.uint8)


def record(image):
    array = np.asarray(image)
    channels = 1 if array.ndim == 2 else array.shape[2]
    return {
        "width": array.shape[1],
        "height": array.shape[0],
        "channels": channels,
        "pixels": base64.b64encode(array.astype(np.uint8).tobytes()).decode(),
    }


def on_white(array):
    rgb, alpha = array[..., :3].astype(float), array[..., 3:].astype(float)
    return np.floor((rgb * alpha + 255 * (255 - alpha)) / 255 + 0.5).astype(np.uint8)


# Resizing

FILTERS = {"bilinear": Image.Resampling.BILINEAR, "bicubic": Image.Resampling.BICUBIC}
source = Image.fromarray(smooth(23, 17))
noise = Image.fromarray(rng.integers(0, 256, (11, 29, 3), dtype=np.uint8))
gray = Image.fromarray(smooth(15, 19, 1)[..., 0])
resizes = []
for name, image in {"source": source, "noise": noise, "gray": gray}.items():
    for filter_name, resampling in FILTERS.items():
        for size, box in [
            ((8, 8), None),
            ((31, 12), None),
            ((image.width, 5), None),
            ((5, image.height), None),
            ((1, 1), None),
            ((7, 9), (2.25, 1.5, 9.75, 10.0)),
            ((20, 20), (3, 2, 9, 8)),
        ]:
            resizes.append(
                {
                    "image": name,
                    "filter": filter_name,
                    "box": box,
                    "output": record(image.resize(size, resampling, box)),
                }
            )
            if box and all(float(b).is_integer() for b in box):
                resizes.append(
                    {
                        "image": name,
                        "filter": filter_name,
                        "box": box,
                        "cropped": True,
                        "output": record(image.crop(box).resize(size, resampling)),
                    }
                )

# Colours and blur


def shift_hue(image, turn):
    h, s, v = image.convert("HSV").split()
    h = Image.fromarray(np.asarray(h) + np.int32(turn * 255).astype(np.uint8))
    return Image.merge("HSV", (h, s, v)).convert("RGB")


colors = []
for name, image in {"source": source, "noise": noise}.items():
    for kind, enhance in [
        ("brightness", ImageEnhance.Brightness),
        ("contrast", ImageEnhance.Contrast),
        ("saturation", ImageEnhance.Color),
    ]:
        for factor in [0.0, 0.35, 0.9, 1.0, 1.3, 1.8]:
            output = enhance(image).enhance(factor)
            colors.append({"image": name, "kind": kind, "amount": factor, "output": record(output)})
    for turn in [-0.5, -0.2, -0.07, 0.05, 0.1, 0.2, 0.4]:
        colors.append({"image": name, "kind": "hue", "amount": turn, "output": record(shift_hue(image, turn))})
    gray_image = image.convert("L")
    colors.append({"image": name, "kind": "gray", "amount": 0, "output": record(gray_image)})
    colors.append({"image": name, "kind": "solarize", "amount": 100, "output": record(ImageOps.solarize(image, 100))})
    for sigma in [0.3, 0.8, 1.5, 2.0]:
        output = image.filter(ImageFilter.GaussianBlur(sigma))
        colors.append({"image": name, "kind": "blur", "amount": sigma, "output": record(output)})

# Files


def packed(image, **options):
    stream = io.BytesIO()
    image.save(stream, **options)
    return stream.getvalue()


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(array, depth, color_type, interlaced=False):
    """A PNG of kinds that Pillow does not write: 16 bits of colour, Adam7."""
    height, width = array.shape[:2]
    passes = [(0, 0, 1, 1)]
    if interlaced:
        passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
    raw = b""
    for x, y, dx, dy in passes:
        part = array[y::dy, x::dx]
        if part.size:
            raw += b"".join(b"\0" + row.astype(">u2" if depth == 16 else np.uint8).tobytes() for row in part)
    header = struct.pack(">IIBBBBB", width, height, depth, color_type, 0, 0, int(interlaced))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b"")


files = []


def add(name, data, expected, tolerance=0):
    files.append({"name": name, "data": base64.b64encode(data).decode(), "output": record(expected), "tolerance": tolerance})


def rgb(data):
    return ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB")


small = Image.fromarray(smooth(13, 10))
rgba = smooth(9, 7, 4)
rgba[0, 0, 3], rgba[1, 1, 3] = 0, 255
for name, image in {
    "rgb": small,
    "gray": small.convert("L"),
    "palette": small.quantize(7),
    "two colours": small.convert("1"),
}.items():
    data = packed(image, format="PNG")
    add(f"png {name}", data, rgb(data))
add("png alpha", packed(Image.fromarray(rgba, "RGBA"), format="PNG"), on_white(rgba))
gray_alpha = rgba[..., [0, 0, 0, 3]]
add("png gray alpha", packed(Image.fromarray(rgba[..., [0, 3]], "LA"), format="PNG"), on_white(gray_alpha))
transparent = small.quantize(5)
data = packed(transparent, format="PNG", transparency=2)
add("png palette alpha", data, on_white(np.asarray(Image.open(io.BytesIO(data)).convert("RGBA"))))
deep = rng.integers(0, 65536, (7, 9, 3), dtype=np.uint16)
rounded = np.floor(deep.astype(float) / 65535 * 255 + 0.5).astype(np.uint8)
add("png 16 bits", png(deep, 16, 2), rounded)
add("png 16 bits gray", png(deep[..., 0], 16, 0), np.repeat(rounded[..., :1], 3, 2))
add("png interlaced", png(np.asarray(small), 8, 2, interlaced=True), small)
add("png interlaced alpha", png(rgba, 8, 6, interlaced=True), on_white(rgba))
for name, image, options in [
    ("4:4:4", source, {"subsampling": 0}),
    ("4:2:0", source, {"subsampling": 2}),
    ("progressive", source, {"progressive": True}),
    ("gray", gray, {}),
    ("four inks", source.convert("CMYK"), {}),
]:
    data = packed(image, format="JPEG", quality=92, **options)
    add(f"jpeg {name}", data, rgb(data), tolerance=2)
tiny = Image.fromarray(smooth(16, 8))
for orientation in range(1, 9):
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = packed(tiny, format="JPEG", quality=95, subsampling=0, exif=exif)
    add(f"jpeg orientation {orientation}", data, rgb(data), tolerance=2)
data = packed(small, format="WEBP", lossless=True)
add("webp lossless", data, small)
data = packed(small, format="WEBP", quality=90)
add("webp lossy", data, rgb(data), tolerance=2)
data = packed(Image.fromarray(rgba, "RGBA"), format="WEBP", lossless=True, exact=True)
add("webp alpha", data, on_white(rgba))

images = {"source": record(source), "noise": record(noise), "gray": record(gray)}
target = pathlib.Path(__file__).with_suffix(".json")
target.write_text(
    json.dumps({"images": images, "resizes": resizes, "colors": colors, "files": files}, separators=(",", ":")) + "\n"
)
