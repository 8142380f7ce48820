"""Writes layers.json: inputs, parameters, outputs and gradients of PyTorch's own layers, in float64.

For every case: NAME/x and NAME/seed in, NAME/y out, NAME/p/… parameters under Kindred's names, NAME/gx and NAME/g/…
the gradients of Σ seed·y. Inputs and parameters are multiples of 1/64, so that float32 holds them exactly.

    python3 Tests/Goldens/layers.py        (torch 2.13.0)
"""

import json
import pathlib

import torch
from torch import nn

torch.set_default_dtype(torch.float64)
torch.manual_seed(20)
goldens = {}


norms = (nn.BatchNorm1d, nn.BatchNorm2d, nn.LayerNorm, nn.GroupNorm)


def grid(*shape, deviation=1):
    return torch.round(torch.randn(*shape) * deviation * 64) / 64


def write(name, tensor):
    values = [float(f"{v:.9g}") for v in tensor.detach().reshape(-1).tolist()]
    goldens[name] = {"shape": list(tensor.shape), "values": values}


def draw(module):
    """Draws every parameter; scales stay near one."""
    with torch.no_grad():
        for name, parameter in module.named_parameters():
            center = 1 if isinstance(module, norms) and name == "weight" else 0
            parameter.copy_(center + grid(*parameter.shape, deviation=0.25))


def record(name, x, y, parameters, input_gradient=True):
    """Writes a case; `parameters` maps Kindred's names to PyTorch's parameter and the part of it that they name."""
    seed = grid(*y.shape)
    write(f"{name}/seed", seed)
    write(f"{name}/x", x)
    write(f"{name}/y", y)
    y.backward(seed)
    if input_gradient:
        write(f"{name}/gx", x.grad)
    for own, (parameter, part) in parameters.items():
        write(f"{name}/p/{own}", part(parameter))
        write(f"{name}/g/{own}", part(parameter.grad))


def own(module):
    return {name: (parameter, lambda t: t) for name, parameter in module.named_parameters()}


for name, module, shape in [
    ("linear", nn.Linear(5, 3), (2, 4, 5)),
    ("linear.plain", nn.Linear(5, 3, bias=False), (4, 5)),
    ("convolution", nn.Conv2d(3, 4, 3, padding=1, bias=False), (2, 3, 5, 6)),
    ("convolution.strided", nn.Conv2d(4, 6, 3, stride=2, padding=1, groups=2), (2, 4, 5, 7)),
    ("convolution.unpadded", nn.Conv2d(2, 3, 5, padding=0), (1, 2, 6, 7)),
    ("convolution.depthwise", nn.Conv2d(4, 4, 3, padding=1, groups=4, bias=False), (1, 4, 4, 4)),
    ("layernorm", nn.LayerNorm(6), (3, 2, 6)),
    ("groupnorm", nn.GroupNorm(2, 6), (2, 6, 3, 2)),
]:
    draw(module)
    x = grid(*shape).requires_grad_()
    record(name, x, module(x), own(module))

# Batch normalisation: two batches in training, then one in evaluation; Kindred's test takes the same three steps.
for name, module, shape in [
    ("batchnorm", nn.BatchNorm2d(3), (4, 3, 2, 3)),
    ("batchnorm.rows", nn.BatchNorm1d(3, momentum=0.25, eps=1e-3), (5, 3)),
]:
    draw(module)
    for step in ["1", "2", "evaluation"]:
        module.train(step != "evaluation")
        module.zero_grad()
        x = (grid(*shape) + 1.5).requires_grad_()
        record(f"{name}.{step}", x, module(x), own(module))
        for buffer, value in module.named_buffers():
            write(f"{name}.{step}/after/{buffer}", value.double())

# Attention: the fused projection split into Kindred's three.
size, heads, length = 8, 2, 4
module = nn.MultiheadAttention(size, heads, batch_first=True)
draw(module)
visible = torch.tensor([[[1, 1, 1, 1], [1, 0, 1, 0], [0, 1, 1, 1], [1, 1, 0, 1]], [[1, 1, 0, 0]] * 4]).bool()
write("attention/visible", visible.double().reshape(2, 1, 4, 4))
added = grid(length, length)
write("attention/added", added)
for name, mask in [
    ("attention", None),
    ("attention.visible", ~visible.repeat_interleave(heads, 0)),
    ("attention.added", added),
    ("attention.causal", torch.triu(torch.ones(length, length), 1).bool()),
]:
    module.zero_grad()
    parameters = {}
    for i, part in enumerate(["q_proj", "k_proj", "v_proj"]):
        for kind, fused in [("weight", module.in_proj_weight), ("bias", module.in_proj_bias)]:
            parameters[f"{part}.{kind}"] = (fused, lambda t, i=i: t[i * size : (i + 1) * size])
    parameters["out_proj.weight"] = (module.out_proj.weight, lambda t: t)
    parameters["out_proj.bias"] = (module.out_proj.bias, lambda t: t)
    x = grid(2, length, size).requires_grad_()
    record(name, x, module(x, x, x, attn_mask=mask, need_weights=False)[0], parameters)

# Tables: indices repeat, one bag is empty.
module = nn.Embedding(7, 4)
draw(module)
x = torch.tensor([[0, 3, 3], [6, 1, 0]])
record("embedding", x, module(x), own(module), input_gradient=False)
module = nn.EmbeddingBag(7, 4, mode="mean")
draw(module)
x = torch.tensor([2, 2, 5, 0, 6, 1])
offsets = torch.tensor([0, 3, 3, 4])
write("bag/offsets", offsets)
record("bag", x, module(x, offsets), own(module), input_gradient=False)

for name, function in [
    ("relu", torch.relu),
    ("gelu", nn.functional.gelu),
    ("quickGELU", lambda x: x * torch.sigmoid(1.702 * x)),
    ("silu", nn.functional.silu),
    ("tanh", torch.tanh),
]:
    x = torch.linspace(-6, 6, 24).mul(64).round().div(64).requires_grad_()
    record(f"activation.{name}", x, function(x), {})

text = ",\n".join(f'"{name}": {json.dumps(value, separators=(",", ":"))}' for name, value in goldens.items())
pathlib.Path(__file__).with_suffix(".json").write_text("{\n" + text + "\n}\n")
