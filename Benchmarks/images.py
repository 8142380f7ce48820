"""The peer of the images' benchmark: lightly's SimCLR transform, driven line by line over its standard input.

    version            answers with lightly's, torchvision's and Pillow's versions
    photos FILE        takes a list of image files, one a line
    small FILE COUNT   takes COUNT images of 32×32 pixels, bytes of red, green and blue
    view FILE JSON     makes a view of an image file as its choices say, and writes its bytes to FILE
    photo S N          makes a batch of two views of the N photos from number S on; answers with the seconds
    tiny S N           the same of small images

One thread. Batches are `float32` tensors, normalised, as lightly's own data loader hands them out.
"""

import json
import sys
import time

import lightly
import numpy as np
import PIL
import torch

# torchvision's compiled part belongs to another build of torch on some machines; transforms need only these names.
library = torch.library.Library("torchvision", "FRAGMENT")
for name in ["nms", "qnms"]:
    try:
        library.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    except RuntimeError:
        pass
import torchvision
import torchvision.transforms.functional as F
from lightly.transforms import SimCLRTransform
from PIL import Image, ImageFilter

torch.set_num_threads(1)
large = SimCLRTransform(input_size=224)
# As lightly's examples for CIFAR-10 have it.
tiny = SimCLRTransform(input_size=32, cj_strength=0.5, gaussian_blur=0.0)


def opened(path):
    with open(path, "rb") as file:
        return Image.open(file).convert("RGB")  # as torchvision's folders do


def view(path, choices):
    """The steps of lightly's transform, whose choices are given instead of drawn."""
    image = opened(path)
    for choice in choices:
        kind = choice["kind"]
        if kind == "crop":
            box, output = choice["box"], choice["output"]
            image = F.resized_crop(
                image, int(box["y"]), int(box["x"]), int(box["height"]), int(box["width"]),
                [output, output], F.InterpolationMode.BILINEAR)
        elif kind == "flip":
            image = F.hflip(image)
        elif kind == "jitter":
            for part in choice["order"]:
                image = getattr(F, f"adjust_{part}")(image, choice[part])
        elif kind == "grayscale":
            image = F.rgb_to_grayscale(image, num_output_channels=3)
        elif kind == "blur":
            image = image.filter(ImageFilter.GaussianBlur(radius=choice["sigma"]))
        else:
            raise ValueError(kind)
    return image.tobytes()


def timed(images, transform):
    """The seconds that a batch takes: from paths or arrays to a tensor a view."""
    start = time.perf_counter()
    views = [transform(image()) for image in images]
    batch = [torch.stack(batch) for batch in zip(*views)]
    seconds = time.perf_counter() - start
    assert all(tensor.shape[0] == len(images) for tensor in batch)
    return seconds


paths, arrays = [], None
for line in sys.stdin:
    command, *rest = line.rstrip("\n").split(" ", 2)
    answer = "done"
    if command == "version":
        answer = f"lightly {lightly.__version__}, torchvision {torchvision.__version__}, Pillow {PIL.__version__}"
    elif command == "photos":
        paths = open(rest[0]).read().splitlines()
    elif command == "small":
        arrays = np.fromfile(rest[0], dtype=np.uint8).reshape(int(rest[1]), 32, 32, 3)
    elif command == "view":
        path, choices = rest[1].split("\t")
        with open(rest[0], "wb") as file:
            file.write(view(path, json.loads(choices)))
    elif command == "photo":
        start, count = map(int, rest)
        images = [lambda path=path: opened(path) for path in paths[start : start + count]]
        answer = timed(images, large)
    elif command == "tiny":
        start, count = map(int, rest)
        images = [lambda array=array: Image.fromarray(array) for array in arrays[start : start + count]]
        answer = timed(images, tiny)
    print(answer, flush=True)
