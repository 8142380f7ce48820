"""Losses and gradients from dense formulas, differentiated by PyTorch in float64. Writes losses.json beside itself."""
import json, pathlib
import torch
import torch.nn.functional as F


def gen(n, d, a, b):
    i = torch.arange(n, dtype=torch.float64)[:, None]
    j = torch.arange(d, dtype=torch.float64)[None, :]
    return torch.sin(a * (i * d + j + 1)) + 0.1 * torch.cos(b * (i + 1) * (j + 1))


result = {}


def put(name, tensor):
    result[name] = {"shape": list(tensor.shape), "values": tensor.detach().flatten().tolist()}


def put_gradients(name, loss, inputs):
    put(f"{name}.loss", loss)
    for k, gradient in enumerate(torch.autograd.grad(loss, inputs)):
        put(f"{name}.gradient{k}", gradient)


def three_views():
    views = [gen(6, 5, *ab).requires_grad_() for ab in [(0.37, 1.3), (0.41, 1.1), (0.29, 0.7)]]
    z = F.normalize(torch.cat(views), dim=1)
    logits = z @ z.T / 0.2
    itself = torch.eye(18, dtype=torch.bool)
    instance = torch.arange(18) % 6
    positive = (instance[:, None] == instance[None, :]) & ~itself
    log_p = torch.log_softmax(logits.masked_fill(itself, -torch.inf), dim=1)
    put_gradients("threeViews", -log_p[positive].view(18, 2).mean(1).mean(), views)


def clip():
    x, y = gen(6, 5, 0.37, 1.3).requires_grad_(), gen(6, 5, 0.41, 1.1).requires_grad_()
    t = torch.tensor(1 / 0.07, dtype=torch.float64).log().requires_grad_()
    logits = t.exp() * F.normalize(x, dim=1) @ F.normalize(y, dim=1).T
    target = torch.arange(6)
    put_gradients("clip", (F.cross_entropy(logits, target) + F.cross_entropy(logits.T, target)) / 2, [x, y, t])


three_views()
clip()
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(result, indent=0) + "\n")
