"""Exchanges weights with torchvision and timm, and compares features with theirs on the same images.

    python3 Tests/Goldens/exchange.py KINDRED [PHOTOS]     (torch 2.13.0, torchvision 0.28.0, timm 1.0.20, pillow, safetensors)

KINDRED is the built command. There: a short run of Kindred's is loaded strictly by the Python library from its folder
`model`. Back: a network of timm's, with its layer of classes, is embedded by Kindred from a folder as those of timm's
hub. Each side prepares the images in its own way; those on the way back, and the photos in the folder PHOTOS, have to be
scaled and cropped first. Prints the largest difference of each, and fails above 1e-4.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

import numpy
import PIL.Image
import safetensors.torch
import torch

from models import torchvision, wave
import timm
import timm.data
from timm.models._hub import save_config_for_hf  # the part of `save_for_hf` that needs no other package

command = sys.argv[1]


def pictures(folder, width, height):
    """A dozen pictures with smooth and rough parts, so that scaling them matters."""
    folder.mkdir()
    for i in range(12):
        waves = wave(f"picture {i}", (height, width, 3)).numpy()
        rows, columns = numpy.mgrid[:height, :width]
        ramp = numpy.stack([numpy.sin((i + 1) * rows / 17), numpy.cos(columns / (5 + i)), rows / height], -1)
        pixels = 127 + 90 * ramp + 30 * waves
        PIL.Image.fromarray(pixels.clip(0, 255).astype("uint8")).save(folder / f"{i:02}.png")
    return folder


def opened(folder):
    return [PIL.Image.open(path).convert("RGB") for path in sorted(folder.iterdir())]


def kindred(*words):
    done = subprocess.run([command, *map(str, words)], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"kindred {' '.join(map(str, words))}: {done.stderr}")


def embedded(model, images):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "vectors.npy"
        kindred("embed", model, images, "-o", path, "--precision", "float32", "--device", "cpu")
        return torch.from_numpy(numpy.load(path))


def compare(what, ours, theirs):
    difference = (ours - theirs).abs().max().item()
    size = theirs.abs().max().item()
    cosine = torch.nn.functional.cosine_similarity(ours, theirs).min().item()
    print(f"{what}: {tuple(theirs.shape)} features up to {size:.3g}, largest difference {difference:.2g}, "
          f"smallest cosine {cosine:.6f}")
    if not difference <= 1e-4:
        sys.exit(f"{what}: differs by {difference}")


def torchvisions(folder):
    """torchvision's network, with the stem for small images where the run had it."""
    recipe = json.loads((folder / "config.json").read_text())["model"]["imageEncoder"]["resNet"]["_0"]
    model = torchvision.models.resnet18()
    if recipe["stem"] == "small":
        model.conv1 = torch.nn.Conv2d(3, 64, 3, padding=1, bias=False)
        model.maxpool = torch.nn.Identity()
    model.fc = torch.nn.Identity()
    model.load_state_dict(safetensors.torch.load_file(folder / "model.safetensors"), strict=True)
    return model.eval()


def there(folder):
    for side in [32, 96]:
        images = pictures(folder / f"{side}", side, side)
        pixels = torch.stack([torch.from_numpy(numpy.array(image)) for image in opened(images)])
        pixels = pixels.permute(0, 3, 1, 2).float() / 255
        for encoder in ["resnet18", "vit-tiny", "convnext-atto"]:
            run = folder / f"{encoder}-{side}"
            kindred("train", "simclr", images, "--run", run, "--encoder", encoder, "--size", side, "--epochs", 3,
                    "--batch", 5, "--precision", "float32", "--device", "cpu", "--evaluate-every", 0)
            model = run / "model"
            ours = embedded(run, images)
            with torch.no_grad():
                if encoder == "resnet18":
                    compare(f"{encoder}, {side} pixels, in torchvision", ours, torchvisions(model)(pixels))
                if encoder != "resnet18" or side > 64:
                    network = timm.create_model(f"local-dir:{model}", pretrained=True, num_classes=0).eval()
                    network.load_state_dict(safetensors.torch.load_file(model / "model.safetensors"), strict=True)
                    data = timm.data.resolve_model_data_config(network)
                    transform = timm.data.create_transform(**data, is_training=False)
                    seen = torch.stack([transform(image) for image in opened(images)])
                    compare(f"{encoder}, {side} pixels, in timm with its own preprocessing", ours, network(seen))


def back(folder):
    images = {"64 × 64": pictures(folder / "square", 64, 64), "200 × 150": pictures(folder / "wide", 200, 150)}
    if len(sys.argv) > 2:
        images["photos"] = pathlib.Path(sys.argv[2])
    for architecture, options in [("resnet18", {}), ("vit_tiny_patch16_224", {"img_size": 64}), ("convnext_atto", {})]:
        torch.manual_seed(5)
        model = timm.create_model(architecture, num_classes=10, **options).eval()
        for parameter in model.parameters():
            if parameter.dim() == 1:  # so that scales and shifts matter
                parameter.data.add_(0.1 * torch.randn_like(parameter))
        for name, pictured in images.items():
            share = 1.0 if name == "64 × 64" else 0.9
            changes = {"input_size": (3, 64, 64), "crop_pct": share, "num_classes": 10}
            model.pretrained_cfg = {**model.pretrained_cfg, **changes}
            place = folder / f"{architecture} {name}"
            place.mkdir()
            save_config_for_hf(model, place / "config.json", model_args=options or None)
            safetensors.torch.save_file(model.state_dict(), place / "model.safetensors")
            data = timm.data.resolve_data_config(pretrained_cfg=model.pretrained_cfg)
            transform = timm.data.create_transform(**data, is_training=False)
            seen = torch.stack([transform(image) for image in opened(pictured)])
            with torch.no_grad():
                features = model.forward_head(model.forward_features(seen), pre_logits=True)
            compare(f"timm's {architecture}, {name}, in Kindred", embedded(place, pictured), features)


with tempfile.TemporaryDirectory() as folder:
    there(pathlib.Path(folder))
with tempfile.TemporaryDirectory() as folder:
    back(pathlib.Path(folder))
