"""The peers of the losses' benchmark, lightly and pytorch-metric-learning, driven line by line over its standard input.

    version          answers with the libraries' versions
    threads N        computes on N threads from now on
    rows FILE N      takes N rows of 128 numbers, float32, for what follows
    check LOSS FILE  writes the gradient of the rows to FILE and answers with the loss
    time LOSS N      computes loss and gradient N times and answers with the seconds that took
    memory LOSS      does so once and answers with the bytes that the process held at most beyond what it held before

A LOSS is `ntxent` (lightly's, temperature 0.5; the halves of the rows are the two views) or `supcon`
(pytorch-metric-learning's, temperature 0.1; row i is of class i mod 100).
"""

import sys
import time

import numpy as np
import torch

# torchvision's compiled part belongs to another build of torch on some machines; lightly needs only these names.
library = torch.library.Library("torchvision", "FRAGMENT")
for name in ["nms", "qnms"]:
    try:
        library.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    except RuntimeError:
        pass
import lightly
import pytorch_metric_learning
from lightly.loss import NTXentLoss
from pytorch_metric_learning.losses import SupConLoss

CLASSES = 100
ntxent, supcon = NTXentLoss(temperature=0.5), SupConLoss(temperature=0.1)
rows = labels = None


def computed(loss):
    """The loss, with its gradient in `rows.grad`."""
    rows.grad = None
    value = ntxent(*rows.chunk(2)) if loss == "ntxent" else supcon(rows, labels)
    value.backward()
    return value.item()


def held(name):
    """A line of /proc/self/status, in bytes."""
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith(f"{name}:"))


def extra_memory(loss):
    with open("/proc/self/clear_refs", "w") as marks:
        marks.write("5")  # makes the system forget the highest mark so far
    before = held("VmRSS")
    computed(loss)
    return held("VmHWM") - before


for line in sys.stdin:
    command, *rest = line.split()
    answer = "done"
    if command == "version":
        answer = f"lightly {lightly.__version__}, pytorch-metric-learning {pytorch_metric_learning.__version__}, " \
                 f"PyTorch {torch.__version__}"
    elif command == "threads":
        torch.set_num_threads(int(rest[0]))
    elif command == "rows":
        rows = torch.from_numpy(np.fromfile(rest[0], dtype=np.float32).reshape(int(rest[1]), -1)).requires_grad_()
        labels = torch.arange(len(rows)) % CLASSES
    elif command == "check":
        answer = repr(computed(rest[0]))
        rows.grad.numpy().tofile(rest[1])
    elif command == "time":
        start = time.perf_counter()
        for _ in range(int(rest[1])):
            computed(rest[0])
        answer = time.perf_counter() - start
    elif command == "memory":
        answer = extra_memory(rest[0])
    else:
        sys.exit(f"there is no command '{command}'")
    print(answer, flush=True)
