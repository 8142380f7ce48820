"""Makes operations.json: changes of images as torchvision makes them, and edges as SciPy finds them.

Needs torchvision (PIL backend unless a name says "tensor") and SciPy beside what Tests/Goldens/README.md installs.
"""

import base64
import json
import pathlib

import numpy as np
import PIL
import scipy
import scipy.ndimage
import torch
import torchvision
import torchvision.transforms.functional as F
from PIL import Image

rng = np.random.default_rng(11)


def smooth(width, height):
    y, x = np.mgrid[0:height, 0:width].astype(float)
    planes = []
    for _ in range(3):
        a, b, phase = rng.uniform(0.05, 0.3, 3)
        planes.append(127 + 90 * np.sin(a * x + b * y + 6 * phase) + rng.normal(0, 5, x.shape))
    return Image.fromarray(np.clip(np.stack(planes, -1), 0, 255).astype(np.uint8))


def record(image):
    array = np.asarray(image)
    return {
        "width": array.shape[1],
        "height": array.shape[0],
        "channels": array.shape[2],
        "pixels": base64.b64encode(array.astype(np.uint8).tobytes()).decode(),
    }


def tensor(image):
    return torch.from_numpy(np.array(image)).permute(2, 0, 1)


def picture(tensor):
    return tensor.permute(1, 2, 0).round().clamp(0, 255).to(torch.uint8).numpy()


images = {
    "photo": smooth(26, 21),
    "noise": Image.fromarray(rng.integers(0, 256, (13, 18, 3), dtype=np.uint8)),
    # Few values, one channel without any change: where histograms have gaps.
    "steps": Image.fromarray(
        np.stack([np.full((16, 24), 90), np.arange(24) // 4 * 30 + np.zeros((16, 1)), np.arange(24) * 5 % 77 + np.zeros((16, 1))], -1).astype(np.uint8)
    ),
}
NEAREST, BILINEAR, BICUBIC = (
    F.InterpolationMode.NEAREST,
    F.InterpolationMode.BILINEAR,
    F.InterpolationMode.BICUBIC,
)
operations = []


def add(name, kind, amounts, output):
    operations.append({"image": name, "kind": kind, "amounts": amounts, "output": record(output)})


def edges(image):
    gray = np.asarray(image.convert("L")).astype(float)
    g = [scipy.ndimage.sobel(gray, axis=axis, mode="nearest") / 4 for axis in (0, 1)]
    return np.repeat(np.floor(np.sqrt((g[0] ** 2 + g[1] ** 2) / 2) + 0.5)[..., None], 3, 2)


for name, image in images.items():
    for bits in [1, 3, 4, 8]:
        add(name, "posterize", [bits], F.posterize(image, bits))
    add(name, "equalize", [], F.equalize(image))
    add(name, "autocontrast", [], F.autocontrast(image))
    add(name, "sobel", [], edges(image))
    for angle in [-33, 10, 45, 127.5]:
        add(name, "rotate nearest", [angle, 7], F.rotate(image, angle, NEAREST, fill=[7, 7, 7]))
        add(name, "rotate bilinear", [angle, 7], F.rotate(image, angle, BILINEAR, fill=[7, 7, 7]))
    for quarters in [1, 2, 3]:
        add(name, "turn", [quarters], image.rotate(90 * quarters, expand=True))
    add(name, "erase", [3, 2, 7, 5, 128], picture(F.erase(tensor(image), 2, 3, 5, 7, torch.tensor(128))))
    for width, sigma in [(5, 0.7), (9, 1.6)]:
        add(name, "blur tensor", [width, sigma], picture(F.gaussian_blur(tensor(image), [width, width], [sigma, sigma])))
    add(name, "crop bilinear", [3, 2, 11, 9, 8], F.resized_crop(image, 2, 3, 9, 11, [8, 8], BILINEAR))
    add(name, "crop bicubic", [3, 2, 11, 9, 14], F.resized_crop(image, 2, 3, 9, 11, [14, 14], BICUBIC))
    add(name, "flip horizontal", [], F.hflip(image))
    add(name, "flip vertical", [], F.vflip(image))
    add(name, "grayscale", [], F.rgb_to_grayscale(image, 3))
    add(name, "solarize", [99], F.solarize(image, 99))
    for factor in [0.4, 1.5]:
        add(name, "brightness", [factor], F.adjust_brightness(image, factor))
        add(name, "contrast", [factor], F.adjust_contrast(image, factor))
        add(name, "saturation", [factor], F.adjust_saturation(image, factor))
    for turn in [-0.15, 0.1]:
        add(name, "hue", [turn], F.adjust_hue(image, turn))

versions = {"torchvision": torchvision.__version__, "pillow": PIL.__version__, "scipy": scipy.__version__}
pathlib.Path(__file__).with_suffix(".json").write_text(
    json.dumps(
        {"versions": versions, "images": {name: record(image) for name, image in images.items()}, "operations": operations},
        separators=(",", ":"),
    )
    + "\n"
)
