"""Writes encoders.json: names and shapes of timm's vision transformers and ConvNeXts, and what they compute.

    python3 Tests/Goldens/encoders.py         (torch 2.13.0, torchvision 0.28.0, timm 1.0.20)

The weights are drawn by the rule of models.py, a function of a tensor's name.
"""

import json
import pathlib

import torch

from models import closed_form, wave  # also readies torchvision, which timm imports
import timm

# case: architecture, what timm is told, height and width of the images
cases = {
    "tiny": ("vit_tiny_patch16_224", {"img_size": 64}, (64, 64)),
    "small": ("vit_small_patch16_224", {"img_size": 32, "patch_size": 8}, (32, 32)),
    "base": ("vit_base_patch16_224", {"img_size": 32}, (32, 32)),
    "average": ("vit_tiny_patch16_224", {"img_size": 32, "patch_size": 4, "global_pool": "avg"}, (32, 32)),
    "enlarged": ("vit_tiny_patch16_224", {"img_size": 16, "patch_size": 4, "dynamic_img_size": True}, (24, 40)),
    "reduced": ("vit_tiny_patch16_224", {"img_size": 72, "patch_size": 4, "dynamic_img_size": True}, (12, 20)),
    "atto": ("convnext_atto", {}, (64, 64)),
    "femto": ("convnext_femto", {"patch_size": 1}, (16, 16)),
    "nano": ("convnext_nano", {}, (64, 64)),
}
entries = {}


def write(name, tensor):
    values = tensor.detach().reshape(-1).tolist()
    if tensor.is_floating_point():
        values = [float(f"{value:.7g}") for value in values]
    entries[name] = {"shape": list(tensor.shape), "values": values}


def network(architecture, options):
    model = timm.create_model(architecture, num_classes=10, **options)
    model.load_state_dict({name: closed_form(name, value.shape) for name, value in model.state_dict().items()})
    return model


for case, (architecture, options, size) in cases.items():
    model = network(architecture, options).eval()
    for i, (name, value) in enumerate(model.state_dict().items()):
        write(f"{case}/names/{i:03} {name}", torch.tensor(value.shape, dtype=torch.int64))
    images = wave("images", (2, 3, *size)).float()
    with torch.no_grad():
        write(f"{case}/logits", model(images))

# The usual ones, with a thousand classes at 224 pixels: their numbers of parameters.
for architecture in sorted({architecture for architecture, _, _ in cases.values()}):
    count = sum(parameter.numel() for parameter in timm.create_model(architecture).parameters())
    write(f"count/{architecture}", torch.tensor(count))

# The norms of all gradients of a step.
for case in ["tiny", "atto"]:
    architecture, options, size = cases[case]
    model = network(architecture, options).train()
    logits = model(wave("images", (4, 3, *size)).float())
    loss = torch.nn.functional.cross_entropy(logits, torch.tensor([1, 5, 0, 9]))
    loss.backward()
    write(f"training/{case}/loss", loss)
    for name, parameter in model.named_parameters():
        write(f"training/{case}/norms/{name}", parameter.grad.norm())

text = ",\n".join(f'"{name}": {json.dumps(value, separators=(",", ":"))}' for name, value in entries.items())
pathlib.Path(__file__).with_suffix(".json").write_text("{\n" + text + "\n}\n")
