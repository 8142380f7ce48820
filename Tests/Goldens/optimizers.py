"""Weights after each of five steps of torch.optim, float64, gradients and rates given. Writes optimizers.json beside itself.

Three weights; the last one has no decay, and the second has no gradient in the third step."""
import json, pathlib
import torch


def gen(n, d, a, b):
    i = torch.arange(n, dtype=torch.float64)[:, None]
    j = torch.arange(d, dtype=torch.float64)[None, :]
    return torch.sin(a * (i * d + j + 1)) + 0.1 * torch.cos(b * (i + 1) * (j + 1))


result = {}
rates = [0.1, 0.2, 0.15, 0.1, 0.05]


def run(name, make):
    weights = [gen(3, 4, 0.37, 1.3), gen(1, 5, 0.41, 1.1), gen(2, 2, 0.29, 0.7)]
    weights = [w.clone().requires_grad_() for w in weights]
    optimizer = make([{"params": weights[:2], "weight_decay": 0.02}, {"params": weights[2:], "weight_decay": 0.0}])
    for t, rate in enumerate(rates):
        for k, w in enumerate(weights):
            w.grad = None if (t, k) == (2, 1) else gen(*w.shape, 0.23 + 0.05 * t + 0.1 * k, 0.7)
        for group in optimizer.param_groups:
            group["lr"] = rate
        optimizer.step()
        flat = torch.cat([w.detach().flatten() for w in weights])
        result[f"{name}.{t}"] = {"shape": list(flat.shape), "values": flat.tolist()}


run("sgd", lambda g: torch.optim.SGD(g, lr=0.1))
run("momentum", lambda g: torch.optim.SGD(g, lr=0.1, momentum=0.9))
run("nesterov", lambda g: torch.optim.SGD(g, lr=0.1, momentum=0.9, nesterov=True))
run("adamw", lambda g: torch.optim.AdamW(g, lr=0.1, betas=(0.9, 0.98), eps=1e-6))
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(result, indent=0) + "\n")
