"""Writes models.json: names and shapes of torchvision's residual networks, and what they compute.

    python3 Tests/Goldens/models.py                 (torch 2.13.0, torchvision 0.28.0)
    python3 Tests/Goldens/models.py --save FOLDER   a network as torchvision draws it: weights.safetensors, example.safetensors

The weights are too large to be kept, so both sides draw them by one rule, a function of a tensor's name, in float64:
element i is center + amplitude · sin(a·(i + 1)²), a from a hash of the name; see `ClosedFormWeights.swift`.
"""

import argparse
import json
import math
import pathlib

import torch

# torchvision's compiled part belongs to another build of torch; its models need only that these names exist.
library = torch.library.Library("torchvision", "DEF")
for name in ["nms", "qnms"]:
    library.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
import torchvision

makers = {"resnet18": torchvision.models.resnet18, "resnet34": torchvision.models.resnet34,
          "resnet50": torchvision.models.resnet50}


def frequency(name):
    """FNV-1a's upper 32 bits, as a number in 0.5 ..< 1.5."""
    value = 0xCBF29CE484222325
    for byte in name.encode():
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return 0.5 + (value >> 32) / 2**32


def wave(name, shape):
    i = torch.arange(1, math.prod(shape) + 1, dtype=torch.float64)
    return torch.sin(frequency(name) * i * i).reshape(shape)


def closed_form(name, shape):
    kind = name.split(".")[-1]
    if kind == "num_batches_tracked":
        return torch.full(shape, 7)
    if len(shape) > 1:
        return (wave(name, shape) * (2 / math.prod(shape[1:]) ** 0.5)).float()
    center, amplitude = {"weight": (0.5, 0.1), "gamma": (0.5, 0.1), "running_var": (1, 0.3)}.get(kind, (0, 0.1))
    return (center + amplitude * wave(name, shape)).float()


def network(name, stem):
    model = makers[name](num_classes=10)
    if stem == "small":
        model.conv1 = torch.nn.Conv2d(3, 64, 3, padding=1, bias=False)
        model.maxpool = torch.nn.Identity()
    return model


def goldens():
    entries = {}

    def write(name, tensor):
        values = [float(f"{v:.7g}") for v in tensor.detach().double().reshape(-1).tolist()]
        entries[name] = {"shape": list(tensor.shape), "values": values}

    for name in makers:
        for stem, side in [("imageNet", 64), ("small", 16)]:
            case = f"{name}.{stem}"
            model = network(name, stem)
            state = model.state_dict()
            for i, (key, value) in enumerate(state.items()):
                write(f"{case}/names/{i:03} {key}", torch.tensor(value.shape, dtype=torch.int64))
            model.load_state_dict({key: closed_form(key, value.shape) for key, value in state.items()})
            images = wave("images", (2, 3, side, side)).float()
            model.eval()
            with torch.no_grad():
                write(f"{case}/logits", model(images))

    # A step of training: statistics of the batch, and the norms of all gradients.
    model = network("resnet18", "small")
    model.load_state_dict({key: closed_form(key, value.shape) for key, value in model.state_dict().items()})
    model.train()
    loss = torch.nn.functional.cross_entropy(model(wave("images", (4, 3, 16, 16)).float()), torch.tensor([1, 5, 0, 9]))
    loss.backward()
    write("training/loss", loss)
    for name, parameter in model.named_parameters():
        write(f"training/norms/{name}", parameter.grad.norm())
    for name, buffer in model.named_buffers():
        write(f"training/buffers/{name}", buffer.double().sum())
    text = ",\n".join(f'"{name}": {json.dumps(value, separators=(",", ":"))}' for name, value in entries.items())
    pathlib.Path(__file__).with_suffix(".json").write_text("{\n" + text + "\n}\n")


def save(folder):
    import safetensors.torch

    torch.manual_seed(5)
    model = makers["resnet18"]()
    images = torch.rand(2, 3, 64, 64)
    model.train()
    model(images)  # moves the running statistics from where they began
    model.eval()
    with torch.no_grad():
        logits = model(images)
    safetensors.torch.save_file(model.state_dict(), folder / "weights.safetensors")
    safetensors.torch.save_file({"images": images, "logits": logits}, folder / "example.safetensors")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--save", type=pathlib.Path)
    arguments = parser.parse_args()
    save(arguments.save) if arguments.save else goldens()
